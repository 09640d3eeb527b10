"""Requests by which people exercise their rights: how they come in, and how we answer them.

An answer is due within a month; two months more may be taken when the request is complex, and the
person is told why within the first month (RGPD, article 12.3).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from rgpd import emails
from rgpd.enums import RequestKind, RequestState
from rgpd.models import RightsRequest, RightsRequestEvent
from site_enys.months import months_later
from site_enys.states import Actor, Lifecycle, Role, Transition, TransitionRefused, states

State = RequestState

ANSWERED_WITHIN = 1  # months
EXTENDED_BY = 2  # months
#: Less than this before the last day, a request is urgent.
URGENT = timedelta(days=7)


@dataclass(frozen=True)
class Arrival:
    """How a request came, when it was not by « Mes données »."""

    #: « par courrier », « au téléphone »: kept in the journal of the request.
    channel: str = ""
    #: The day on which a letter or a call came, when it is written down later.
    received_at: datetime | None = None
    #: Whether the person is written to: « Mes données » and the desk each say it in their way.
    acknowledged: bool = False


@transaction.atomic
def receive(
    email: str,
    kind: str,
    *,
    by: Actor,
    now: datetime,
    text: str = "",
    about: str = "",
    arrival: Arrival = Arrival(),
) -> RightsRequest:
    """Write a request down, with its last day. Raises TransitionRefused when it comes tomorrow."""
    received_at = arrival.received_at or now
    if received_at > now:
        raise TransitionRefused("Cette date n’est pas encore passée.", field="received_on")
    request = RightsRequest.objects.create(
        email=email.strip().lower(),
        kind=kind,
        about=about,
        text=text,
        state_changed_at=now,
        received_at=received_at,
        answer_by=months_later(timezone.localdate(received_at), ANSWERED_WITHIN),
    )
    LIFECYCLE.record(request, State.WAITING, name="receive", by=by, now=now, reason=arrival.channel)
    if arrival.acknowledged:
        emails.received(request)
    return request


def answer(request: RightsRequest, text: str, *, by: Actor, now: datetime) -> None:
    """Send our answer and keep it. Raises TransitionRefused when it is empty or not awaited."""
    with transaction.atomic():
        _reply(request, "answer", text, by=by, now=now)
        emails.answered(request)


def refuse(request: RightsRequest, reason: str, *, by: Actor, now: datetime) -> None:
    """Refuse, and say why to the person. Raises TransitionRefused as `answer` does."""
    with transaction.atomic():
        _reply(request, "refuse", reason, by=by, now=now)
        emails.refused(request)


@transaction.atomic
def extend(request: RightsRequest, reason: str, *, by: Actor, now: datetime) -> None:
    """Take two months more, once, and say why to the person.

    Raises TransitionRefused after the first month, a second time, or without a reason.
    """
    LIFECYCLE.apply(request, "extend", by=by, now=now, reason=reason)
    emails.extended(request, reason.strip())


def waiting() -> QuerySet[RightsRequest]:
    """Those that wait for our answer, the first due first."""
    return RightsRequest.objects.filter(state=State.WAITING).order_by("answer_by", "pk")


def urgent(now: datetime) -> QuerySet[RightsRequest]:
    """Those of them that are due within a week, or late."""
    return waiting().filter(answer_by__lt=timezone.localdate(now) + URGENT)


@transaction.atomic
def remind(now: datetime, url: str) -> int:
    """Write to the referents about what is urgent, and what came since yesterday; how many."""
    new = waiting().filter(received_at__gt=now - timedelta(days=1))
    due = list((new | urgent(now)).distinct())
    if due:
        emails.due(due, timezone.localdate(now), url)
    return len(due)


def note(request: RightsRequest, name: str, *, by: Actor, now: datetime, what: str = "") -> None:
    """Write in the journal of a request what was looked at, handed over or erased for it."""
    LIFECYCLE.record(request, request.state, name=name, by=by, now=now, reason=what)


def open_file(email: str, reason: str, *, by: Actor, now: datetime) -> RightsRequest:
    """What staff writes before it looks at what is held about somebody: whom, and why.

    Raises TransitionRefused without a reason.
    """
    if not reason.strip():
        raise TransitionRefused("Écrivez pourquoi\u00a0: le motif manque.", field="reason")
    arrival = Arrival(channel=reason.strip())
    return receive(email, RequestKind.ACCESS, by=by, now=now, arrival=arrival)


def _reply(request: RightsRequest, name: str, text: str, *, by: Actor, now: datetime) -> None:
    if not text.strip():
        raise TransitionRefused("Écrivez d’abord la réponse.", field="answer")
    RightsRequest.objects.filter(pk=request.pk).update(answer=text.strip())
    # Locks the row; refused, it takes the text back with it.
    LIFECYCLE.apply(request, name, by=by, now=now)


def _in_its_first_month(request: RightsRequest, now: datetime) -> None:
    if request.events.filter(transition="extend").exists():
        raise TransitionRefused(
            "Le délai a déjà été prolongé\u00a0: il ne peut l’être qu’une fois."
        )
    if timezone.localdate(now) > request.answer_by:
        raise TransitionRefused(
            "Le premier mois est passé\u00a0: le délai ne peut plus être prolongé."
        )


LIFECYCLE = Lifecycle(
    event_model=RightsRequestEvent,
    transitions=(
        Transition(
            "answer",
            "Répondre",
            states(State.WAITING),
            State.ANSWERED,
            # The person herself: the site answers at once to what she does in « Mes données ».
            allowed_for=frozenset(Role),
            own_screen=True,
        ),
        Transition(
            "refuse",
            "Refuser",
            states(State.WAITING),
            State.REFUSED,
            own_screen=True,
        ),
        Transition(
            "extend",
            "Prolonger de deux mois",
            states(State.WAITING),
            State.WAITING,
            needs_reason=True,
            guard=_in_its_first_month,
            sets=lambda request, now: {"answer_by": months_later(request.answer_by, EXTENDED_BY)},
            own_screen=True,
        ),
        Transition(
            "withdraw",
            "Retirer la demande",
            states(State.WAITING),
            State.WITHDRAWN,
            allowed_for=frozenset({Role.PERSON}),
        ),
    ),
)
