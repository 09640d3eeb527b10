"""What a year of training is made of: hours followed, hours taught, products."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Prefetch, Q, Sum

from formation.enums import FIRM, HELD, AgreementState, DeliveryMode
from formation.models import Agreement, Attendance, Enrolment, EnrolmentRequest, TimeSlot, Trainer
from formation.services.pricing import cost_of

Bounds = tuple[datetime, datetime]


@dataclass(frozen=True)
class Followed:
    """The hours that one person followed in one session; never none."""

    enrolment: Enrolment
    minutes: int
    #: Those taught by a subcontractor.
    subcontracted: int

    @property
    def remote(self) -> bool:
        return self.enrolment.session.delivery_mode != DeliveryMode.ONSITE


@dataclass(frozen=True)
class Taught:
    """The hours that one trainer taught in one session; nobody when the half-days name none."""

    trainer: Trainer | None
    session_code: str
    session_id: int
    minutes: int


@dataclass(frozen=True)
class Product:
    """What one request brings, before tax; estimated as long as no signed agreement says it."""

    request: EnrolmentRequest
    people: int
    amount: Decimal | None
    estimated: bool


def followed_between(bounds: Bounds) -> list[Followed]:
    """The hours proved by attendance, counted on the day of each half-day."""
    rows = (
        Attendance.objects.taught()
        .filter(slot__starts_at__gte=bounds[0], slot__starts_at__lt=bounds[1])
        .filter(enrolment__state__in=FIRM, slot__session__state__in=HELD)
        .order_by()
        .values_list("enrolment", "slot__trainer__subcontractor")
        .annotate(minutes=Sum("minutes"))
    )
    minutes: dict[int, int] = defaultdict(int)
    subcontracted: dict[int, int] = defaultdict(int)
    for enrolment, by_subcontractor, count in rows:
        minutes[enrolment] += count
        subcontracted[enrolment] += count if by_subcontractor else 0
    people = Enrolment.objects.filter(pk__in=minutes).select_related("request", "session__course")
    return [
        Followed(enrolment, minutes[enrolment.pk], subcontracted[enrolment.pk])
        for enrolment in people.order_by("session__starts_at", "pk")
    ]


def taught_between(bounds: Bounds, now: datetime) -> list[Taught]:
    """The hours of the half-days that are over, by trainer and session."""
    slots = TimeSlot.objects.filter(
        session__state__in=HELD, starts_at__gte=bounds[0], starts_at__lt=bounds[1]
    ).filter(ends_at__lte=now, session__enrolments__state__in=FIRM)
    minutes: dict[tuple[int | None, int], int] = defaultdict(int)
    seen: dict[tuple[int | None, int], TimeSlot] = {}
    for slot in slots.distinct().select_related("trainer", "session").order_by("starts_at", "pk"):
        key = (slot.trainer_id, slot.session_id)
        minutes[key] += slot.minutes
        seen.setdefault(key, slot)
    return [
        Taught(slot.trainer, slot.session.code, slot.session_id, minutes[key])
        for key, slot in seen.items()
    ]


def products_between(bounds: Bounds, now: datetime) -> list[Product]:
    """What the sessions that ended in the year bring: a service is earned when it is rendered."""
    firm = Q(enrolments__state__in=FIRM)
    requests = (
        EnrolmentRequest.objects.filter(firm, session__state__in=HELD)
        .filter(session__ends_at__gte=bounds[0], session__ends_at__lt=bounds[1])
        .filter(session__ends_at__lte=now)
        .annotate(people=Count("enrolments", filter=firm, distinct=True))
        .select_related("session__course")
        .prefetch_related(
            "session__slots",
            Prefetch("agreements", Agreement.objects.filter(state=AgreementState.SIGNED), "signed"),
        )
    )
    return [_product(request) for request in requests.order_by("session__ends_at", "pk")]


def _product(request: EnrolmentRequest) -> Product:
    signed: list[Agreement] = request.signed  # type: ignore[attr-defined]
    people: int = request.people  # type: ignore[attr-defined]
    if signed:
        return Product(request, people, signed[0].amount, estimated=False)
    cost = cost_of(request.session, people)
    return Product(request, people, cost.excl_tax if cost else None, estimated=True)


def hours(minutes: Iterable[int]) -> Decimal:
    """Hours, to the hundredth."""
    return (Decimal(sum(minutes)) / 60).quantize(Decimal("0.01"))
