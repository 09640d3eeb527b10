"""Recounting what the counters say: a difference is a fault of ours, and is said loudly."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, F, Q

from formation.enums import SEATED, WAITING
from formation.models import Enrolment, Session

from .waiting_list import next_offers


def faults(now: datetime) -> Iterator[str]:
    """Each promise of the module that the database does not keep, in a sentence."""
    yield from _counters_that_lie()
    yield from _people_in_two_sessions()
    yield from _seats_kept_from_the_list(now)


def _counters_that_lie() -> Iterator[str]:
    counted = Session.objects.annotate(
        seated=Count("enrolments", filter=Q(enrolments__state__in=sorted(SEATED))),
        waiting=Count("enrolments", filter=Q(enrolments__state__in=sorted(WAITING))),
    )
    wrong = counted.exclude(seats_taken=F("seated"), waiting_count=F("waiting"))
    for session in wrong.order_by("code"):
        yield (
            f"{session.code}\u00a0: {session.seats_taken} places comptées pour {session.seated} "
            f"inscriptions, {session.waiting_count} en attente pour {session.waiting}."
        )
    for session in counted.filter(seated__gt=F("capacity")).order_by("code"):
        yield f"{session.code}\u00a0: {session.seated} inscriptions pour {session.capacity} places."


def _people_in_two_sessions() -> Iterator[str]:
    astray = Enrolment.objects.exclude(session=F("request__session")).select_related("request")
    for enrolment in astray.order_by("pk"):
        yield f"{enrolment}\u00a0: sa session n’est pas celle de la demande {enrolment.request}."


def _seats_kept_from_the_list(now: datetime) -> Iterator[str]:
    for session in Session.objects.with_seats_for_the_waiting_list(now).order_by("code"):
        if next_offers(session, now):
            yield (
                f"{session.code}\u00a0: une place libre n’a pas été proposée à la liste d’attente."
            )
