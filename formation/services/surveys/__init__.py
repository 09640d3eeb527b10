"""Surveys: who is asked what and when, reminders, and answers.

A questionnaire is sent once per session, kind and respondent; whoever does not answer is reminded
twice. An answer may be corrected until the questionnaire closes, and not after: the figures that
are published stand.
"""

from .answers import answer
from .funder import ask_funder, fundable, funder_refusal
from .reminders import remind, remind_due, remind_once, reminder_is_due, reminder_refusal
from .sending import Due, came, due, send_due, send_one
from .windows import WINDOWS, closes_at, is_open

__all__ = [
    "WINDOWS",
    "Due",
    "answer",
    "ask_funder",
    "came",
    "closes_at",
    "due",
    "fundable",
    "funder_refusal",
    "is_open",
    "remind",
    "remind_due",
    "remind_once",
    "reminder_is_due",
    "reminder_refusal",
    "send_due",
    "send_one",
]
