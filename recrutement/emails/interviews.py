"""Invitations, their changes and their cancellation, each with its calendar file."""

from datetime import datetime
from typing import Any

from recrutement.enums import InterviewKind
from recrutement.models import Interview
from recrutement.words import PLACE_LABELS
from site_enys.calendars import Method

from .parts import calendar_files, to_person


def invited(interview: Interview, *, further: bool, now: datetime) -> None:
    """E2: when, how, where, with which methods, and what could make it easier to come."""
    _about("recrutement_entretien", interview, "REQUEST", now, further=further)


def interview_moved(interview: Interview, *, now: datetime) -> None:
    _about("recrutement_entretien_deplace", interview, "REQUEST", now)


def interview_called_off(interview: Interview, *, words: str, now: datetime) -> None:
    _about("recrutement_entretien_annule", interview, "CANCEL", now, words=words)


def _about(kind: str, interview: Interview, method: Method, now: datetime, **context: Any) -> None:
    to_person(
        kind,
        interview.application,
        attachments=calendar_files([interview], method, now),
        interview=interview,
        place_label=PLACE_LABELS[InterviewKind(interview.kind)],
        **context,
    )
