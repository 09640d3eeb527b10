"""Timed work of the training module."""

from datetime import datetime, timedelta

from formation.models import Enrolment
from site_enys.jobs import job

#: The tick « contactez-moi » serves until the session is over, and a month for what follows.
NEEDS_KEPT = timedelta(days=30)


@job("besoins-amenagement", every=timedelta(days=1))
def forget_accommodation_requests(now: datetime) -> str:
    """Erase the wish to be called about an accommodation, a month after the session."""
    over = Enrolment.objects.filter(
        wants_accommodation_call=True, session__ends_at__lt=now - NEEDS_KEPT
    )
    forgotten = over.update(wants_accommodation_call=False)
    return f"souhaits d’aménagement effacés\u00a0: {forgotten}"
