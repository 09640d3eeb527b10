"""The addresses that carry their own right: the space of an application, and its receipt."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core import signing
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from recrutement.models import Application
from site_enys.links import Purpose

APPLICATION = Purpose("recrutement-candidature", Application)


def application_url(application: Application) -> str:
    """The address, with its token, that opens the space of the person."""
    path = reverse("recrutement_open_link", args=[APPLICATION.token(application)])
    return settings.SITE_URL + path


RECEIPT = Signer(salt="recrutement.receipt")


@dataclass(frozen=True)
class Receipt:
    """What the page says once the form is sent: what the sender has just been told, for ever."""

    reference: str
    subject: str
    answer_by: date


def receipt_url(application: Application) -> str:
    """The path of the page that confirms this sending; the same for the same sending."""
    told = [application.reference, application.subject, application.answer_by.isoformat()]
    return reverse("recrutement_received", args=[RECEIPT.sign_object(told)])


def read_receipt(token: str) -> Receipt | None:
    """What the address of a receipt says, or None when we have not written it."""
    try:
        reference, subject, answer_by = RECEIPT.unsign_object(token)
    except (BadSignature, ValueError):
        return None
    return Receipt(reference, subject, date.fromisoformat(answer_by))


#: What confirms a new address; the nonce in it makes it serve once.
ADDRESS_SALT = "lien:recrutement-adresse"


def address_token(application: Application, email: str) -> str:
    """What the owner of a new address sends back to say that it is hers."""
    return signing.dumps(
        [str(application.pk), application.link_nonce.hex, email], salt=ADDRESS_SALT
    )


def address_url(token: str) -> str:
    """The address of the page that confirms."""
    return settings.SITE_URL + reverse("recrutement_confirm_address", args=[token])
