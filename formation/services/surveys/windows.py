"""When each questionnaire is open, and to whom: every rule of time is here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from formation.enums import FIRM, HELD, EnrolmentState, SurveyKind
from formation.models import Survey

State = EnrolmentState


@dataclass(frozen=True)
class Window:
    """When a questionnaire is open, counted from the end of the session."""

    opens: timedelta
    closes: timedelta


def _days(opens: int, closes: int) -> Window:
    return Window(timedelta(days=opens), timedelta(days=closes))


#: NEEDS is not here: it is open from the confirmation until the session begins. What is asked
#: « à froid » stays open for a month, so that it is answered two to three months afterwards.
WINDOWS: Mapping[str, Window] = {
    SurveyKind.HOT: _days(0, 30),
    SurveyKind.COLD: _days(60, 90),
    SurveyKind.COMPANY: _days(7, 60),
    SurveyKind.FUNDER: _days(0, 90),
    SurveyKind.TRAINER: _days(0, 30),
}
#: Who may still answer about a session: nobody who was absent, or left before.
MAY_ANSWER: Mapping[str, frozenset[str]] = {
    SurveyKind.NEEDS: frozenset({State.CONFIRMED}),
    SurveyKind.HOT: FIRM - {State.NO_SHOW},
    SurveyKind.COLD: FIRM - {State.NO_SHOW},
}


def closes_at(survey: Survey) -> datetime:
    """The instant from which the questionnaire takes no answer."""
    session = survey.session
    if survey.kind == SurveyKind.NEEDS:
        return session.starts_at or survey.sent_at
    return (session.ends_at or survey.sent_at) + WINDOWS[survey.kind].closes


def is_open(survey: Survey, now: datetime) -> bool:
    """Whether the respondent may answer, or correct what was answered, at `now`."""
    enrolment = survey.enrolment
    allowed = MAY_ANSWER.get(survey.kind)
    if survey.anonymised_at or (enrolment and allowed and enrolment.state not in allowed):
        return False
    return opened(survey, now)


def opened(survey: Survey, now: datetime) -> bool:
    session = survey.session
    if session.state not in HELD or session.ends_at is None or now >= closes_at(survey):
        return False
    window = WINDOWS.get(survey.kind)
    return window is None or now >= session.ends_at + window.opens


def open_now(kind: str, now: datetime) -> Q:
    window = WINDOWS[kind]
    return Q(
        session__state__in=HELD,
        session__ends_at__lte=now - window.opens,
        session__ends_at__gt=now - window.closes,
    )
