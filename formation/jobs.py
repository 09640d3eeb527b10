"""Timed work of the training module."""

from datetime import datetime, timedelta

from formation.models import Enrolment
from formation.services import agreements, timed
from formation.services.audit import faults
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


@job("places-proposees", every=timedelta(minutes=5))
def follow_offers(now: datetime) -> str:
    """Expire and recall the seats that are offered, and serve the waiting lists."""
    expired, recalled = timed.expire_offers(now), timed.remind_of_offers(now)
    served = timed.serve_waiting_lists(now)
    return f"propositions échues : {expired}, rappelées : {recalled}, listes : {served}"


@job("fin-de-retractation", every=timedelta(hours=1))
def confirm_after_the_withdrawal_period(now: datetime) -> str:
    return f"inscriptions confirmées : {timed.end_withdrawal_periods(now)}"


@job("convocations", every=timedelta(minutes=5))
def write_to_those_who_come(now: datetime) -> str:
    """Send each convocation and each reminder once."""
    convoked, reminded = timed.convoke(now), timed.remind(now)
    return f"convocations : {convoked}, rappels : {reminded}"


@job("relances-conventions", every=timedelta(hours=1))
def remind_of_agreements(now: datetime) -> str:
    """Write again to those who have not signed, three then seven days after the sending."""
    return f"signatures relancées : {agreements.remind(now)}"


@job("recomptage-formation", every=timedelta(days=1))
def recount(now: datetime) -> str:
    """Fail, so that the journal and the desk show it, when a counter lies."""
    found = list(faults(now))
    if found:
        raise AssertionError(" ".join(found))
    return "places et listes d’attente justes"
