"""What the clock does to enrolments; each person in a transaction of her own."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from formation import emails
from formation.documents.issued import Subject
from formation.enums import DocumentKind, EnrolmentState, SessionState
from formation.models import Enrolment, Session
from site_enys.exceptions import Refused, StoreUnavailable
from site_enys.states import SYSTEM

from . import paperwork, seats, stored_files
from .issue import in_force
from .lifecycle import ENROLMENT_LIFECYCLE

logger = logging.getLogger(__name__)

#: How long before the session people are convoked, and reminded.
CONVOKED_BEFORE = timedelta(days=10)
REMINDED_BEFORE = timedelta(days=2)


def expire_offers(now: datetime) -> int:
    """Give up the offers that nobody answered in time; their seats go on down the list."""
    over = Enrolment.objects.filter(state=EnrolmentState.OFFERED, offer_expires_at__lte=now)
    return _apply_to_each(over, "expire", now)


def end_withdrawal_periods(now: datetime) -> int:
    """Confirm the enrolments whose withdrawal period ended yesterday or before."""
    over = Enrolment.objects.filter(
        state=EnrolmentState.WITHDRAWAL_PERIOD, withdrawal_ends_on__lt=timezone.localdate(now)
    )
    return _apply_to_each(over, "end_withdrawal_period", now)


def serve_waiting_lists(now: datetime) -> int:
    """Offer what a past failure, or a change made by hand, would have left free; return how many.

    Every change serves the list by itself: this finds nothing on an ordinary day.
    """
    waiting = Session.objects.with_seats_for_the_waiting_list(now)
    for session in waiting:
        with transaction.atomic():
            ENROLMENT_LIFECYCLE.serve(session.pk, now)
    return len(waiting)


def remind_of_offers(now: datetime) -> int:
    """Write once more when half of the time to answer is over."""
    unanswered = Enrolment.objects.filter(
        state=EnrolmentState.OFFERED, offer_reminded_at=None, offer_expires_at__gt=now
    )
    half_over = [
        enrolment
        for enrolment in unanswered
        if (until := enrolment.offer_expires_at) and now - enrolment.state_changed_at >= until - now
    ]
    return _write_once(half_over, "offer_reminded_at", emails.offer_reminder, now)


def convoke(now: datetime) -> int:
    """Send the convocation, ten days before or as soon as the enrolment is confirmed after that."""
    expected = _expected_within(CONVOKED_BEFORE, now).filter(convoked_at=None)
    return _write_once(expected, "convoked_at", lambda one: _write_convocation(one, now), now)


def remind(now: datetime) -> int:
    """Send the reminder, two days before; who was convoked since then has just read it all."""
    expected = _expected_within(REMINDED_BEFORE, now).filter(reminded_at=None)
    before = expected.filter(convoked_at__lt=F("session__starts_at") - REMINDED_BEFORE)
    return _write_once(before, "reminded_at", emails.reminder, now)


def _write_convocation(enrolment: Enrolment, now: datetime) -> None:
    """With the document, when nothing is missing in it; the message says the same in any case.

    The programme of the session is delivered with the first one: everybody knows it by then.
    """
    if in_force(DocumentKind.PROGRAMME, enrolment.session) is None:
        _drawn(DocumentKind.PROGRAMME, enrolment.session, now)
    emails.convocation(enrolment, _drawn(DocumentKind.CONVOCATION, enrolment, now))


def _drawn(kind: DocumentKind, about: Subject, now: datetime) -> list[tuple[str, str, bytes]]:
    """The document as an attachment; nothing when it cannot be delivered.

    Its own savepoint: whatever goes wrong with a document, people know where to come. What is
    missing is said to staff, on the screen of the documents.
    """
    try:
        with transaction.atomic():
            document = paperwork.up_to_date(kind, about, by=SYSTEM, now=now)
            return [(document.filename, "application/pdf", stored_files.read(document))]
    except Exception as error:
        if isinstance(error, StoreUnavailable) or not isinstance(error, Refused):
            logger.exception("%s non délivré\u00a0: %s", kind.label, about)
        return []


def _expected_within(delay: timedelta, now: datetime) -> QuerySet[Enrolment]:
    """Confirmed people of the sessions that are kept, and that begin within this delay."""
    return Enrolment.objects.filter(
        state=EnrolmentState.CONFIRMED,
        session__state=SessionState.CONFIRMED,
        session__starts_at__gt=now,
        session__starts_at__lte=now + delay,
    )


def _apply_to_each(people: Iterable[Enrolment], name: str, now: datetime) -> int:
    done = 0
    for enrolment in people:
        try:
            ENROLMENT_LIFECYCLE.apply(enrolment, name, by=SYSTEM, now=now)
        except Refused:
            continue  # answered in the meantime, or its session is over
        done += 1
    return done


def _write_once(
    people: Iterable[Enrolment], mark: str, write: Callable[[Enrolment], None], now: datetime
) -> int:
    """Write to each one who does not carry the mark yet, whoever else is doing the same."""
    done = 0
    for enrolment in people:
        with transaction.atomic():
            seats.lock(enrolment.session_id)
            unmarked = Enrolment.objects.filter(
                pk=enrolment.pk, state=enrolment.state, **{mark: None}
            )
            if unmarked.update(**{mark: now}):
                write(enrolment)
                done += 1
    return done
