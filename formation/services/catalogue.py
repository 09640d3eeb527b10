"""What visitors find in the catalogue: courses, each with its next session."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from formation.enums import BuyerType, CourseLength, CourseOrder, Funding
from formation.models import CatalogueIndexPage, CoursePage, CourseTheme, Session
from formation.models.course_classification import PAID_BY, SOLD_TO
from site_enys.french import stems
from site_enys.months import bounds_of_month

from .agenda import LOOKED_AT, SessionLine, foremost, session_lines


@dataclass(frozen=True)
class CourseLine:
    course: CoursePage
    next_session: SessionLine | None


@dataclass(frozen=True)
class Wanted:
    """What a visitor looks for in the catalogue; what is empty does not count."""

    words: str = ""
    theme: CourseTheme | None = None
    buyer: BuyerType | None = None
    funding: Funding | None = None
    level: str = ""
    delivery_mode: str = ""
    length: str = ""
    city: str = ""
    month: date | None = None
    order: str = CourseOrder.TITLE


_LENGTHS = {
    CourseLength.SHORT: Q(duration_days__lte=1),
    CourseLength.MEDIUM: Q(duration_days__gt=1, duration_days__lte=3),
    CourseLength.LONG: Q(duration_days__gt=3),
}
_ORDERS: dict[str, tuple[Any, ...]] = {
    CourseOrder.TITLE: (),
    CourseOrder.DATE: (F("next_start").asc(nulls_last=True),),
    CourseOrder.LENGTH: (F("duration_hours").asc(nulls_last=True),),
    CourseOrder.PRICE: (F("price_excl_tax").asc(nulls_last=True),),
}


def themes(count: int) -> QuerySet[CourseTheme]:
    """The first themes that have published courses, with how many in `shown`."""
    published = Count("courses", filter=Q(courses__live=True))
    return CourseTheme.objects.annotate(shown=published).filter(shown__gt=0)[:count]


def courses(catalogue: CatalogueIndexPage, wanted: Wanted, now: datetime) -> QuerySet[CoursePage]:
    """The published courses that match, each with its first matching sessions in `coming`.

    A place or a month is that of a session to come, the same one for both.
    """
    found = CoursePage.objects.live().child_of(catalogue).select_related("theme")
    found = found.filter(_facts(wanted))
    for stem in stems(wanted.words):
        found = found.filter(word_stems__contains=f" {stem} ")
    coming = _coming(wanted, now)
    of_each = coming.filter(course=OuterRef("pk"))
    if wanted.city or wanted.month:
        found = found.filter(Exists(of_each))
    if wanted.order == CourseOrder.DATE:
        found = found.annotate(
            next_start=Subquery(of_each.order_by("starts_at").values("starts_at")[:1])
        )
    shown = coming.select_related("venue")[:LOOKED_AT]
    return found.order_by(*_ORDERS[wanted.order], "title_key").prefetch_related(
        Prefetch("sessions", queryset=shown, to_attr="coming")
    )


def _facts(wanted: Wanted) -> Q:
    """What is asked of the course itself."""
    asked = Q()
    if wanted.theme:
        asked &= Q(theme=wanted.theme)
    if wanted.buyer:
        asked &= SOLD_TO[wanted.buyer]
    if wanted.funding:
        asked &= PAID_BY[wanted.funding]
    if wanted.level:
        asked &= Q(level=wanted.level)
    if wanted.delivery_mode:
        asked &= Q(delivery_mode=wanted.delivery_mode)
    if wanted.length:
        asked &= _LENGTHS[CourseLength(wanted.length)]
    return asked


def _coming(wanted: Wanted, now: datetime) -> QuerySet[Session]:
    coming = Session.objects.upcoming_of_published(now)
    if wanted.city:
        coming = coming.filter(venue__city=wanted.city)
    if wanted.month:
        begins, ends = bounds_of_month(wanted.month)
        coming = coming.filter(starts_at__gte=begins, starts_at__lt=ends)
    return coming


def course_lines(found: Iterable[CoursePage], now: datetime) -> list[CourseLine]:
    """For courses given by `courses`: each with its next session, if there is one."""
    return [CourseLine(it, foremost(session_lines(it.coming, now))) for it in found]
