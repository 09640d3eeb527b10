"""Personal data of the foundation: staff accounts, and the journals that protect the others'.

Registered here because the foundation comes before this app and does not know it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model, Q, QuerySet

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog, AccessLog

from site_enys.models import PrivateFileAccess, User

from .enums import RequestState
from .exporting import facts
from .models import PersonalAccess, RightsRequest, RightsRequestEvent
from .register import PersonalData, register

SECURITY = "Sécurité des connexions"
FORGOTTEN = "ancien-compte-"
ONE_YEAR = timedelta(days=365)
# CNIL, recommandation sur la journalisation (2021): between six months and one year.
SIX_MONTHS = timedelta(days=183)


def tried_before(journal: type[Model]) -> Callable[[datetime], QuerySet[Any]]:
    return lambda limit: journal._default_manager.filter(attempt_time__lt=limit)


def accounts_left(limit: datetime) -> QuerySet[Any]:
    """Accounts closed by the direction and not used since `limit`, not yet anonymised."""
    unused = Q(last_login__lt=limit) | Q(last_login=None, date_joined__lt=limit)
    return User.objects.filter(unused, is_active=False).exclude(username__startswith=FORGOTTEN)


def anonymise_account(user: User) -> None:
    """Keep the row, to which pages and journals point; forget whose it was."""
    user.username = f"{FORGOTTEN}{user.pk}"
    user.first_name = user.last_name = user.email = ""
    user.set_unusable_password()
    user.save()
    for follower in (EmailAddress, Authenticator, UserSession):
        follower._default_manager.filter(user_id=user.pk).delete()


register(
    PersonalData(
        model=User,
        processing="Comptes de l’équipe",
        purpose="Donner à chaque membre de l’équipe les accès de sa fonction",
        legal_basis="intérêt légitime (sécurité du site)",
        data="nom, adresse électronique, identifiant, dernière connexion, second facteur",
        retention=ONE_YEAR,
        retention_words="la durée de la fonction, puis 12 mois",
        kept_since="la dernière connexion d’un compte fermé",
        ended=accounts_left,
        recipients="la direction",
        erase=anonymise_account,
    ),
    followers=(Authenticator, EmailAddress),
)
register(
    PersonalData(
        model=UserSession,
        processing="Sessions ouvertes de l’équipe",
        purpose="Montrer à chacun où son compte est ouvert, et le fermer à distance",
        legal_basis="intérêt légitime (sécurité du site)",
        data="compte, adresse IP, navigateur, date",
        retention=timedelta(days=2),
        retention_words="2 jours",  # no session lasts more than twelve hours
        kept_since="l’ouverture de la session",
        ended=lambda limit: UserSession.objects.filter(created_at__lt=limit),
        recipients="la personne elle-même, la direction",
        people="l’équipe",
        since=lambda session: session.created_at,
        find=lambda person: UserSession.objects.filter(user__email__iexact=person.email),
        export=lambda session, person: {
            "Adresse IP": session.ip,
            "Navigateur": session.user_agent,
            "Ouverte le": session.created_at,
        },
        not_exported={
            "session_key": "clé de la session, qui ne doit pas circuler",
            "last_seen_at": "la même date que celle de l’ouverture",
            "data": "toujours vide",
        },
    )
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
        ended=lambda limit: PrivateFileAccess.objects.filter(at__lt=limit),
        recipients="la direction",
    )
)
for journal in (AccessAttempt, AccessLog, AccessFailureLog):
    register(
        PersonalData(
            model=journal,
            processing=SECURITY,
            purpose="Empêcher que quelqu’un devine un mot de passe de l’équipe",
            legal_basis="intérêt légitime (sécurité du site)",
            data="identifiant essayé, adresse IP, navigateur, date",
            retention=SIX_MONTHS,
            retention_words="6 mois",
            kept_since="l’essai de connexion",
            ended=tried_before(journal),
            recipients="la direction",
        )
    )
register(
    PersonalData(
        model=PersonalAccess,
        processing="Accès à « Mes données »",
        purpose="Vous montrer ce que le site sait de vous, à vous seul",
        legal_basis="obligation légale (RGPD, articles 12 et 15)",
        data="adresse électronique, date de la demande et de l’ouverture du lien",
        retention=ONE_YEAR,
        retention_words="12 mois",
        kept_since="la demande",
        ended=lambda limit: PersonalAccess.objects.filter(asked_at__lt=limit),
        recipients="le référent RGPD, la direction",
        since=lambda access: access.asked_at,
        find=lambda person: PersonalAccess.objects.filter(email=person.email),
        export=lambda access, person: facts(access, "email", "asked_at", "opened_at"),
        not_exported={"link_nonce": "clé du lien, qui ne doit pas circuler"},
    )
)
# A right is proved to have been respected for as long as it may be disputed: five years (code
# civil, article 2224).
register(
    PersonalData(
        model=RightsRequest,
        processing="Exercice des droits",
        purpose="Répondre à qui exerce un droit sur ses données, et pouvoir le prouver",
        legal_basis="obligation légale (RGPD, article 12)",
        data="adresse électronique, droit exercé, demande et réponse",
        retention=timedelta(days=5 * 365 + 1),
        retention_words="5 ans",
        kept_since="la réponse",
        ended=lambda limit: RightsRequest.objects.exclude(state=RequestState.WAITING).filter(
            state_changed_at__lt=limit
        ),
        recipients="le référent RGPD, la direction",
        people="les personnes qui exercent un droit",
        since=lambda request: (
            None if request.state == RequestState.WAITING else request.state_changed_at
        ),
        waits_for="jusqu’à la réponse",
        find=lambda person: RightsRequest.objects.filter(email=person.email),
        export=lambda request, person: {
            "Numéro": request.reference,
            **facts(
                request,
                *("kind", "about", "text", "received_at", "answer_by", "state", "answer"),
            ),
        },
        not_exported={"state_changed_at": "la même date que celle de la réponse"},
        kept_by_law=lambda request, now: (
            "La preuve que votre demande a été traitée est gardée cinq ans "
            "(code civil, article 2224 ; RGPD, article 5.2)."
        ),
    ),
    followers=(RightsRequestEvent,),
)
