"""The e-mails about a course made for one organisation."""

from django.conf import settings

from courrier.services.outbox import queue
from formation.models import CatalogueIndexPage, TailoredRequest
from site_enys.admin import admin_url


def tailored_received(demand: TailoredRequest) -> None:
    """Tell the organisation that its request has arrived, and its reference."""
    if demand.course:
        team = demand.course.shown_contact_email
    else:
        catalogue = CatalogueIndexPage.objects.first()
        team = catalogue.contact_email if catalogue else ""
    queue(
        "formation_tailored_received",
        demand.contact_email,
        {"demand": demand},
        about=demand,
        reply_to=team,
    )


def tailored_for_staff(demand: TailoredRequest) -> None:
    """Tell the team, whose answer goes to the person who asks."""
    queue(
        "formation_tailored_staff",
        settings.STAFF_EMAIL,
        {
            "demand": demand,
            "admin_url": settings.SITE_URL + admin_url(TailoredRequest, "inspect", demand.pk),
        },
        about=demand,
        reply_to=demand.contact_email,
    )
