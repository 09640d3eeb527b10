"""Requests for a course made for one organisation: how they come in, and what becomes of them."""

from datetime import datetime
from typing import Any

from django.db import transaction

from formation import emails
from formation.enums import TailoredState
from formation.models import CoursePage, TailoredRequest, TailoredRequestEvent
from site_enys.states import PERSON, Lifecycle, Transition, states

from .references import next_reference

State = TailoredState


def receive(
    answers: dict[str, Any],
    now: datetime,
    *,
    course: CoursePage | None = None,
    notice_version: str,
    notice_shown_at: datetime | None = None,
    quarantined: bool = False,
) -> TailoredRequest:
    """Store a request, then queue the acknowledgement and the e-mail to the team.

    `answers` are those of TailoredRequest.ANSWERS. One transaction. A quarantined request is
    stored in the same way, but no e-mail leaves before a person has read it.
    """
    state = State.SET_ASIDE if quarantined else State.RECEIVED
    with transaction.atomic():
        demand = TailoredRequest.objects.create(
            **{name: answers[name] for name in TailoredRequest.ANSWERS},
            reference=next_reference(now),
            course=course,
            notice_version=notice_version,
            notice_shown_at=notice_shown_at,
            state=state,
            state_changed_at=now,
            created_at=now,
        )
        TAILORED_LIFECYCLE.record(demand, state, name="request", by=PERSON, now=now)
        if not quarantined:
            announce(demand)
    return demand


def announce(demand: TailoredRequest) -> None:
    """Queue what a genuine request sets off."""
    emails.tailored_received(demand)
    emails.tailored_for_staff(demand)


TAILORED_LIFECYCLE = Lifecycle(
    event_model=TailoredRequestEvent,
    transitions=(
        Transition(
            "recover",
            "Ce n’est pas un robot\u00a0: recevoir la demande",
            states(State.SET_ASIDE),
            State.RECEIVED,
            message=announce,
        ),
        Transition(
            "discard",
            "Écarter sans répondre",
            states(State.SET_ASIDE),
            State.CLOSED,
        ),
        Transition(
            "take",
            "Prendre en charge",
            states(State.RECEIVED),
            State.IN_PROGRESS,
        ),
        Transition(
            "quote",
            "Noter la proposition envoyée",
            states(State.RECEIVED, State.IN_PROGRESS),
            State.QUOTED,
        ),
        Transition(
            "win",
            "Noter l’accord du client",
            states(State.QUOTED),
            State.WON,
        ),
        Transition(
            "close",
            "Classer sans suite",
            states(State.RECEIVED, State.IN_PROGRESS, State.QUOTED),
            State.CLOSED,
            needs_reason=True,
        ),
        Transition(
            "reopen",
            "Reprendre la demande",
            states(State.CLOSED, State.WON, State.QUOTED),
            State.IN_PROGRESS,
        ),
    ),
)
