"""Who is offered a freed seat, when, and why another one was not.

The rule, as the pages state it: the list is served in order of arrival; a group that wants all
its seats at once is passed over while too few are free, and keeps its rank. So does somebody who
pays alone, once the session is too near for the withdrawal period: the team speaks with her.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from formation.enums import ENROLLING, BuyerType
from formation.exceptions import TooLateToWithdraw
from formation.models import Enrolment, EnrolmentRequest, Session
from site_enys.french import plural

from .withdrawal import refuse_unless_time_to_withdraw

#: So near the beginning, people no longer read their mail in time: the team telephones.
HANDS_OFF = timedelta(hours=24)
#: How long a seat is kept, by the time left before the session: the shorter, the nearer.
WINDOWS = (
    (timedelta(days=14), timedelta(hours=72)),
    (timedelta(days=4), timedelta(hours=24)),
    (timedelta(0), timedelta(hours=4)),
)


@dataclass(frozen=True)
class Entry:
    """The people of one request who wait together, in the order of their names on it."""

    request: EnrolmentRequest
    people: tuple[Enrolment, ...]

    @property
    def seats_wanted(self) -> int:
        return len(self.people)

    def seats_given(self, free: int) -> int:
        """How many of the free seats this entry is offered."""
        if self.request.accept_partial:
            return min(free, self.seats_wanted)
        return self.seats_wanted if self.seats_wanted <= free else 0


def entries(session: Session) -> list[Entry]:
    """The waiting list of the session, in order of rank."""
    waiting = Enrolment.objects.waiting().filter(session=session).select_related("request")
    together: dict[int, list[Enrolment]] = {}
    for enrolment in waiting:  # an entry stands where the first of its people stands
        together.setdefault(enrolment.request_id, []).append(enrolment)
    return [Entry(people[0].request, tuple(people)) for people in together.values()]


def next_offers(session: Session, now: datetime) -> list[Enrolment]:
    """Those whom a free seat goes to now, in order; the session's row is locked."""
    free = session.seats_left
    if not free or not session.waiting_count or hands_off(session, now):
        return []
    chosen: list[Enrolment] = []
    for entry in entries(session):
        given = 0 if too_late_for(entry, session, now) else entry.seats_given(free)
        chosen += entry.people[:given]
        free -= given
    return chosen


def too_late_for(entry: Entry, session: Session, now: datetime) -> bool:
    """Whether the entry is somebody who pays alone and could no longer go back on a contract."""
    if entry.request.buyer_type != BuyerType.INDIVIDUAL:
        return False
    try:
        refuse_unless_time_to_withdraw(session, timezone.localdate(now))
    except TooLateToWithdraw:
        return True
    return False


def hands_off(session: Session, now: datetime) -> str:
    """Why the site offers nothing by itself in this session now; empty when it does."""
    if session.state not in ENROLLING or session.starts_at is None:
        return "La session n’est pas programmée."
    if session.starts_at <= now:
        return "La session a commencé."
    if session.starts_at - now <= HANDS_OFF:
        return "La session commence dans moins de 24 heures\u00a0: téléphonez avant de proposer."
    return ""


def why_waiting(entry: Entry, ahead: Iterable[Entry], session: Session, now: datetime) -> str:
    """Why this entry of the list still waits, in words for the team."""
    if stopped := hands_off(session, now):
        return stopped
    if too_late_for(entry, session, now):
        return "Le délai de rétractation finirait après le début\u00a0: voyez avec la personne."
    free = session.seats_left
    if not free:
        return "Aucune place n’est libre."
    if entry.seats_given(free) == 0:
        wanted = plural(entry.seats_wanted, "place")
        left = plural(free, "est libre", "sont libres")
        return f"Le groupe demande {wanted} ensemble, {left}."
    if any(other.seats_given(free) for other in ahead if not too_late_for(other, session, now)):
        return "Une demande plus ancienne passe avant."
    return "Une place est libre et sera proposée sous peu."


def offer_expires_at(session: Session, now: datetime) -> datetime:
    """Until when a seat offered now is kept, always before the session begins."""
    if session.starts_at is None:
        return now + WINDOWS[0][1]
    left = session.starts_at - now
    window = next(window for threshold, window in WINDOWS if left >= threshold or not threshold)
    return min(now + window, session.starts_at)
