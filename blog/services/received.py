"""A comment as its form brings it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Received:
    """What somebody typed, and how it reached us.

    `sender` is a hash of the connection that changes each day (`site_enys.clients.daily_hash`).
    """

    name: str
    text: str
    email: str = ""
    sender: str = ""
    trapped: bool = False
    hurried: bool = False
    notice_version: str = ""
    notice_shown_at: datetime | None = None
    unproven: bool = False
