from django.apps import AppConfig


class CourrierConfig(AppConfig):
    name = "courrier"
    verbose_name = "courrier"
    desk_name = "courriels"  # over its lines of the desk

    def ready(self) -> None:
        from site_enys.backups.signals import restored  # noqa: PLC0415 - the models are needed

        from .services.after_restore import hold  # noqa: PLC0415 - as above

        restored.connect(hold, dispatch_uid="courrier.hold")
