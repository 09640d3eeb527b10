from django.apps import AppConfig
from django.conf import settings
from django.utils.module_loading import autodiscover_modules


class SiteEnysConfig(AppConfig):
    name = "site_enys"
    verbose_name = "socle du site"
    desk_name = "le site"  # over its lines of the desk

    def ready(self) -> None:
        from . import checks, folded, tags  # noqa: F401, PLC0415 - registers the system checks
        from .backups import rotation  # noqa: F401, PLC0415 - registers its job
        from .page_cache import writes as page_writes  # noqa: PLC0415 - as above
        from .sign_in import signals  # noqa: F401, PLC0415 - connects what follows from a sign-in

        if settings.SENTRY_DSN:
            from .telemetry import error_reports  # noqa: PLC0415 - heavy, and rarely asked for

            error_reports.start()
        page_writes.start()
        folded.install()
        tags.install()

        # Each app declares its timed work in its own `jobs.py`.
        autodiscover_modules("jobs")
        # And what is looked at to know how the site is, in its `health.py`.
        from .health import checks as health_checks  # noqa: F401, PLC0415 - of the foundation

        autodiscover_modules("health")
        # And who may do what, in its `roles.py`.
        autodiscover_modules("roles")
        # And the chapters of « Aide », in its `guide.py`.
        autodiscover_modules("guide")
        # And what its e-mails look like, in its `examples.py`.
        autodiscover_modules("examples")
