"""The e-mails of a session that is held: to its trainers, and to the employer of who was absent."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from courrier.services.outbox import queue
from formation.links import trainer_calendar_url, trainer_url
from formation.models import Enrolment, Session, Trainer

from .parts import to_company

#: What becomes of a session that somebody was to teach, after « La session ECRITS-2027 ».
TRAINER_NEWS = {
    "cancel": "est annulée",
    "postpone": "est reportée à une date qui reste à trouver",
    "reschedule": "a de nouvelles dates",
}


def no_show(people: Iterable[Enrolment]) -> None:
    """Tell the contact of each employer, once, who has followed no half-day at all."""
    by_request = sorted(people, key=lambda one: (one.request_id, one.pk))
    for _, group in groupby(by_request, key=lambda one: one.request_id):
        absent = list(group)
        to_company("formation_no_show", absent[0].request, absent)


def trainer_link(trainer: Trainer) -> None:
    """The link of her space."""
    queue("formation_trainer_link", trainer.email, _context(trainer), about=trainer)


def trainer_kept(trainer: Trainer, session: Session) -> None:
    """The session is kept: she can count on it."""
    _about_session("formation_trainer_kept", trainer, session)


def trainer_news(trainer: Trainer, session: Session, news: str) -> None:
    """The session is called off, or has other dates."""
    _about_session("formation_trainer_news", trainer, session, news=TRAINER_NEWS[news])


def trainer_eve(trainer: Trainer, session: Session) -> None:
    """Tomorrow she teaches."""
    _about_session("formation_trainer_eve", trainer, session)


def _about_session(kind: str, trainer: Trainer, session: Session, **more: Any) -> None:
    course = session.course
    more |= {"session": session, "course": course}
    queue(
        kind,
        trainer.email,
        _context(trainer) | more,
        about=session,
        reply_to=course.shown_contact_email,
    )


def _context(trainer: Trainer) -> dict[str, Any]:
    return {
        "trainer": trainer,
        "desk_url": trainer_url(trainer),
        "calendar_url": trainer_calendar_url(trainer),
    }
