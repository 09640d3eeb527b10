from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "pages"
    desk_name = "messages et pages"  # over its lines of the desk

    def ready(self) -> None:
        from . import signals  # noqa: F401, PLC0415 - connects the receivers
