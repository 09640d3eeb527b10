"""Receiving an application: one transaction for the rows, the file, the event and the e-mails."""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from recrutement import emails
from recrutement.enums import ApplicationState
from recrutement.exceptions import OfferClosed, SpontaneousClosed
from recrutement.models import Application, ApplicationEvent, JobOfferPage, RecruitmentIndexPage
from recrutement.notice import NOTICE_VERSION
from recrutement.opening import day_in_paris
from site_enys.states import PERSON

from .cv import CheckedCV
from .documents import Store, attach
from .lifecycle import LIFECYCLE
from .promises import Door, promised_day

TRIES = 20


@dataclass(frozen=True)
class Answers:
    """What the person wrote in the form."""

    first_name: str
    last_name: str
    email: str
    phone: str = ""
    message: str = ""
    source: str = ""


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
    facts = asdict(answers) | {
        "email": answers.email.lower(),
        "submitted_at": now,
        "answer_by": promised_day(door, now),
        "notice_version": NOTICE_VERSION,
    }
    twin = Application.objects.of_person(answers.email, offer).ongoing().first()
    if twin and not suspect:
        application = _update(twin, facts, now)
    else:
        state = ApplicationState.QUARANTINE if suspect else ApplicationState.RECEIVED
        application = _create(facts | {"offer": offer, "state": state}, now)
    if cv:
        attach(application, cv, store=store, now=now)
    if not suspect:
        emails.acknowledged(application, updated=bool(twin))
        emails.staff_told(application, updated=bool(twin))
    return application


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


def _update(twin: Application, facts: dict, now: datetime) -> Application:
    LIFECYCLE.record(twin, twin.state, name="resubmit", by=PERSON, now=now)
    for name, value in facts.items():
        setattr(twin, name, value)
    twin.save(update_fields=list(facts))
    return twin


def _create(facts: dict, now: datetime) -> Application:
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                application = Application.objects.create(
                    reference=_random_reference(now, digits=4 + attempt // 5),
                    state_changed_at=now,
                    **facts,
                )
                break
        except IntegrityError:
            if attempt == TRIES - 1:
                raise
    ApplicationEvent.objects.create(
        subject=application,
        at=now,
        transition="submit",
        to_state=application.state,
        role=PERSON.role,
    )
    return application


def _random_reference(now: datetime, *, digits: int) -> str:
    """« C-2026-0042 ».

    Drawn, not counted: a running number would say how many people apply, and a low one that an
    application was there before.
    """
    return f"C-{day_in_paris(now).year}-{secrets.randbelow(10**digits):0{digits}d}"
