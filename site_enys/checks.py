"""Refusals to start: what must never be true in production.

Each message names the environment variable that has to change.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.checks import CheckMessage, Error, Tags, register, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import storages
from django.db import DatabaseError
from django.http.request import validate_host

SHORTEST_KEY = 50  # as Django's own check security.W009
LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
DEMO_ACCOUNTS = ("direction", "redaction", "formation", "recrutement", "evaluation")
DEMO_PASSWORD = "demo-enys"  # noqa: S105 - public on purpose, refused in production


@register(Tags.security)
def private_files_are_out_of_reach(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The private store must not lie where a web server shows files, nor in the public bucket."""
    if bucket := getattr(storages["private"], "bucket_name", ""):
        return _in_one_bucket(bucket)
    private = Path(getattr(storages["private"], "location", settings.PRIVATE_ROOT)).resolve()
    shown = {"MEDIA_ROOT": settings.MEDIA_ROOT, "STATIC_ROOT": settings.STATIC_ROOT}
    return [
        Error(
            f"Le dossier des pièces privées est dans {name}\u00a0: elles seraient publiques.",
            hint="Donnez à DATA_DIR un dossier où media/ et private/ sont côte à côte.",
            id="enys.E001",
        )
        for name, folder in shown.items()
        if private.is_relative_to(Path(folder).resolve())
    ]


def _in_one_bucket(private: str) -> list[CheckMessage]:
    if private != getattr(storages["default"], "bucket_name", ""):
        return []
    return [
        Error(
            "S3_PRIVATE_BUCKET est aussi S3_PUBLIC_BUCKET\u00a0: les pièces privées seraient "
            "parmi les images.",
            hint="Créez deux compartiments (buckets), aucun des deux lisible sans clé.",
            id="enys.E020",
        )
    ]


@register(Tags.security, deploy=True)
def production_is_not_a_demonstration(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """DEBUG, and a key that is public or could be guessed, are refused."""
    errors: list[CheckMessage] = []
    if settings.DEBUG:
        errors.append(Error("DEBUG est actif.", id="enys.E002"))
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        errors.append(
            Error(
                f"SECRET_KEY est trop courte ({SHORTEST_KEY} caractères au moins) "
                "ou celle du développement.",
                hint='python3 -c "import secrets; print(secrets.token_urlsafe(64))"',
                id="enys.E003",
            )
        )
    return errors


@register(Tags.security, deploy=True)
def the_site_has_one_safe_address(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A site that others reach answers over TLS, to its own names, at the address it writes."""
    address = urlsplit(settings.SITE_URL)
    errors: list[CheckMessage] = []
    if not settings.SECURE_SSL_REDIRECT and not _only_this_machine():
        behind = " derrière un mandataire" if settings.PROXY_COUNT else ""
        errors.append(
            Error(
                f"HTTPS_ONLY=no{behind}\u00a0: les mots de passe et les liens passeraient "
                "en clair.",
                hint="HTTPS_ONLY=no ne vaut que pour ALLOWED_HOSTS=127.0.0.1,localhost",
                id="enys.E006",
            )
        )
    if settings.SECURE_SSL_REDIRECT and address.scheme != "https":
        errors.append(
            Error("SITE_URL ne commence pas par https:// alors que HTTPS_ONLY=yes.", id="enys.E007")
        )
    if "*" in settings.ALLOWED_HOSTS:
        errors.append(
            Error(
                "ALLOWED_HOSTS contient «\u00a0*\u202f»\u00a0: le nom écrit dans les "
                "liens serait à qui veut.",
                id="enys.E008",
            )
        )
    elif not validate_host(address.hostname or "", settings.ALLOWED_HOSTS):
        errors.append(
            Error(
                "SITE_URL nomme un hôte absent d’ALLOWED_HOSTS\u00a0: les liens des courriels "
                "n’ouvriraient rien.",
                id="enys.E009",
            )
        )
    return errors


@register(Tags.database, deploy=True)
def no_demonstration_account(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """An account whose password is printed in the README would be an open door.

    ALLOW_DEMO_ACCOUNTS opens it on this machine only.
    """
    if not databases or (settings.ALLOW_DEMO_ACCOUNTS and _only_this_machine()):
        return []
    accounts = apps.get_model("site_enys", "User")._default_manager
    try:
        users = accounts.filter(username__in=DEMO_ACCOUNTS)
        # Not User.check_password, which may write a newer hash.
        opened = [user for user in users if check_password(DEMO_PASSWORD, user.password)]
    except DatabaseError as error:
        return [
            Error(
                f"La base de données ne répond pas, ou n’est pas à jour ({type(error).__name__}).",
                hint="Vérifiez DATABASE_URL, puis\u00a0: manage.py migrate",
                id="enys.E005",
            )
        ]
    return [
        Error(
            f"Le compte de démonstration «\u00a0{user.username}\u202f» a gardé son mot de passe.",
            hint=f"manage.py changepassword {user.username} "
            "(ALLOW_DEMO_ACCOUNTS ne vaut que pour ALLOWED_HOSTS=127.0.0.1,localhost)",
            id="enys.E004",
        )
        for user in opened
    ]


def _only_this_machine() -> bool:
    return set(settings.ALLOWED_HOSTS) <= LOOPBACK


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
