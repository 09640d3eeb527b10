from django.apps import AppConfig


class RecrutementConfig(AppConfig):
    name = "recrutement"
    verbose_name = "recrutement"

    def ready(self) -> None:
        from . import signals  # noqa: F401, PLC0415 - connects the receivers
