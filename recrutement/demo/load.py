"""Demonstration: offers in every situation, and people who answer them."""

from datetime import datetime, timedelta
from typing import Any

from wagtail.models import Site

from recrutement.enums import OfferStatus
from recrutement.models import (
    Diploma,
    JobOfferPage,
    OfferCriterion,
    OfferQuestion,
    RecruitmentIndexPage,
)
from recrutement.opening import day_in_paris
from site_enys.demo import demo_page
from site_enys.models import User

from .lives import live
from .offers import INDEX, OFFERS
from .people import PEOPLE


def load(now: datetime) -> str:
    root = Site.objects.get(is_default_site=True).root_page
    index, _ = demo_page(root, RecruitmentIndexPage, "recrutement", **INDEX)
    offers = {slug: _offer(index, slug, dict(facts), now) for slug, facts in OFFERS.items()}
    made = sum(live(dict(person), offers, now) for person in PEOPLE)
    for slug, facts in OFFERS.items():
        if "ends" in facts:
            _end(offers[slug], facts["ends"], now)
    return f"{len(offers)} offres, {made} candidatures créées"


def _offer(
    index: RecruitmentIndexPage, slug: str, facts: dict[str, Any], now: datetime
) -> JobOfferPage:
    today = day_in_paris(now)
    tags, diplomas = facts.pop("tags"), facts.pop("diplomas", ())
    closing_date = today + timedelta(days=facts.pop("closes_in"))
    start_in = facts.pop("starts_in", None)
    questions, criteria = facts.pop("questions", ()), facts.pop("criteria", ())
    is_reviewed = facts.pop("reviewed", False)
    facts.pop("ends", None)
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
        offer.diplomas.add(*Diploma.objects.filter(slug__in=diplomas))
        offer.questions.add(*(OfferQuestion(label=label, kind=kind) for label, kind in questions))
        offer.criteria.add(*(OfferCriterion(label=label) for label in criteria))
        if is_reviewed:
            offer.reviewers = list(User.objects.filter(username="evaluation"))
        offer.save_revision(clean=False, log_action=True).publish()
    return offer


def _end(offer: JobOfferPage, status: str, now: datetime) -> None:
    """Whoever applied has been answered: the offer is no longer open."""
    if offer.status != OfferStatus.OPEN:
        return
    offer.status = status
    offer.closed_on = day_in_paris(now) if status == OfferStatus.FILLED else None
    offer.save_revision(clean=False, log_action=True).publish()
