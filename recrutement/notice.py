"""The information of article 13 (RGPD) that stands above the button of the form."""

from rgpd.register import REGISTER, PersonalData

from .models import Application

#: Changes with the words of `recrutement/information.html` or of the register's entry; each
#: application keeps the version that its author could read.
NOTICE_VERSION = "2026-11"


def notice() -> PersonalData:
    """What we do with an application, for how long and why, as the purge applies it."""
    return REGISTER[Application]
