"""Personal data of the foundation: staff accounts, and the journals that protect the others'.

Registered here because the foundation comes before this app and does not know it.
"""

import mimetypes
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessAttemptExpiration, AccessFailureLog, AccessLog

from site_enys.models import PrivateFileAccess, User

from . import editors  # noqa: F401 - registers what the editor of pages keeps
from .countdowns import Countdown
from .enums import RequestState
from .exporting import facts, journal, left_out_of_journal
from .models import PersonalAccess, PurgeRun, RightsRequest, RightsRequestEvent
from .register import TEAM, Facts, HeldFile, Person, PersonalData, register

SECURITY = "Sécurité des connexions"
FORGOTTEN = "ancien-compte-"
ONE_YEAR = timedelta(days=365)
# CNIL, recommandation sur la journalisation (2021): between six months and one year.
SIX_MONTHS = timedelta(days=183)


def tried_before(journal: type[Model]) -> Callable[[datetime], QuerySet[Any]]:
    return lambda limit: journal._default_manager.filter(attempt_time__lt=limit)


def tried_by(journal: type[Model]) -> Callable[[Person], QuerySet[Any]]:
    """By the names of her accounts, or by her address typed instead of one."""

    def tried(person: Person) -> QuerySet[Any]:
        named = Q(username__in=accounts_of(person).values("username"))
        return journal._default_manager.filter(named | Q(username__iexact=person.email))

    return tried


def accounts_of(person: Person) -> QuerySet[User]:
    return User.objects.filter(email__iexact=person.email).exclude(email="")


def accounts_left(limit: datetime) -> QuerySet[Any]:
    """Accounts closed by the direction and not used since `limit`, not yet anonymised."""
    unused = Q(last_login__lt=limit) | Q(last_login=None, date_joined__lt=limit)
    return User.objects.filter(unused, is_active=False).exclude(username__startswith=FORGOTTEN)


def end_of_account(user: User) -> Countdown:
    if user.username.startswith(FORGOTTEN):
        return Countdown(None, waits_for="sans nom ni adresse")
    if user.is_active:
        return Countdown(None, waits_for="tant que dure la fonction")
    return Countdown(timezone.localdate((user.last_login or user.date_joined) + ONE_YEAR))


def anonymise_account(user: User) -> None:
    """Keep the row, to which pages and journals point; forget whose it was."""
    user.username = f"{FORGOTTEN}{user.pk}"
    user.first_name = user.last_name = user.email = ""
    user.set_unusable_password()
    user.save()
    for follower in (EmailAddress, Authenticator, UserSession):
        follower._default_manager.filter(user_id=user.pk).delete()
    UserProfile.objects.filter(user=user).delete()
    # Whoever changed the account has left its name in the journal of the administration.
    about = ModelLogEntry.objects.for_instance(user)
    about.update(label=str(user), data={})


def said_of_account(user: User, _person: Person) -> Facts:
    profile = UserProfile.objects.filter(user=user).first()
    return {
        **facts(user, "username", "first_name", "last_name", "email", "date_joined", "last_login"),
        "Compte ouvert": user.is_active,
        "Accès": sorted(group.name for group in user.groups.all())
        + (["tous les droits"] if user.is_superuser else [])
        + (["administration de Django"] if user.is_staff else []),
        "Portrait": profile.avatar.name.rpartition("/")[2] if profile and profile.avatar else "",
        "Seconds facteurs": [
            {"Nature": one.get_type_display(), "Ajouté le": one.created_at}
            | ({"Servi le": one.last_used_at} if one.last_used_at else {})
            for one in Authenticator.objects.filter(user=user)
        ],
    }


def portrait_of(user: User, _person: Person) -> Iterable[HeldFile]:
    profile = UserProfile.objects.filter(user=user).first()
    if profile and profile.avatar:
        name = profile.avatar.name.rpartition("/")[2]
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        yield HeldFile(name, kind, lambda: profile.avatar.storage.open(profile.avatar.name))


