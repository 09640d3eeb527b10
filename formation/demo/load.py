"""The demonstration catalogue, then its sessions; everything goes through the services.

What was done in the past is dated as it would have been.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from wagtail.models import Page, Site

from formation.enums import CoursePath, DeliveryMode, PriceUnit
from formation.models import (
    CatalogueIndexPage,
    CoursePage,
    CourseTheme,
    TailoredRequest,
    Trainer,
    Venue,
)
from formation.notice import tailored_notice
from formation.services import tailored
from home.models import LegalPage, SectionPage
from site_enys.demo import demo_page

from . import content, lived, waiting
from .opinions import complain
from .sessions import PLANS, STAFF, fill, invented_people, make


def load(now: datetime) -> str:
    """Create what is missing; a course that exists keeps the sessions it has."""
    catalogue = _catalogue()
    themes = {
        slug: CourseTheme.objects.get_or_create(slug=slug, defaults={"name": name})[0]
        for slug, name in content.THEMES
    }
    trainers = {
        key: Trainer.objects.get_or_create(name=name, defaults=fields)[0]
        for key, name, fields in content.TRAINERS
    }
    venues = {
        key: Venue.objects.get_or_create(
            name=name, defaults={"city": city, "address": address, "access": access}
        )[0]
        for key, name, city, address, access in content.VENUES
    }
    people = invented_people()
    made = 0
    for text in content.COURSES:
        course, created = _course(catalogue, text, themes, trainers)
        if created:
            made += 1
            for plan in (plan for plan in PLANS if plan.course == course.code):
                session = make(course, plan, venues, now)
                if plan.has_lived:
                    lived.live(session, now)
                else:
                    fill(session, plan, people, now)
    if made:
        waiting.agreements(now)
    complain(now)
    tailored_requests(now)
    return f"{made} formations créées"


def _catalogue() -> CatalogueIndexPage:
    root = Page.objects.get(pk=Site.objects.get(is_default_site=True).root_page_id).specific
    catalogue, created = demo_page(
        root, CatalogueIndexPage, "formation", show_in_menus=True, **content.CATALOGUE
    )
    # Below the administrative pages when there are some, where the foot of pages leads too.
    section = SectionPage.objects.child_of(root).filter(slug="infos-administratives").first()
    pages = []
    for kind, slug, title, introduction, html in content.LEGAL_PAGES:
        page, _ = demo_page(
            section or root,
            LegalPage,
            slug,
            kind=kind,
            title=title,
            introduction=introduction,
            body=[("paragraph", html)],
        )
        pages.append(page)
    if created:
        catalogue.terms_page, catalogue.internal_rules_page = pages
        catalogue.save_revision(log_action=True).publish()
    return catalogue


def _course(
    catalogue: CatalogueIndexPage,
    text: dict[str, Any],
    themes: dict[str, CourseTheme],
    trainers: dict[str, Trainer],
) -> tuple[CoursePage, bool]:
    fields: dict[str, Any] = {
        name: text[name]
        for name in (
            "code",
            "level",
            "formacodes",
            "entry_level",
            "title",
            "introduction",
            "prerequisites",
            "audience",
            "teaching_methods",
            "resources",
            "assessment_methods",
        )
    }
    fields |= {
        name: text.get(name, "")
        for name in ("remote_support", "remote_work", "remote_assessments", "price_note")
    }
    fields |= {
        "theme": themes[text["theme"]],
        "trainers": [trainers[key] for key in text["trainers"]],
        "objectives": [("objective", line) for line in text["objectives"]],
        "programme": [("module", _module(*module)) for module in text["modules"]],
        "duration_hours": Decimal(text["hours"]),
        "duration_days": Decimal(text["days"]),
        "delivery_mode": text.get("mode", DeliveryMode.ONSITE),
        "access_modes": content.ACCESS,
        "access_delay_days": text["delay"],
        "price_excl_tax": Decimal(text["price"]),
        "price_unit": text.get("unit", PriceUnit.PERSON),
        "employer_funding": True,
        "faf_funding": text.get("faf_funding", False),
        "personal_funding": text.get("unit", PriceUnit.PERSON) == PriceUnit.PERSON,
        "funding_note": content.FUNDING,
        "nsf_code": "332",
        "public_codes": "80036",
        "learning_path": CoursePath.GROUP,
        "first_session_on": text.get("first_session_on"),
    }
    return demo_page(catalogue, CoursePage, text["slug"], **fields)


def _module(title: str, hours: float, points: tuple[str, ...]) -> dict[str, Any]:
    lines = "".join(f"<li>{point}</li>" for point in points)
    return {"title": title, "hours": Decimal(str(hours)), "content": f"<ul>{lines}</ul>"}


def tailored_requests(now: datetime) -> None:
    """Once: a request that staff has handled does not come back."""
    if TailoredRequest.objects.exists():
        return
    courses = {course.code: course for course in CoursePage.objects.all()}
    version = tailored_notice().version
    for days, code, answers, then in content.TAILORED_REQUESTS:
        asked = now - timedelta(days=days)
        demand = tailored.receive(answers, asked, course=courses.get(code), notice_version=version)
        for rank, (name, reason) in enumerate(then, start=1):
            tailored.TAILORED_LIFECYCLE.apply(
                demand, name, by=STAFF, now=asked + timedelta(days=rank), reason=reason
            )
