from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "pages"

    def ready(self) -> None:
        from . import signals  # noqa: F401, PLC0415 - connects the receivers
