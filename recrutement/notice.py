"""The information of article 13 (RGPD) that stands above the button of the form.

Its delays and recipients are read where the purge reads them, so that the promise and the deed
cannot differ.
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from django.template.loader import render_to_string
from django.utils.html import strip_tags

from wagtail.models import Site

from courrier.models import OutgoingMessage
from home.models import OrganisationSettings
from rgpd.register import REGISTER, PersonalData

from .models import Application, JobOfferPage, RecruitmentSettings

#: The month in which the words of `recrutement/information.html` were last written.
WORDED = "2026-11"
#: For how long the backups are kept: docs/exploitation.md says the same.
BACKUP_DAYS = 30
OUR_NAME = "ENYS Conseil"


def notice() -> PersonalData:
    """What we do with an application, for how long and why, as the purge applies it."""
    return REGISTER[Application]


@dataclass(frozen=True)
class Notice:
    """What whoever applies to `offer` is told; `offer` is None for a spontaneous application."""

    offer: JobOfferPage | None
    delays: RecruitmentSettings
    organisation: OrganisationSettings

    @property
    def entry(self) -> PersonalData:
        return notice()

    @property
    def firm(self) -> str:
        return self.organisation.legal_name or OUR_NAME

    @property
    def client(self) -> str:
        """The structure we recruit for, when its name is told."""
        return self.offer.on_behalf_of if self.offer and not self.client_is_hidden else ""

    @property
    def client_is_hidden(self) -> bool:
        return bool(self.offer and self.offer.on_behalf_of and self.offer.hide_employer)

    @property
    def mails_kept(self) -> str:
        return REGISTER[OutgoingMessage].delay_words

    @property
    def backup_days(self) -> int:
        return BACKUP_DAYS

    @cached_property
    def html(self) -> str:
        return render_to_string("recrutement/information.html", {"notice": self})

    @property
    def version(self) -> str:
        """« 2026-11-4f0c91ab27 »: the month of the words, and a fingerprint of all that is read.

        It changes when, and only when, something that the person reads does.
        """
        words = " ".join(strip_tags(self.html).split())
        return f"{WORDED}-{hashlib.sha256(words.encode()).hexdigest()[:10]}"


def notice_for(offer: JobOfferPage | None) -> Notice:
    """The information for this offer as it is to be given now."""
    organisation = OrganisationSettings.for_site(Site.objects.get(is_default_site=True))
    return Notice(offer, RecruitmentSettings.load(), organisation)
