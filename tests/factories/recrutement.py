"""Offers and applications in every situation."""

from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from wagtail.models import Site

import factory
from factory.django import DjangoModelFactory

from recrutement.enums import ENDED
from recrutement.models import (
    Application,
    ApplicationDocument,
    JobOfferPage,
    RecruitmentIndexPage,
)
from tests.recrutement import pdfs


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


class UnderParentFactory(DjangoModelFactory):
    """A page published under `parent`."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, parent: Any = None, **kwargs: Any) -> Any:
        tags, reviewers = kwargs.pop("tags", ()), kwargs.pop("reviewers", ())
        diplomas = kwargs.pop("diplomas", ())
        page = model_class(*args, **kwargs)
        if reviewers:
            page.reviewers = reviewers
        if tags:
            page.tags.add(*tags)
        if diplomas:
            page.diplomas.add(*diplomas)
        return (parent or cls.default_parent()).add_child(instance=page)


class IndexFactory(UnderParentFactory):
    class Meta:
        model = RecruitmentIndexPage

    title = "Recrutement"
    slug = "recrutement"
    introduction = "Venez travailler avec nous."

    @staticmethod
    def default_parent() -> Any:
        return Site.objects.get(is_default_site=True).root_page

    @classmethod
    def the_one(cls) -> RecruitmentIndexPage:
        return RecruitmentIndexPage.objects.first() or cls()


class OfferFactory(UnderParentFactory):
    class Meta:
        model = JobOfferPage

    title = factory.Sequence(lambda number: f"Chargé·e d’études {number}")
    slug = factory.Sequence(lambda number: f"offre-{number}")
    introduction = "Une enquête de terrain."
    contract_type = "cdi"
    city = "Lyon"
    postcode = "69007"
    salary_min = 30000
    salary_max = 36000
    salary_unit = "an"
    missions = "<p>Enquêter et écrire.</p>"
    profile = "<p>Aimer le terrain.</p>"
    # What the linter advises: without them, each publication would ask for a reason.
    process = "<p>Un échange, puis un entretien.</p>"
    accommodation = "Les horaires et l’entretien s’adaptent."
    collective_agreement = "syntec"
    closing_date = factory.LazyFunction(lambda: in_days(30))
    first_published_at = factory.LazyFunction(timezone.now)

    @staticmethod
    def default_parent() -> Any:
        return IndexFactory.the_one()


class ApplicationFactory(DjangoModelFactory):
    class Meta:
        model = Application

    # Above those that tests write by hand.
    reference = factory.Sequence(lambda number: f"C-2026-{number + 1000}")
    offer = factory.SubFactory(OfferFactory)
    first_name = "Inès"
    last_name = "Garnier"
    email = factory.Sequence(lambda number: f"personne-{number}@exemple.test")
    submitted_at = factory.LazyFunction(timezone.now)
    state_changed_at = factory.SelfAttribute("submitted_at")
    decided_at = factory.LazyAttribute(
        lambda made: made.state_changed_at if made.state in ENDED else None
    )
    state = "received"
    answer_by = factory.LazyFunction(lambda: in_days(30))
    notice_version = "2026-11"


class DocumentFactory(DjangoModelFactory):
    class Meta:
        model = ApplicationDocument

    application = factory.SubFactory(ApplicationFactory)
    file = factory.LazyFunction(lambda: ContentFile(pdfs.pdf(), name="CV.pdf"))
    original_name = "CV.pdf"
    sha256 = "0" * 64
    size = 431
    pages = 1
    created_at = factory.LazyFunction(timezone.now)
