"""The demonstration sessions, in every situation; those of `lived.py` go further."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count, cycle
from typing import Any

from django.utils import timezone

from formation.enums import BuyerType, DeliveryMode, EnrolmentState, PriceUnit, Visibility
from formation.models import CoursePage, Enrolment, Session, TimeSlot, Trainer, Venue
from formation.notice import notice
from formation.services.enrolment import SignUp, Trainee, enrol_visitor
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from formation.services.sessions import SESSION_LIFECYCLE
from formation.services.timed import end_withdrawal_periods
from site_enys.states import Actor, Role

from . import content

STAFF = Actor(Role.STAFF)
YEAR_END = {(12, day) for day in range(24, 32)} | {(1, 1)}
HALF_DAYS = ((time(9), time(12, 30)), (time(13, 30), time(17)))
HALF_DAY_HOURS = 3.5


@dataclass(frozen=True)
class Plan:
    """One demonstration session: when it starts, counted in days from today, and who is in it.

    Nobody is enrolled by the plan of a session that has lived: `lived.py` does.
    """

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

    @property
    def has_lived(self) -> bool:
        return self.starts_in < 0


PLANS = (
    Plan("DEIS", 62, enrolled=5, confirmed=2),
    Plan("DEIS", 34, venue="paris", capacity=8, enrolled=10, confirmed=6),
    Plan("CAFERUIS", 48, venue="nantes", capacity=10, enrolled=8, confirmed=3),
    Plan("CAFERUIS", 155, opens_in=40),
    Plan("RECHACTION", 76, venue="paris", capacity=14, enrolled=3, suspects=1),
    Plan("RECHACTION", -45, capacity=10),
    Plan("EVALHAS", 29, venue="nantes", enrolled=11, confirmed=8, then=(("confirm", -2),)),
    Plan("EVALHAS", 8, closes_in=-3, enrolled=7, confirmed=7, then=(("confirm", -5),)),
    Plan("PROJET", 55, enrolled=2, then=(("cancel", -1),)),
    Plan("PROJET", 97, venue="paris", enrolled=1),
    Plan("ECRITS", -1),
    Plan("ECRITS", 83, venue="nantes", capacity=14, enrolled=4),
    Plan("ANALYSE", 58, venue="paris", capacity=6, enrolled=8, confirmed=5, withdrawn=1),
    Plan("TERRITOIRE", 32, minimum=6, enrolled=2, decides_in=5),
    Plan("BIENTRAITANCE", 41, enrolled=3, then=(("postpone", -1),)),
    Plan("BIENTRAITANCE", 70, fields={"visibility": Visibility.LINK}),
    Plan("NOTE", 66, venue=None, capacity=10, enrolled=2),
)


def make(course: CoursePage, plan: Plan, venues: dict[str, Venue], now: datetime) -> Session:
    """The session as a draft; every half-day says what is taught, and by whom."""
    asked = timezone.localdate(now) + timedelta(days=plan.starts_in)
    first_day = working_day(asked, forward=not plan.has_lived)
    session = Session(
        course=course,
        code=f"{course.code}-{first_day:%Y-%m-%d}",
        delivery_mode=DeliveryMode.ONLINE if plan.venue is None else DeliveryMode.ONSITE,
        venue=venues[plan.venue] if plan.venue else None,
        remote_details=content.REMOTE if plan.venue is None else "",
        capacity=plan.capacity,
        min_participants=plan.minimum,
        decision_on=_day(plan.decides_in, now),
        enrol_opens_at=_instant(plan.opens_in, now),
        enrol_closes_at=_instant(plan.closes_in, now),
        **plan.fields,
    )
    session.slots = _half_days(course, first_day)
    session.save()
    return session


def fill(session: Session, plan: Plan, people: Iterator[SignUp], now: datetime) -> None:
    """Announce the session a month before, enrol people, then do what the plan says."""
    before = min(now, session.starts_at or now) - timedelta(days=30)
    SESSION_LIFECYCLE.apply(session, "publish", by=STAFF, now=before)
    _enrolments(session, plan, people, before + timedelta(days=1))
    end_withdrawal_periods(min(now, session.starts_at or now))
    for name, days in plan.then:
        SESSION_LIFECYCLE.apply(
            session,
            name,
            by=STAFF,
            now=now + timedelta(days=days),
            reason="Effectif insuffisant." if name in {"cancel", "postpone"} else "",
        )


def _enrolments(session: Session, plan: Plan, people: Iterator[SignUp], start: datetime) -> None:
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


def invented_people() -> Iterator[SignUp]:
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


# -- Half-days ----------------------------------------------------------------------------------


def _half_days(course: CoursePage, first_day: date) -> list[TimeSlot]:
    taught = list(_taught(course))
    slots: list[TimeSlot] = []
    day = first_day
    for _ in range(int(course.duration_days or 1)):
        for begin, end in HALF_DAYS:
            subject, trainer = taught[len(slots)]
            slots.append(
                TimeSlot(
                    starts_at=_local(day, begin),
                    ends_at=_local(day, end),
                    subject=subject,
                    trainer=trainer,
                )
            )
        day = working_day(day + timedelta(days=1))
    return slots


def _taught(course: CoursePage) -> Iterator[tuple[str, Trainer]]:
    """What each half-day is about, after the modules of the course; its trainers take turns."""
    texts = next(text for text in content.COURSES if text["code"] == course.code)
    trainers = cycle(course.trainers.order_by("pk"))
    for title, hours, points in texts["modules"]:
        trainer, number = next(trainers), round(hours / HALF_DAY_HOURS)
        for rank in range(number):
            part = points[rank * len(points) // number : (rank + 1) * len(points) // number]
            told = ", ".join(_within_a_sentence(point) for point in part)
            yield f"{title}\u00a0: {told}", trainer


def _within_a_sentence(title: str) -> str:
    return title[:1].lower() + title[1:]


def working_day(day: date, *, forward: bool = True) -> date:
    """The day itself, or the nearest one that is neither in a weekend nor around the new year."""
    step = timedelta(days=1 if forward else -1)
    while day.weekday() > 4 or (day.month, day.day) in YEAR_END:
        day += step
    return day


def _local(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=timezone.get_default_timezone())


def _instant(days: int | None, now: datetime) -> datetime | None:
    return None if days is None else now + timedelta(days=days)


def _day(days: int | None, now: datetime) -> date | None:
    return None if days is None else timezone.localdate(now) + timedelta(days=days)
