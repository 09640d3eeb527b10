"""What the site writes of its own work."""

from django.conf import settings
from django.urls import reverse

from courrier.services.outbox import queue
from recrutement.models import FormCheck


def form_is_down(check: FormCheck) -> None:
    """To the team, once, when the application form stops working; no candidate is named."""
    context = {
        "check": check,
        "admin_url": settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_home"),
    }
    queue("recrutement_formulaire_en_panne", settings.STAFF_EMAIL, context)
