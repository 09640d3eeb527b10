"""Contact messages: how they come in, and what the team does with them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from home import emails
from home.enums import MessageState
from home.models import ContactMessage, ContactMessageEvent
from site_enys.states import SYSTEM, Lifecycle, Transition, TransitionRefused, states


def receive(
    answers: dict[str, Any],
    *,
    quarantined: bool,
    now: datetime,
    shown: Mapping[str, Any] | None = None,
) -> ContactMessage:
    """Store a message, then queue the e-mail to the team and the acknowledgement.

    `shown` are the columns of `InformedForm.shown`.

    A quarantined message is stored in the same way, but no e-mail leaves before somebody of the
    team says that it is genuine.
    """
    with transaction.atomic():
        message = ContactMessage.objects.create(
            **{name: answers[name] for name in ContactMessage.ANSWERS},
            **(shown or {}),
            suspect=quarantined,
            state_changed_at=now,
            created_at=now,
        )
        LIFECYCLE.record(message, MessageState.NEW, name="receive", by=SYSTEM, now=now)
        if not quarantined:
            announce(message)
    return message


def announce(message: ContactMessage) -> None:
    """Queue what a genuine message sets off."""
    emails.tell_staff(message)
    emails.acknowledge(message)


def _must_be_suspect(message: ContactMessage, _now: datetime) -> None:
    if not message.suspect:
        raise TransitionRefused("Ce message n’a pas été mis de côté.")


def _trust(message: ContactMessage, _now: datetime) -> None:
    message.suspect = False
    message.save(update_fields=["suspect"])


LIFECYCLE = Lifecycle(
    event_model=ContactMessageEvent,
    transitions=(
        Transition(
            name="accept",
            label="Ce message est sincère",
            sources=states(MessageState.NEW, MessageState.SPAM),
            target=MessageState.NEW,
            guard=_must_be_suspect,
            effect=_trust,
            message=announce,
        ),
        Transition(
            name="handle",
            label="Marquer comme traité",
            sources=states(MessageState.NEW),
            target=MessageState.HANDLED,
        ),
        Transition(
            name="reject",
            label="Classer comme indésirable",
            sources=states(MessageState.NEW, MessageState.HANDLED),
            target=MessageState.SPAM,
        ),
        Transition(
            name="reopen",
            label="Remettre à lire",
            sources=states(MessageState.HANDLED, MessageState.SPAM),
            target=MessageState.NEW,
        ),
    ),
)
