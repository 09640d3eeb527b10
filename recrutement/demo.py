"""Demonstration: six offers in every situation, and people who answer them."""

from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from wagtail.models import Site

from home.services.sections import open_section_to
from site_enys.demo import demo_page
from site_enys.groups import RECRUITMENT
from site_enys.models import User
from site_enys.states import staff

from .demo_cv import cv_of
from .demo_texts import INDEX, OFFERS, PEOPLE
from .enums import OfferStatus
from .models import Application, JobOfferPage, RecruitmentIndexPage
from .opening import day_in_paris
from .services.applications import Answers, apply
from .services.cv import check_cv
from .services.documents import deposit
from .services.lifecycle import LIFECYCLE


def load(now: datetime) -> str:
    root = Site.objects.get(is_default_site=True).root_page
    index, _ = demo_page(root, RecruitmentIndexPage, "recrutement", **INDEX)
    open_section_to(index, RECRUITMENT)
    offers = {slug: _offer(index, slug, dict(facts), now) for slug, facts in OFFERS.items()}
    made = sum(_application(dict(person), offers, now) for person in PEOPLE)
    _fill(offers["chef-de-projet-territoire"])
    return f"{len(offers)} offres, {made} candidatures créées"


def _offer(
    index: RecruitmentIndexPage, slug: str, facts: dict[str, Any], now: datetime
) -> JobOfferPage:
    today = day_in_paris(now)
    tags = facts.pop("tags")
    closing_date = today + timedelta(days=facts.pop("closes_in"))
    start_in = facts.pop("starts_in", None)
    offer, is_new = demo_page(
        index,
        JobOfferPage,
        slug,
        first_published_at=now - timedelta(days=facts.pop("published_for")),
        closing_date=closing_date,
        start_on=today + timedelta(days=start_in) if start_in else None,
        recruiter=User.objects.filter(username="recrutement").first(),
        **facts,
    )
    if is_new:
        offer.tags.add(*tags)
        offer.save_revision(clean=False).publish()
    return offer


def _application(person: dict[str, Any], offers: dict[str, JobOfferPage], now: datetime) -> int:
    offer = offers[person.pop("offer")] if person["offer"] else person.pop("offer")
    steps, days = person.pop("steps", ()), person.pop("days")
    lines, suspect = person.pop("cv"), person.pop("suspect", False)
    if Application.objects.filter(email=person["email"]).exists():
        return 0
    name = f"{person['first_name']} {person['last_name']}"
    cv = check_cv(ContentFile(cv_of(name, lines), name=f"CV {name}.pdf"))
    then = now - timedelta(days=days)
    with deposit() as store, transaction.atomic():
        application = apply(Answers(**person), cv, offer, now=then, store=store, suspect=suspect)
    by = staff(User.objects.filter(username="recrutement").first())
    for step, (name, reason) in enumerate(steps, start=1):
        LIFECYCLE.apply(
            application, name, by=by, now=then + timedelta(days=2 * step), reason=reason
        )
    return 1


def _fill(offer: JobOfferPage) -> None:
    """The person has been hired: the offer closes."""
    if offer.status == OfferStatus.OPEN:
        offer.status = OfferStatus.FILLED
        offer.save_revision(clean=False).publish()