def kept_account(user: User, _now: datetime) -> str:
    if not user.is_active:
        return ""
    return (
        "Votre compte vous sert dans l’équipe : il est gardé tant que dure votre fonction, pour "
        "que chacun n’agisse que sous son nom (RGPD, article 32). La direction le ferme ensuite."
    )


def kept_for_security(instant: datetime, delay: timedelta) -> str:
    until = timezone.localdate(instant + delay)
    return (
        f"Ce journal de sécurité est gardé jusqu’au {until:%d/%m/%Y} (RGPD, article 32 ; CNIL, "
        "recommandation sur la journalisation)."
    )


PREFERENCES = "préférence d’affichage de l’administration"
register(
    PersonalData(
        model=User,
        processing="Comptes de l’équipe",
        purpose="Donner à chaque membre de l’équipe les accès de sa fonction",
        legal_basis="intérêt légitime (sécurité du site)",
        data=(
            "nom, adresse électronique, identifiant, portrait, dernière connexion, second facteur"
        ),
        retention=ONE_YEAR,
        retention_words="la durée de la fonction, puis 12 mois",
        kept_since="la dernière connexion d’un compte fermé",
        people=TEAM,
        ended=accounts_left,
        countdown=end_of_account,
        recipients="la direction",
        erase=anonymise_account,
        find=accounts_of,
        export=said_of_account,
        files=portrait_of,
        not_exported={
            "password": "empreinte du mot de passe, qui ne doit pas circuler",
            "Authenticator.data": "secret du second facteur, qui ne doit pas circuler",
            "EmailAddress.email": "la même adresse que celle du compte",
            "EmailAddress.verified": "donnée par la direction, elle l’est toujours",
            "EmailAddress.primary": "il n’y en a qu’une",
            **{
                f"UserProfile.{name}": PREFERENCES
                for name in (
                    *("submitted_notifications", "approved_notifications"),
                    *("rejected_notifications", "updated_comments_notifications"),
                    *("preferred_language", "current_time_zone", "dismissibles"),
                    *("theme", "contrast", "density", "keyboard_shortcuts"),
                )
            },
        },
        kept_by_law=kept_account,
        erase_on_request=lambda user, person, now: anonymise_account(user),
        corrections=("first_name", "last_name"),
    ),
    followers=(UserProfile, Authenticator, EmailAddress),
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
        people=TEAM,
        since=lambda session: session.created_at,
        find=lambda person: UserSession.objects.filter(user__email__iexact=person.email),
        export=lambda session, person: {
            "Adresse IP": session.ip,
            "Navigateur": session.user_agent,
            "Ouverte le": session.created_at,
        },
        not_exported={
            "user": "c’est votre compte",
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
        export=lambda access, person: facts(
            access, "email", "asked_at", "opened_at", "notice_version", "notice_shown_at"
        ),
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
        find=lambda person: RightsRequest.objects.filter(email=person.email).prefetch_related(
            "events"
        ),
        export=lambda request, person: {
            "Numéro": request.reference,
            **facts(
                request,
                *("email", "kind", "about", "text", "received_at", "answer_by", "state", "answer"),
            ),
            "Historique": journal(request, RequestState),
        },
        not_exported={
            "state_changed_at": "la date de la dernière ligne de l’historique",
            **left_out_of_journal(RightsRequestEvent),
        },
        kept_by_law=lambda request, now: (
            "La preuve que votre demande a été traitée est gardée cinq ans "
            "(code civil, article 2224 ; RGPD, article 5.2)."
        ),
    ),
    followers=(RightsRequestEvent,),
)
register(
    PersonalData(
        model=PurgeRun,
        processing="Journal de l’effacement automatique",
        purpose="Prouver que ce qui devait être effacé l’a été",
        legal_basis="obligation légale (RGPD, articles 5.2 et 24)",
        data="date, nombre de fiches effacées, compte qui l’a lancé",
        retention=ONE_YEAR,
        retention_words="12 mois",
        kept_since="le passage",
        ended=lambda limit: PurgeRun.objects.filter(started_at__lt=limit),
        recipients="le référent RGPD, la direction",
        people=TEAM,
        since=lambda run: run.started_at,
        not_found_because="Ce journal ne tient que des nombres.",
    )
)
