"""Receiving an application: one transaction for the rows, the file, the event and the e-mails."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from recrutement import emails
from recrutement.enums import ApplicationState
from recrutement.exceptions import OfferClosed, SpontaneousClosed
from recrutement.models import (
    AccommodationRequest,
    Application,
    ApplicationAnswer,
    ApplicationEvent,
    JobOfferPage,
    RecruitmentIndexPage,
)
from recrutement.notice import notice_for
from recrutement.opening import day_in_paris
from site_enys.states import PERSON

from .control_mark import is_marked
from .cv import CheckedCV
from .documents import Store, attach
from .lifecycle import LIFECYCLE
from .promises import Door, promised_day

TRIES = 20


@dataclass(frozen=True)
class Reply:
    """A question of the offer as the person read it, and what she answered, perhaps nothing."""

    question: str
    answer: str


@dataclass(frozen=True)
class Answers:
    """What the person wrote in the form, and the information that she had before her.

    Without a version, the information is that of the day.
    """

    first_name: str
    last_name: str
    email: str
    phone: str = ""
    message: str = ""
    source: str = ""
    replies: tuple[Reply, ...] = ()
    accommodation: str = ""
    notice_version: str = ""
    notice_shown_at: datetime | None = None


def apply(
    answers: Answers,
    cv: CheckedCV | None,
    offer: JobOfferPage | None,
    *,
    now: datetime,
    store: Store,
    suspect: bool = False,
) -> Application:
    """Record an application for `offer`, or a spontaneous one when it is None.

    A person who already has an ongoing application for the same offer gets it updated, and the
    same answer: nobody learns from the form who has applied. A suspect one is set aside, never
    touches another, and nothing is sent about it. Runs inside the transaction of the form, within
    `deposit()`. Raises OfferClosed or SpontaneousClosed.
    """
    door = _locked_door(offer, now)
    facts = _facts(answers, offer, now) | {"answer_by": promised_day(door, now)}
    twin = Application.objects.of_person(answers.email, offer).ongoing().first()
    if twin and not suspect:
        application = _update(twin, facts, now)
    else:
        state = ApplicationState.QUARANTINE if suspect else ApplicationState.RECEIVED
        application = _create(facts | {"offer": offer, "state": state}, now)
    _write_replies(application, answers, now)
    if cv:
        attach(application, cv, store=store, now=now)
    if not suspect:
        emails.acknowledged(application, updated=bool(twin))
        if not application.synthetic:
            emails.staff_told(application, updated=bool(twin))
    return application


def _facts(answers: Answers, offer: JobOfferPage | None, now: datetime) -> dict[str, Any]:
    names = ("first_name", "last_name", "phone", "message", "source", "notice_shown_at")
    return {name: getattr(answers, name) for name in names} | {
        "email": answers.email.lower(),
        "submitted_at": now,
        "notice_version": answers.notice_version or notice_for(offer).version,
        "synthetic": is_marked(answers.email, now),
    }


def _write_replies(application: Application, answers: Answers, now: datetime) -> None:
    """The answers of the last sending; a request for accommodation stays until another one."""
    application.answers.all().delete()
    ApplicationAnswer.objects.bulk_create(
        ApplicationAnswer(
            application=application, position=position, question=reply.question, answer=reply.answer
        )
        for position, reply in enumerate(answers.replies, start=1)
    )
    if answers.accommodation:
        AccommodationRequest.objects.update_or_create(
            application=application, defaults={"text": answers.accommodation, "at": now}
        )


def open_spontaneously(now: datetime) -> bool:
    """Whether the page says that spontaneous applications are welcome now."""
    index = RecruitmentIndexPage.objects.live().first()
    return index is not None and index.takes_spontaneous(now)


def _locked_door(offer: JobOfferPage | None, now: datetime) -> Door:
    """The page one applies through, open now, and locked so that twins come in turn."""
    if offer is None:
        index = RecruitmentIndexPage.objects.live().select_for_update(of=("self",)).first()
        if index is None or not index.takes_spontaneous(now):
            raise SpontaneousClosed
        return index
    locked = JobOfferPage.objects.select_for_update(of=("self",)).get(pk=offer.pk)
    if reason := locked.why_closed(now):
        raise OfferClosed(reason)
    return locked


def _update(twin: Application, facts: dict[str, Any], now: datetime) -> Application:
    former = twin.reference
    for name, value in facts.items():
        setattr(twin, name, value)
    if former.startswith(_start_of_references(now)):
        twin.save(update_fields=list(facts))
        reason = ""
    else:  # a number of last year would say that the person had applied before
        _save_under_a_new_reference(twin, now)
        reason = f"Ancien numéro\u00a0: {former}"
    LIFECYCLE.record(twin, twin.state, name="resubmit", by=PERSON, now=now, reason=reason)
    return twin


def _create(facts: dict[str, Any], now: datetime) -> Application:
    application = Application(state_changed_at=now, **facts)
    _save_under_a_new_reference(application, now)
    ApplicationEvent.objects.create(
        subject=application,
        at=now,
        transition="submit",
        to_state=application.state,
        role=PERSON.role,
    )
    return application


def _save_under_a_new_reference(application: Application, now: datetime) -> None:
    for attempt in range(TRIES):
        application.reference = _random_reference(now, digits=4 + attempt // 5)
        try:
            with transaction.atomic():
                application.save()
        except IntegrityError:
            if attempt == TRIES - 1:
                raise
        else:
            return


def _random_reference(now: datetime, *, digits: int) -> str:
    """« C-2026-0042 ».

    Drawn, not counted: a running number would say how many people apply, and a low one that an
    application was there before.
    """
    return f"{_start_of_references(now)}{secrets.randbelow(10**digits):0{digits}d}"


def _start_of_references(now: datetime) -> str:
    return f"C-{day_in_paris(now).year}-"
