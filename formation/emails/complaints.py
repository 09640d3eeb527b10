"""The e-mails about a complaint."""

from django.conf import settings

from courrier.services.outbox import queue
from formation.models import CatalogueIndexPage, Complaint
from site_enys.admin import admin_url


def complaint_received(complaint: Complaint, answered_within: int) -> None:
    """Acknowledge, with the reference and the delay, in days, in which we answer."""
    if complaint.author_email:
        context = {"complaint": complaint, "days": answered_within}
        queue(
            "formation_complaint_received",
            complaint.author_email,
            context,
            about=complaint,
            reply_to=_team(),
        )


def complaint_for_staff(complaint: Complaint) -> None:
    """Tell the team, whose answer to the e-mail goes to the person."""
    queue(
        "formation_complaint_staff",
        settings.STAFF_EMAIL,
        {
            "complaint": complaint,
            "admin_url": settings.SITE_URL + admin_url(Complaint, "inspect", complaint.pk),
        },
        about=complaint,
        reply_to=complaint.author_email,
    )


def complaint_answered(complaint: Complaint) -> None:
    """Our answer; somebody without an address is answered by letter or telephone."""
    if complaint.author_email:
        queue(
            "formation_complaint_answered",
            complaint.author_email,
            {"complaint": complaint},
            about=complaint,
            reply_to=_team(),
        )


def _team() -> str:
    catalogue = CatalogueIndexPage.objects.first()
    return catalogue.contact_email if catalogue else ""
