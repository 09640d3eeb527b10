"""Which messages an account may read: an app may keep some of its own from some readers."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from courrier.models import OutgoingMessageQuerySet

Rule = Callable[[Any], Q]
_RULES: list[Rule] = []


def hide(rule: Rule) -> Rule:
    """Register a rule: which messages are kept from the account that it is given."""
    _RULES.append(rule)
    return rule


def readable(messages: OutgoingMessageQuerySet, user: Any) -> OutgoingMessageQuerySet:
    """These messages, without those that an app keeps from this account."""
    for rule in _RULES:
        messages = messages.exclude(rule(user))
    return messages
