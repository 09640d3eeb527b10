"""The information of article 13 (RGPD) that stands above the button of the form.

Its delays and recipients are read where the purge reads them, so that the promise and the deed
cannot differ.
"""

from dataclasses import dataclass

from courrier.models import OutgoingMessage
from home.models import OrganisationSettings
from rgpd.notices import Notice, declare
from rgpd.register import REGISTER, PersonalData

from .models import Application, JobOfferPage, PoolConsent, RecruitmentSettings

#: The month in which the words of `recrutement/information.html` were last written.
WORDED = "2026-11"
#: For how long the backups are kept: docs/exploitation.md says the same.
BACKUP_DAYS = 30
OUR_NAME = "ENYS Conseil"
APPLICATION = "candidature"
POOL = "vivier"

declare(APPLICATION, "Candidature", Application)
declare(POOL, "Accord pour le vivier", PoolConsent, field="text_version")


def notice() -> PersonalData:
    """What we do with an application, for how long and why, as the purge applies it."""
    return REGISTER[Application]


@dataclass
class ApplicationNotice(Notice):
    """What whoever applies to `offer` is told; `offer` is None for a spontaneous application."""

    key = APPLICATION
    template = "recrutement/information.html"
    worded = WORDED

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


def notice_for(offer: JobOfferPage | None) -> ApplicationNotice:
    """The information for this offer as it is to be given now."""
    organisation = OrganisationSettings.current()
    return ApplicationNotice(offer, RecruitmentSettings.load(), organisation)
