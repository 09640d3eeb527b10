"""The journals that protect accounts and files."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from axes.models import AccessAttempt, AccessAttemptExpiration, AccessFailureLog, AccessLog

from rgpd.exporting import facts
from rgpd.register import TEAM, Person, PersonalData, register
from site_enys.models import PrivateFileAccess
from site_enys.templatetags.typography import long_date

from .accounts import accounts_of
from .delays import ONE_YEAR, SIX_MONTHS

SECURITY = "Sécurité des connexions"


def tried_before(journal: type[Model]) -> Callable[[datetime], QuerySet[Any]]:
    return lambda limit: journal._default_manager.filter(attempt_time__lt=limit)


def tried_by(journal: type[Model]) -> Callable[[Person], QuerySet[Any]]:
    """By the names of her accounts, or by her address typed instead of one."""

    def tried(person: Person) -> QuerySet[Any]:
        named = Q(username__in=accounts_of(person).values("username"))
        return journal._default_manager.filter(named | Q(username__iexact=person.email))

    return tried


def kept_for_security(instant: datetime, delay: timedelta) -> str:
    until = timezone.localdate(instant + delay)
    return (
        f"Ce journal de sécurité est gardé jusqu’au {long_date(until)} (RGPD, article 32\u202f; "
        "CNIL, recommandation sur la journalisation)."
    )


register(
    PersonalData(
        model=PrivateFileAccess,
        processing="Journal des pièces consultées",
        purpose="Savoir qui, dans l’équipe, a ouvert une pièce confiée (un CV par exemple)",
        legal_basis="obligation légale (RGPD, article 32)",
        data="compte, pièce, date",
        retention=ONE_YEAR,
        retention_words="12 mois",
        kept_since="la consultation",
        people=TEAM,
        ended=lambda limit: PrivateFileAccess.objects.filter(at__lt=limit),
        recipients="la direction",
        since=lambda access: access.at,
        find=lambda person: PrivateFileAccess.objects.filter(user__in=accounts_of(person)),
        export=lambda access, person: facts(access, "subject", "at", "refused"),
        not_exported={"user": "c’est votre compte"},
        kept_by_law=lambda access, now: kept_for_security(access.at, ONE_YEAR),
    )
)
ATTEMPT = ("username", "ip_address", "user_agent", "path_info", "attempt_time")
ATTEMPT_LABELS = {
    "username": "Identifiant essayé",
    "ip_address": "Adresse IP",
    "user_agent": "Navigateur",
    "path_info": "Page",
    "attempt_time": "Le",
    "failures_since_start": "Essais manqués",
    "logout_time": "Déconnexion le",
    "locked_out": "Accès bloqué",
}
for log, more, left_out in (
    (
        AccessAttempt,
        ("failures_since_start",),
        {
            "get_data": "adresse appelée, sans rien que les autres champs ne disent",
            "post_data": "le formulaire de connexion, où le mot de passe est masqué",
            "AccessAttemptExpiration.expires_at": "fin technique du blocage",
        },
    ),
    (AccessLog, ("logout_time",), {"session_hash": "empreinte de la session"}),
    (AccessFailureLog, ("locked_out",), {}),
):
    register(
        PersonalData(
            model=log,
            processing=SECURITY,
            purpose="Empêcher que quelqu’un devine un mot de passe de l’équipe",
            legal_basis="intérêt légitime (sécurité du site)",
            data="identifiant essayé, adresse IP, navigateur, date",
            retention=SIX_MONTHS,
            retention_words="6 mois",
            kept_since="l’essai de connexion",
            people=f"{TEAM}, et qui essaie de se connecter à leur place",
            ended=tried_before(log),
            recipients="la direction",
            since=lambda attempt: attempt.attempt_time,
            find=tried_by(log),
            export=lambda attempt, person, more=more: {  # type: ignore[misc]
                ATTEMPT_LABELS[name]: getattr(attempt, name) for name in (*ATTEMPT, *more)
            },
            not_exported={"http_accept": "réglage technique du navigateur", **left_out},
            kept_by_law=lambda attempt, now: kept_for_security(attempt.attempt_time, SIX_MONTHS),
        ),
        followers=(AccessAttemptExpiration,) if log is AccessAttempt else (),
    )
