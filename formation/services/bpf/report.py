"""The report of one calendar year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from formation.enums import FIRM, HELD
from formation.models import Enrolment, Session, TimeSlot
from home.models import OrganisationSettings
from site_enys.months import bounds_of_year

from .facts import Bounds, followed_between, products_between, taught_between
from .gaps import Gap, gaps_of_courses, gaps_of_products, gaps_of_sessions, gaps_of_the_firm
from .lines import (
    Line,
    Part,
    objective_part,
    product_part,
    speciality_part,
    subcontracted_part,
    teaching_part,
    trainee_part,
)


@dataclass(frozen=True)
class Report:
    year: int
    parts: Sequence[Part]
    gaps: Sequence[Gap]

    def line(self, code: str) -> Line | None:
        return next((line for part in self.parts for line in part.lines if line.code == code), None)


def report(year: int, organisation: OrganisationSettings, now: datetime) -> Report:
    """Count the year as far as it has gone at `now`; the same number of queries for any year."""
    bounds = bounds_of_year(year)
    followed = followed_between(bounds)
    taught = taught_between(bounds, now)
    products = products_between(bounds, now)
    return Report(
        year,
        [
            product_part(products),
            teaching_part(taught),
            trainee_part(followed),
            subcontracted_part(followed),
            objective_part(followed),
            speciality_part(followed),
        ],
        [
            *gaps_of_the_firm(organisation),
            *gaps_of_products(products),
            *gaps_of_sessions(_ended(bounds, now), taught),
            *gaps_of_courses(followed),
        ],
    )


def _ended(bounds: Bounds, now: datetime) -> QuerySet[Session]:
    people = Enrolment.objects.filter(session=OuterRef("pk"), state__in=FIRM)
    unsigned = TimeSlot.objects.filter(session=OuterRef("pk"), sheet__countersigned_at=None)
    return (
        Session.objects.filter(Exists(people), state__in=HELD, ends_at__lte=now)
        .filter(ends_at__gte=bounds[0], ends_at__lt=bounds[1])
        .annotate(unsigned=Exists(unsigned))
        .order_by("starts_at", "pk")
    )
