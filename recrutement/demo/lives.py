"""How an invented application lives: sent, read, decided, each step some days after the other."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from recrutement.enums import ContractType, InterviewKind, SalaryUnit
from recrutement.models import Application, Diploma, JobOfferPage
from recrutement.services import decisions, hold, interviews, pool, review
from recrutement.services.applications import Answers, Reply, apply
from recrutement.services.cv import CheckedCV
from recrutement.services.documents import deposit
from recrutement.services.lifecycle import LIFECYCLE
from recrutement.words import USUAL_INTERVIEW
from site_enys.models import User
from site_enys.states import Actor, staff
from site_enys.uploads import pdf_inspection

from .cv import cv_of

BETWEEN_STEPS = timedelta(days=2)
SENT = ("first_name", "last_name", "email", "phone", "message", "source", "accommodation")


def live(person: Mapping[str, Any], offers: Mapping[str, JobOfferPage], now: datetime) -> int:
    """Make one application and all that followed; 0 when it is there already."""
    if Application.objects.filter(email=person["email"]).exists():
        return 0
    offer = offers[person["offer"]] if person["offer"] else None
    then = now - timedelta(days=person["days"])
    application = _sent(person, offer, then)
    for name, text in person.get("notes", ()):
        review.add_note(application, text, by=_account(name), now=then)
    for name, scores in person.get("marks", ()):
        marks = dict(zip(review.criteria_of(application), scores, strict=True))
        review.rate(application, marks, by=_account(name), now=then)
    for rank, step in enumerate(person.get("steps", ()), start=1):
        _take(step, application, then + rank * BETWEEN_STEPS, now)
    if "skills" in person:
        diplomas = Diploma.objects.filter(slug__in=person.get("diplomas", ()))
        pool.give(application, pool.Wishes(person["skills"], person["places"], diplomas), now=now)
    if "held" in person:
        hold.hold(application, person["held"], by=_account("direction"), now=now)
    return 1


def _sent(person: Mapping[str, Any], offer: JobOfferPage | None, then: datetime) -> Application:
    name = f"{person['first_name']} {person['last_name']}"
    content = cv_of(name, person["cv"])
    # Made here, a moment ago: no process of its own is needed to look into it.
    cv = CheckedCV(
        ContentFile(content, name=f"CV {name}.pdf"),
        f"CV {name}.pdf",
        hashlib.sha256(content).hexdigest(),
        len(content),
        pdf_inspection.inspect(content),
    )
    questions = offer.questions.all() if offer else ()
    replies = tuple(
        Reply(question.label, answer)
        for question, answer in zip(questions, person.get("replies", ()), strict=False)
    )
    answers = Answers(**{key: person[key] for key in SENT if key in person}, replies=replies)
    with deposit() as store, transaction.atomic():
        return apply(
            answers, cv, offer, now=then, store=store, suspect=person.get("suspect", False)
        )


def _take(step: str, application: Application, at: datetime, now: datetime) -> None:
    """One decision, as the desk takes it; « reject:experience » names the reason."""
    by = _account("recrutement")
    name, _, detail = step.partition(":")
    if name == "invite":
        interviews.invite(application, _plan(application, at, now), by=by, now=at)
    elif name == "propose":
        decisions.propose(application, _terms(application), by=by, now=at)
    elif name == "reject":
        message = decisions.usual_messages()[detail]
        decisions.reject(application, detail, message, by=by, now=at)
    else:
        LIFECYCLE.apply(application, name, by=by, now=at)


def _plan(application: Application, at: datetime, now: datetime) -> interviews.Plan:
    """Three days from now when it is recent, the next day when it is an old story."""
    recent = now - at < timedelta(days=7)
    day = timezone.localdate(now if recent else at) + timedelta(days=3 if recent else 1)
    return interviews.Plan(
        kind=InterviewKind.ON_SITE,
        starts_at=timezone.make_aware(datetime.combine(day, time(10))),
        minutes=60,
        place="1 rue de l’Exemple, 69007 Lyon",
        details=USUAL_INTERVIEW,
    )


def _terms(application: Application) -> decisions.Terms:
    """What the offer announced, at its lowest."""
    offer: Any = application.offer  # nobody is hired without one here
    return decisions.Terms(
        contract=ContractType(offer.contract_type),
        pay=offer.salary_min,
        unit=SalaryUnit(offer.salary_unit),
    )


def _account(username: str) -> Actor:
    return staff(User.objects.filter(username=username).first())
