"""The audit room: for each indicator of the quality referential, what proves it, and what lacks."""

from .facts import SessionFacts, facts_of, sessions_of_year
from .table import EVIDENCE, Evidence, Finding, Standing, room

__all__ = [
    "EVIDENCE",
    "Evidence",
    "Finding",
    "SessionFacts",
    "Standing",
    "facts_of",
    "room",
    "sessions_of_year",
]
