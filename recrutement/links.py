"""The link of the e-mails: to the space of one application, for whoever sent it."""

from django.conf import settings
from django.urls import reverse

from recrutement.models import Application
from site_enys.links import Purpose

APPLICATION = Purpose("recrutement-candidature", Application)


def application_url(application: Application) -> str:
    """The address, with its token, that opens the space of the person."""
    path = reverse("recrutement_open_link", args=[APPLICATION.token(application)])
    return settings.SITE_URL + path
