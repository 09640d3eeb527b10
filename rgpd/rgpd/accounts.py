"""The accounts of the team, and where they are open."""

import mimetypes
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from rgpd.countdowns import Countdown
from rgpd.exporting import facts
from rgpd.register import TEAM, Facts, HeldFile, Person, PersonalData, register
from site_enys.models import User

from .delays import ONE_YEAR

FORGOTTEN = "ancien-compte-"


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
        "Votre compte vous sert dans l’équipe\u00a0: il est gardé tant que dure votre fonction, "
        "pour que chacun n’agisse que sous son nom (RGPD, article 32). La direction le ferme "
        "ensuite."
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
