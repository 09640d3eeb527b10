"""Which messages are proofs: an app says of its own why one outlives a request of erasure."""

from collections.abc import Callable
from datetime import datetime

from courrier.models import OutgoingMessage

Why = Callable[[OutgoingMessage, datetime], str]
_WHY: dict[str, Why] = {}


def proves(*kinds: str, why: Why) -> None:
    """Declare kinds of messages; `why(message, now)` is empty when nothing keeps this one."""
    _WHY.update(dict.fromkeys(kinds, why))


def kept_by_law(message: OutgoingMessage, now: datetime) -> str:
    """Why a message is kept although its reader asks for its erasure; nothing when it is not."""
    why = _WHY.get(message.kind)
    return why(message, now) if why else ""
