"""The two counters of a session, changed only here, each time by one conditional UPDATE.

The UPDATE locks the row of the session until the end of the transaction, on both databases; the
constraint `session_never_oversold` stands behind it. Whoever changes an enrolment takes this lock
before any other, so that two transactions never wait for each other.
"""

from django.db.models import F

from formation.enums import ENROLLING, SEATED, WAITING
from formation.models import Session
from site_enys.states import TransitionRefused


def take(session_id: int, seats: int) -> bool:
    """Give seats to newcomers; False when fewer are left or when somebody waits for them."""
    free = Session.objects.filter(
        pk=session_id,
        state__in=ENROLLING,
        waiting_count=0,
        seats_taken__lte=F("capacity") - seats,
    )
    return free.update(seats_taken=F("seats_taken") + seats) == 1


def join_waiting_list(session_id: int, people: int) -> None:
    """Add newcomers at the end of the list."""
    Session.objects.filter(pk=session_id).update(waiting_count=F("waiting_count") + people)


def lock(session_id: int) -> Session:
    """Return the session as it is now, its row locked until the end of the transaction."""
    return Session.objects.select_for_update().get(pk=session_id)


def follow(session_id: int, before: str, after: str) -> None:
    """Make the counters follow an enrolment that goes from one state to another.

    Raises TransitionRefused when the new state needs a seat and none is left.
    """
    seats = (after in SEATED) - (before in SEATED)
    waiting = (after in WAITING) - (before in WAITING)
    if not (seats or waiting):
        return
    rows = Session.objects.filter(pk=session_id)
    if seats > 0:
        rows = rows.filter(seats_taken__lt=F("capacity"))
    changed = rows.update(
        seats_taken=F("seats_taken") + seats, waiting_count=F("waiting_count") + waiting
    )
    if not changed:
        raise TransitionRefused("Il ne reste plus de place dans cette session.")
