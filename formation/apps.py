from django.apps import AppConfig


class FormationConfig(AppConfig):
    name = "formation"
    verbose_name = "formation"

    def ready(self) -> None:
        from . import signals  # noqa: F401, PLC0415 - connects the receivers
