"""Ending an offer, filled or cancelled, and answering everybody who still waits for a decision."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from recrutement.enums import OfferStatus
from recrutement.models import Application, JobOfferPage
from recrutement.opening import day_in_paris
from site_enys.exceptions import Refused
from site_enys.states import Actor, TransitionRefused

from .lifecycle import LIFECYCLE
from .refusals import Outcome

#: How an offer ends.
ENDINGS = (OfferStatus.FILLED, OfferStatus.CANCELLED)


def waiting_for_a_decision(offer: JobOfferPage) -> QuerySet[Application]:
    """Those who hear of the end of the offer; what the site sends to itself is not somebody."""
    waiting = Application.objects.ongoing().filter(offer=offer, synthetic=False)
    return waiting.select_related("offer__recruiter").order_by("submitted_at", "pk")


def end_offer(offer: JobOfferPage, status: str, *, by: Actor, now: datetime) -> None:
    """Say on the page itself that it is filled or cancelled: revision, publication, journal.

    What is online is what is published again, never a draft that somebody has begun; the draft
    stays the latest version. Nothing happens when it is said already. Raises TransitionRefused.
    """
    if status not in ENDINGS:
        raise TransitionRefused("Dites si l’offre est pourvue ou annulée.", field="status")
    with transaction.atomic():
        page = JobOfferPage.objects.select_for_update(of=("self",)).get(pk=offer.pk)
        if page.status == status:
            return
        draft = page.get_latest_revision_as_object() if page.has_unpublished_changes else None
        _mark(page, status, now)
        _publish(page, by.user)
        if draft is not None and page.live:
            _mark(draft, status, now)
            draft.save_revision(user=by.user, clean=False, log_action=True)


def close_all(
    offer: JobOfferPage, *, by: Actor, now: datetime, kept: Collection[str] = ()
) -> Outcome:
    """Close every application of an ended offer but those `kept`, with an e-mail each.

    Each in her own transaction, so that nobody's failure undoes the others, the lock of SQLite is
    held for milliseconds, and running again goes on where an interruption has stopped.
    """
    outcome = Outcome()
    for application in waiting_for_a_decision(offer).exclude(pk__in=kept):
        try:
            LIFECYCLE.apply(application, "close", by=by, now=now)
        except Refused as refusal:  # withdrawn or decided meanwhile
            outcome.left.append((application, refusal))
        else:
            outcome.done.append(application)
    return outcome


def rehearse_closing(
    offer: JobOfferPage, status: str, *, by: Actor, now: datetime, kept: Collection[str] = ()
) -> None:
    """What `end_offer` and `close_all` would write, for `courrier`'s rehearsal: rows only."""
    JobOfferPage.objects.filter(pk=offer.pk).update(status=status)
    close_all(offer, by=by, now=now, kept=kept)


def _mark(page: Any, status: str, now: datetime) -> None:
    page.status = status
    page.closed_on = page.closed_on or day_in_paris(now)


def _publish(page: JobOfferPage, user: Any) -> None:
    if page.live:
        page.save_revision(user=user, clean=False, log_action=True).publish(user=user)
    else:
        page.save(clean=False)
        page.save_revision(user=user, clean=False, log_action=True)
