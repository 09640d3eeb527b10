"""The demonstration catalogue: courses, and sessions in every situation.

Enrolments go through the services, dated as they would have been.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count, cycle
from typing import Any

from django.utils import timezone

from wagtail.models import Page, Site

from formation import demo_content as content
from formation.enums import (
    BuyerType,
    CoursePath,
    DeliveryMode,
    EnrolmentState,
    Presence,
    PriceUnit,
    Visibility,
)
from formation.models import (
    CatalogueIndexPage,
    CoursePage,
    CourseTheme,
    Enrolment,
    Session,
    TailoredRequest,
    TimeSlot,
    Trainer,
    TrainingInformationPage,
    Venue,
)
from formation.services import tailored
from formation.services.attendance import expected
from formation.services.enrolment import SignUp, Trainee, enrol_visitor
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from formation.services.notice import notice, tailored_notice
from formation.services.sessions import SESSION_LIFECYCLE
from formation.services.sheets import Seen, countersign
from formation.services.timed import end_withdrawal_periods
from formation.services.trainers import trainers_of
from site_enys.demo import demo_page
from site_enys.states import Actor, Role

STAFF = Actor(Role.STAFF)
YEAR_END = {(12, day) for day in range(24, 32)} | {(1, 1)}
HALF_DAYS = ((time(9), time(12, 30)), (time(13, 30), time(17)))


@dataclass(frozen=True)
class Plan:
    """One demonstration session: when it starts, counted in days from today, and who is in it."""

    course: str
    starts_in: int
    venue: str | None = "lyon"
    capacity: int = 12
    minimum: int = 4
    enrolled: int = 0
    confirmed: int = 0
    withdrawn: int = 0
    opens_in: int | None = None
    closes_in: int | None = None
    decides_in: int | None = None
    suspects: int = 0
    #: Transitions of the session once people are in it, with the days between them and today.
    then: tuple[tuple[str, int], ...] = field(default=())
    fields: dict[str, Any] = field(default_factory=dict)


PLANS = (
    Plan("DEIS", 62, enrolled=5, confirmed=2),
    Plan("DEIS", 34, venue="paris", capacity=8, enrolled=10, confirmed=6),
    Plan("CAFERUIS", 48, venue="nantes", capacity=10, enrolled=8, confirmed=3),
    Plan("CAFERUIS", 155, opens_in=40),
    Plan("RECHACTION", 76, venue="paris", capacity=14, enrolled=3, suspects=1),
    Plan("RECHACTION", -45, capacity=10, enrolled=6, confirmed=6, then=(("complete", -40),)),
    Plan("EVALHAS", 29, venue="nantes", enrolled=11, confirmed=8, then=(("confirm", -2),)),
    Plan("EVALHAS", 8, closes_in=-3, enrolled=7, confirmed=7, then=(("confirm", -5),)),
    Plan("PROJET", 55, enrolled=2, then=(("cancel", -1),)),
    Plan("PROJET", 97, venue="paris", enrolled=1),
    Plan("ECRITS", -1, enrolled=6, confirmed=6, then=(("confirm", -15),)),
    Plan("ECRITS", 83, venue="nantes", capacity=14, enrolled=4),
    Plan("ANALYSE", 58, venue="paris", capacity=6, enrolled=8, confirmed=5, withdrawn=1),
    Plan("TERRITOIRE", 32, minimum=6, enrolled=2, decides_in=5),
    Plan("BIENTRAITANCE", 41, enrolled=3, then=(("postpone", -1),)),
    Plan("BIENTRAITANCE", 70, fields={"visibility": Visibility.LINK}),
    Plan("NOTE", 66, venue=None, capacity=10, enrolled=2),
)


def load(now: datetime) -> str:
    """Create what is missing; a course that exists keeps the sessions it has."""
    catalogue = _catalogue()
    themes = {
        slug: CourseTheme.objects.get_or_create(slug=slug, defaults={"name": name})[0]
        for slug, name in content.THEMES
    }
    trainers = {
        key: Trainer.objects.get_or_create(name=name, defaults={"qualifications": titles})[0]
        for key, name, titles in content.TRAINERS
    }
    venues = {
        key: Venue.objects.get_or_create(
            name=name, defaults={"city": city, "address": address, "access": access}
        )[0]
        for key, name, city, address, access in content.VENUES
    }
    people = _people()
    made = 0
    for text in content.COURSES:
        course, created = _course(catalogue, text, themes, trainers)
        if created:
            made += 1
            for plan in PLANS:
                if plan.course == course.code:
                    _session(course, plan, venues, people, now)
    _tailored_requests(now)
    return f"{made} formations créées"


def _catalogue() -> CatalogueIndexPage:
    root = Page.objects.get(pk=Site.objects.get(is_default_site=True).root_page_id).specific
    catalogue, created = demo_page(
        root, CatalogueIndexPage, "formation", show_in_menus=True, **content.CATALOGUE
    )
    pages = []
    for slug, title, introduction, html in content.INFORMATION_PAGES:
        page, _ = demo_page(
            catalogue,
            TrainingInformationPage,
            slug,
            title=title,
            introduction=introduction,
            body=[("paragraph", html)],
        )
        pages.append(page)
    if created:
        catalogue.terms_page, catalogue.internal_rules_page = pages
        catalogue.save_revision().publish()
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


def _session(
    course: CoursePage, plan: Plan, venues: dict[str, Venue], people: Any, now: datetime
) -> None:
    first_day = _working_day(timezone.localdate(now) + timedelta(days=plan.starts_in))
    session = Session(
        course=course,
        code=f"{course.code}-{first_day:%Y-%m-%d}",
        delivery_mode=DeliveryMode.ONLINE if plan.venue is None else DeliveryMode.ONSITE,
        venue=venues[plan.venue] if plan.venue else None,
        capacity=plan.capacity,
        min_participants=plan.minimum,
        decision_on=_day(plan.decides_in, now),
        enrol_opens_at=_instant(plan.opens_in, now),
        enrol_closes_at=_instant(plan.closes_in, now),
        **plan.fields,
    )
    session.slots = _half_days(first_day, int(course.duration_days or 1))
    session.save()
    before = min(now, session.starts_at or now) - timedelta(days=30)
    SESSION_LIFECYCLE.apply(session, "publish", by=STAFF, now=before)
    _enrolments(session, plan, people, before + timedelta(days=1))
    end_withdrawal_periods(min(now, session.starts_at or now))
    for name, days in plan.then:
        if name == "complete":
            _hold(session)
        SESSION_LIFECYCLE.apply(
            session,
            name,
            by=STAFF,
            now=now + timedelta(days=days),
            reason="Effectif insuffisant." if name in {"cancel", "postpone"} else "",
        )


def _hold(session: Session) -> None:
    """Everybody was there, and the trainer has countersigned."""
    [trainer, *_] = trainers_of(session)
    there = {enrolment.pk: Seen(Presence.PRESENT) for enrolment in expected(session)}
    for slot in session.slots.order_by("starts_at"):
        countersign(slot, trainer, there, now=slot.ends_at)


def _enrolments(session: Session, plan: Plan, people: Any, start: datetime) -> None:
    alone = session.course.price_unit == PriceUnit.PERSON
    buyers = (person for person in people if alone or person.buyer_type == BuyerType.COMPANY)
    for rank in range(plan.enrolled + plan.suspects):
        enrol_visitor(
            session,
            next(buyers),
            start + timedelta(hours=7 * rank),
            suspect=rank >= plan.enrolled,
        )
    after = start + timedelta(days=6)
    seated = Enrolment.objects.filter(session=session, state=EnrolmentState.REQUESTED)
    for enrolment in seated.select_related("request").order_by("pk")[: plan.confirmed]:
        individual = enrolment.request.buyer_type == BuyerType.INDIVIDUAL
        ENROLMENT_LIFECYCLE.apply(enrolment, "accept", by=STAFF, now=after)
        name = "sign_contract" if individual else "confirm"
        ENROLMENT_LIFECYCLE.apply(enrolment, name, by=STAFF, now=after)
    for enrolment in Enrolment.objects.seated().filter(session=session)[: plan.withdrawn]:
        ENROLMENT_LIFECYCLE.apply(
            enrolment, "withdraw", by=STAFF, now=after, reason="Empêchement professionnel."
        )


def _tailored_requests(now: datetime) -> None:
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


def _people() -> Any:
    """Invented people without end, two out of three sent by an employer."""
    numbers, companies = count(1), cycle(content.COMPANIES)
    version = notice().version
    for (first_name, last_name), number in zip(cycle(content.PEOPLE), numbers, strict=False):
        trainee = Trainee(
            first_name,
            last_name,
            f"stagiaire{number}@exemple.example",
            wants_accommodation_call=number % 11 == 0,
        )
        common: dict[str, Any] = {"trainees": (trainee,), "notice_version": version}
        if number % 3 == 0:
            yield SignUp(buyer_type=BuyerType.INDIVIDUAL, **common)
        else:
            organisation, contact, address = next(companies)
            yield SignUp(
                buyer_type=BuyerType.COMPANY,
                organisation=organisation,
                contact_name=contact,
                contact_email=address,
                **common,
            )


def _half_days(first_day: date, days: int) -> list[TimeSlot]:
    slots, day = [], first_day
    for _ in range(days):
        slots += [
            TimeSlot(starts_at=_local(day, begin), ends_at=_local(day, end))
            for begin, end in HALF_DAYS
        ]
        day = _working_day(day + timedelta(days=1))
    return slots


def _working_day(day: date) -> date:
    """The day itself, or the next one that is neither in a weekend nor around the new year."""
    while day.weekday() > 4 or (day.month, day.day) in YEAR_END:
        day += timedelta(days=1)
    return day


def _local(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=timezone.get_default_timezone())


def _instant(days: int | None, now: datetime) -> datetime | None:
    return None if days is None else now + timedelta(days=days)


def _day(days: int | None, now: datetime) -> date | None:
    return None if days is None else timezone.localdate(now) + timedelta(days=days)
