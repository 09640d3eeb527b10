"""Refusals to start: what must never be true in production."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register, run_checks
from django.core.exceptions import ImproperlyConfigured

DEMO_ACCOUNTS = ("direction", "redaction", "formation", "recrutement")
DEMO_PASSWORD = "demo-enys"  # noqa: S105 - public on purpose, refused in production


@register(Tags.security)
def private_files_are_out_of_reach(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The private store must not lie where a web server shows files."""
    private = Path(settings.PRIVATE_ROOT).resolve()
    shown = {"MEDIA_ROOT": settings.MEDIA_ROOT, "STATIC_ROOT": settings.STATIC_ROOT}
    return [
        Error(
            f"Le dossier des pièces privées est dans {name} : elles seraient publiques.",
            hint="Donnez à DATA_DIR un dossier où media/ et private/ sont côte à côte.",
            id="enys.E001",
        )
        for name, folder in shown.items()
        if private.is_relative_to(Path(folder).resolve())
    ]


@register(Tags.security, deploy=True)
def production_is_not_a_demonstration(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """DEBUG and the development key are refused."""
    errors: list[CheckMessage] = []
    if settings.DEBUG:
        errors.append(Error("DEBUG est actif.", id="enys.E002"))
    if settings.SECRET_KEY.startswith("cle-"):
        errors.append(Error("SECRET_KEY est celle du développement.", id="enys.E003"))
    return errors


@register(Tags.database, deploy=True)
def no_demonstration_account(
    app_configs: Any, databases: list[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """An account whose password is printed in the README would be an open door."""
    if not databases or settings.ALLOW_DEMO_ACCOUNTS:
        return []
    users = apps.get_model("site_enys", "User").objects.filter(username__in=DEMO_ACCOUNTS)
    return [
        Error(
            f"Le compte de démonstration « {user.username} » a gardé son mot de passe.",
            hint=f"manage.py changepassword {user.username}",
            id="enys.E004",
        )
        for user in users
        if user.check_password(DEMO_PASSWORD)
    ]


def refuse_unsafe_start() -> None:
    """Stop the server before its first answer when one of the checks above is an error.

    Raises ImproperlyConfigured with every sentence.
    """
    messages = run_checks(
        tags=[Tags.security, Tags.database], include_deployment_checks=True, databases=["default"]
    )
    errors = [str(message) for message in messages if message.is_serious()]
    if errors:
        raise ImproperlyConfigured("\n".join(errors))
