"""The rights that people exercise: received, and answered within a month (RGPD, article 12.3)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from rgpd.enums import RequestKind, RequestState
from rgpd.models import RightsRequest, RightsRequestEvent
from site_enys.states import Actor, Lifecycle, Role, Transition, states

State = RequestState
ANSWER_WITHIN = timedelta(days=30)

LIFECYCLE = Lifecycle(
    event_model=RightsRequestEvent,
    transitions=(
        Transition(
            "answer",
            "Répondre",
            states(State.WAITING),
            State.ANSWERED,
            allowed_for=frozenset({Role.STAFF, Role.SYSTEM, Role.PERSON}),
        ),
    ),
)


@transaction.atomic
def receive(
    email: str,
    kind: RequestKind,
    *,
    by: Actor,
    now: datetime,
    text: str = "",
    about: str = "",
) -> RightsRequest:
    """Write a request, with the day before which it is to be answered."""
    request = RightsRequest.objects.create(
        email=email,
        kind=kind,
        about=about,
        text=text,
        state_changed_at=now,
        received_at=now,
        answer_by=timezone.localdate(now + ANSWER_WITHIN),
    )
    LIFECYCLE.record(request, request.state, name="receive", by=by, now=now)
    return request
