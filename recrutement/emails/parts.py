"""What the e-mails of recruitment share: their context, whom they go to, who answers.

Every function runs inside the transaction of the change that it announces. No file of a candidate
ever leaves with an e-mail.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings

from courrier.models import OutgoingMessage
from courrier.services.outbox import queue
from recrutement.documents.calendar import interview_calendar
from recrutement.links import application_url
from recrutement.models import Application, Interview, JobOfferPage, RecruitmentSettings
from recrutement.notice import notice
from site_enys.calendars import Method

NOTICE_PATH = "/infos-administratives/confidentialite/"


def to_person(
    kind: str,
    application: Application,
    *,
    attachments: Sequence[tuple[str, str, bytes]] = (),
    **context: Any,
) -> OutgoingMessage:
    """Write to whoever applies, with the link to her own space; the recruiter gets the answer."""
    own = {
        "application": application,
        "offer": application.offer,
        "space_url": application_url(application),
        "notice_url": settings.SITE_URL + NOTICE_PATH,
        "kept_for": notice().delay_words,
        "pool_months": RecruitmentSettings.load().pool_months,
        "contact": contact_name(application.offer),
    }
    return queue(
        kind,
        application.email,
        own | context,
        about=application,
        reply_to=recruiter_address(application.offer),
        attachments=attachments,
    )


def recruiter_address(offer: JobOfferPage | None) -> str:
    """Where what is said about an offer goes: to whoever follows it, else to the team."""
    recruiter = offer.recruiter if offer else None
    return (recruiter.email if recruiter else "") or settings.STAFF_EMAIL


def contact_name(offer: JobOfferPage | None) -> str:
    """Who signs: the person who follows the offer, when she has an address to be answered at."""
    recruiter = offer.recruiter if offer else None
    return recruiter.get_full_name() if recruiter and recruiter.email else ""


def calendar_files(
    interviews: Iterable[Interview], method: Method, now: datetime
) -> list[tuple[str, str, bytes]]:
    """One calendar file for each: an invitation, its update or its cancellation."""
    content_type = f"text/calendar; charset=utf-8; method={method}"
    return [
        ("entretien.ics", content_type, interview_calendar(interview, method, now))
        for interview in interviews
    ]
