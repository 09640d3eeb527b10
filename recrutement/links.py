"""The link of the e-mails: to the space of one application, for whoever sent it."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from recrutement.models import Application
from site_enys.links import Purpose

APPLICATION = Purpose("recrutement-candidature", Application)


def application_url(application: Application) -> str:
    """The address, with its token, that opens the space of the person."""
    path = reverse("recrutement_open_link", args=[APPLICATION.token(application)])
    return settings.SITE_URL + path


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
