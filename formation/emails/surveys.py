"""The e-mails that carry a questionnaire."""

from datetime import datetime

from courrier.models import OutgoingMessage
from courrier.services.outbox import queue
from formation.links import survey_url
from formation.models import Survey
from formation.questionnaires import QUESTIONNAIRES


def survey(survey: Survey, closes_at: datetime) -> OutgoingMessage:
    """The questionnaire, with its link and the day on which it closes."""
    return _queue("formation_survey", survey, closes_at)


def survey_reminder(survey: Survey, closes_at: datetime) -> OutgoingMessage:
    """Once more, and the second time saying that it is the last."""
    return _queue("formation_survey_reminder", survey, closes_at)


def _queue(kind: str, survey: Survey, closes_at: datetime) -> OutgoingMessage:
    course = survey.session.course
    context = {
        "survey": survey,
        "asked": QUESTIONNAIRES[survey.kind],
        "session": survey.session,
        "course": course,
        "survey_url": survey_url(survey),
        "closes_at": closes_at,
        "last_time": survey.reminders > 1,
    }
    return queue(kind, survey.address, context, about=survey, reply_to=course.shown_contact_email)
