"""The link to « Mes données »: a quarter of an hour, once."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from site_enys.links import Purpose

from .models import PersonalAccess

#: How long the link works, and how long the page stays open once it has been opened.
LINK_LASTS = timedelta(minutes=15)
VISIT_LASTS = timedelta(minutes=30)

ACCESS = Purpose("mes-donnees", PersonalAccess, lasts=LINK_LASTS, grant_lasts=VISIT_LASTS)


def access_url(access: PersonalAccess) -> str:
    """The address, with its token, of the page whose button opens « Mes données »."""
    return settings.SITE_URL + reverse("rgpd_open_link", args=[ACCESS.token(access)])
