"""What a person changes by herself: her address, what she needs to come, whether she goes on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.db import IntegrityError, transaction

from recrutement import emails
from recrutement.enums import ApplicationState
from recrutement.exceptions import AddressRefused, NoLongerOngoing, NotInvited
from recrutement.links import ADDRESS_SALT, address_token
from recrutement.models import AccommodationRequest, Application
from site_enys.links import LinkRefused, revoke
from site_enys.public_forms import count_once_more
from site_enys.states import PERSON, TransitionRefused

from .lifecycle import LIFECYCLE

#: How long the link that confirms an address works.
CONFIRMED_WITHIN = timedelta(days=2)
#: Messages that a stranger could make us send, for one application and one hour.
MESSAGES_AN_HOUR = 3
#: What the person changes in one go; her address is changed by a confirmation.
CORRECTED = ("first_name", "last_name", "phone")
INVITED = frozenset({ApplicationState.INTERVIEW, ApplicationState.OFFERED})


@dataclass(frozen=True)
class NewAddress:
    """What a link of confirmation says, once checked."""

    application: Application
    email: str


def withdraw(application: Application, *, now: datetime) -> None:
    """Withdraw, at the asking of the person. Raises NoLongerOngoing when staff was faster."""
    try:
        LIFECYCLE.apply(application, "withdraw", by=PERSON, now=now)
    except TransitionRefused as refusal:
        raise NoLongerOngoing from refusal


def refuse_unless_invited(application: Application) -> None:
    """Raise NotInvited: what one needs to come concerns nobody before there is a meeting."""
    if application.state not in INVITED:
        raise NotInvited


@transaction.atomic
def ask_for_accommodation(application: Application, text: str, *, now: datetime) -> None:
    """Write, or change, what the person needs to come. Raises NotInvited."""
    locked = _lock(application)
    refuse_unless_invited(locked)
    AccommodationRequest.objects.update_or_create(
        application=locked, defaults={"text": text, "at": now}
    )
    emails.staff_told_of_accommodation(locked)


@transaction.atomic
def forget_accommodation(application: Application) -> None:
    """Erase what the person needed; always possible."""
    AccommodationRequest.objects.filter(application=application).delete()


@transaction.atomic
def correct(application: Application, values: Mapping[str, str], *, now: datetime) -> None:
    """Write what the person corrects of how she is called (RGPD, art. 16).

    The journal says that it was done, never what stood before: it outlives the correction. Raises
    ValidationError for a value that the form would refuse; the same values change nothing.
    """
    locked = _lock(application)
    changed = {
        name: values[name]
        for name in CORRECTED
        if name in values and values[name] != getattr(locked, name)
    }
    if not changed:
        return
    for name, new in changed.items():
        setattr(locked, name, new)
    locked.clean_fields(exclude={field.name for field in Application._meta.fields} - set(changed))
    locked.save(update_fields=changed)
    LIFECYCLE.record(
        locked,
        locked.state,
        name="correct",
        by=PERSON,
        now=now,
        reason="Nom ou téléphone corrigé",
    )


@transaction.atomic
def send_link(reference: str, email: str, *, now: datetime) -> bool:
    """Send the link of an application again to whoever owns its address.

    The page that asks answers the same whatever was found.
    """
    rows = Application.objects.filter(reference=reference.strip().upper(), email=email.lower())
    application = rows.exclude(state=ApplicationState.QUARANTINE).filter(synthetic=False).first()
    if application is None or not _may_write("lien-candidature", application, now):
        return False
    emails.link_again(application)
    return True


@transaction.atomic
def ask_for_address(application: Application, email: str, *, now: datetime) -> None:
    """Write to the new address, so that its owner confirms it; nothing changes before."""
    email = email.lower()
    if email == application.email:
        raise AddressRefused("C’est déjà l’adresse de cette candidature.")
    if not _may_write("adresse-candidature", application, now):
        raise AddressRefused(
            "Plusieurs messages de confirmation sont déjà partis. Réessayez dans une heure."
        )
    emails.address_to_confirm(application, email, address_token(application, email))


def new_address(token: str) -> NewAddress:
    """What the link of confirmation names. Raises LinkRefused: altered, too old, already used."""
    try:
        pk, nonce, email = signing.loads(token, salt=ADDRESS_SALT, max_age=CONFIRMED_WITHIN)
    except (signing.BadSignature, ValueError, TypeError) as bad:
        raise LinkRefused from bad
    application = Application.objects.filter(pk=pk, link_nonce=nonce).first()
    if application is None:
        raise LinkRefused
    return NewAddress(application, email)


@transaction.atomic
def confirm_address(token: str, *, now: datetime) -> Application:
    """Take the new address, close all the links that the former one received, and tell both.

    Raises LinkRefused, or AddressRefused when the address cannot be taken, without saying why:
    who uses it elsewhere is nobody's business.
    """
    asked = new_address(token)
    application = _lock(asked.application)
    if application.link_nonce != asked.application.link_nonce:
        raise LinkRefused
    former, application.email = application.email, asked.email
    try:
        with transaction.atomic():
            application.save(update_fields=["email"])
    except IntegrityError as taken:
        raise AddressRefused from taken
    revoke(application)
    LIFECYCLE.record(
        application,
        application.state,
        name="correct_email",
        by=PERSON,
        now=now,
        reason="Adresse électronique corrigée",
    )
    emails.address_changed(application, former)
    return application


def _may_write(purpose: str, application: Application, now: datetime) -> bool:
    return count_once_more(purpose, str(application.pk), now=now, limit=MESSAGES_AN_HOUR)


def _lock(application: Application) -> Application:
    locked = Application.objects.select_for_update(of=("self",)).filter(pk=application.pk).first()
    if locked is None:
        raise LinkRefused
    return locked
