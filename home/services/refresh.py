"""« Contenus à rafraîchir » : the pages online that somebody should read again, and why.

How old a page may be is asked of the database. Its remarks are not: they need the whole page. They
are read once for each publication and remembered together in the cache, so that the list of 300
pages reads only those that have changed since. What depends on other pages is asked each time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from wagtail.documents import get_document_model
from wagtail.models import Page, ReferenceIndex, get_page_models
from wagtail.permission_policies.pages import PagePermissionPolicy

from home.models import BasePage, PageReading
from home.review import ON_OTHERS, remarks
from site_enys.months import bounds_of_day, months_later
from site_enys.states import Actor

POLICY = PagePermissionPolicy()
REMEMBERED = "home.refresh.codes"
A_DAY = 24 * 3600


@dataclass(frozen=True)
class Reason:
    """Why a page is on the list; `codes` are the checks that call for it."""

    name: str
    label: str
    codes: frozenset[str] = frozenset()


AGE = Reason("age", "Pas relue depuis longtemps")
LINKS = Reason("liens", "Lien vers une page ou un document qui n’est pas en ligne")
OTHER = Reason("relecture", "Autres conseils de relecture")
#: In the order in which they are shown.
REASONS = (
    AGE,
    LINKS,
    Reason("images", "Image sans description", frozenset({"image-sans-texte"})),
    Reason("description", "Description à écrire ou à reprendre", frozenset({"description"})),
    Reason("classement", "Sans image ou mal classé", frozenset({"classement", "illustration"})),
    OTHER,
)


@dataclass(frozen=True)
class Line:
    """A page of the list. `fresh_at` is when it was last published or read again."""

    page: Page
    kind: str
    fresh_at: datetime | None
    read_at: datetime | None
    edited_by: str
    reasons: tuple[Reason, ...]
    count: int


def may_use(user: Any) -> bool:
    """Whether this person writes any page."""
    return POLICY.user_has_permission(user, "change")


def stale(user: Any, now: datetime) -> QuerySet[Page]:
    """The pages online that she may edit and that are due to be read again, the oldest first."""
    return _online(user).filter(_too_old(now)).order_by("fresh_at", "pk")


def lines(user: Any, now: datetime) -> list[Line]:
    """Every page online that she may edit and that has a reason to be read again."""
    pages = list(
        _online(user)
        .select_related("latest_revision__user")
        .defer("latest_revision__content")
        .order_by("fresh_at", "pk")
    )
    old = set(stale(user, now).values_list("pk", flat=True))
    codes, broken = _codes(pages), _broken()
    kinds = {model: model._meta.verbose_name for model in _kinds()}
    found = []
    for page in pages:
        own = codes[page.pk]
        reasons = tuple(_reasons(own, is_old=page.pk in old, is_broken=page.pk in broken))
        if reasons:
            found.append(_line(page, reasons, str(kinds[page.specific_class]), len(own)))
    return found


def mark_read(page: Page, *, by: Actor, now: datetime) -> None:
    """Note that this person has read the page and changes nothing; once a day is enough."""
    begins, ends = bounds_of_day(timezone.localdate(now))
    if not PageReading.objects.filter(page=page, by=by.user, at__gte=begins, at__lt=ends).exists():
        PageReading.objects.create(page=page, by=by.user, at=now)


def _kinds() -> list[type[BasePage]]:
    return [model for model in get_page_models() if issubclass(model, BasePage)]


def _lasting() -> list[type[BasePage]]:
    """The kinds of pages that do not end by themselves, as an offer does."""
    return [model for model in _kinds() if model.read_again_after_months]


def _online(user: Any) -> QuerySet[Page]:
    last = PageReading.objects.filter(page=OuterRef("pk")).order_by("-at").values("at")[:1]
    published = Coalesce("last_published_at", "first_published_at", "latest_revision_created_at")
    return (
        POLICY.instances_user_has_permission_for(user, "change")
        .live()
        .filter(content_type__in=ContentType.objects.get_for_models(*_lasting()).values())
        .annotate(published=published, read_at=Subquery(last))
        # Of a page that was brought in and never published here, only a reading is known.
        .annotate(
            fresh_at=Coalesce(Greatest("published", Coalesce("read_at", "published")), "read_at")
        )
    )


def _too_old(now: datetime) -> Q:
    today, too_old = timezone.localdate(now), Q(pk=None)
    kinds = ContentType.objects.get_for_models(*_lasting())
    for model in _lasting():
        limit = _begins(months_later(today, -(model.read_again_after_months or 0)))
        too_old |= Q(content_type=kinds[model], fresh_at__lt=limit)
    return too_old


def _begins(day: date) -> datetime:
    return bounds_of_day(day)[0]


def _codes(pages: Iterable[Page]) -> dict[int, list[str]]:
    """The remarks of each page: those of an unchanged page are remembered."""
    known: dict[int, tuple[Any, list[str]]] = caches["stamped"].get(REMEMBERED, {})
    stamps = {page.pk: (page.last_published_at, page.latest_revision_id) for page in pages}
    changed = [pk for pk, stamp in stamps.items() if known.get(pk, (None,))[0] != stamp]
    for page in Page.objects.filter(pk__in=changed).specific():
        found = remarks(page, without=ON_OTHERS)
        known[page.pk] = (stamps[page.pk], [remark.code for remark in found])
    if changed:
        caches["stamped"].set(REMEMBERED, known, A_DAY)
    return {pk: known[pk][1] for pk in stamps}


def _broken() -> set[int]:
    """The pages that point to a page or to a document that is not there, or not online."""
    there = {
        Page: Page.objects.live(),
        get_document_model(): get_document_model().objects.all(),
    }
    of_pages = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    lost: set[int] = set()
    for model, rows in there.items():
        keys = {str(pk) for pk in rows.values_list("pk", flat=True)}
        pointed = of_pages.filter(to_content_type=ContentType.objects.get_for_model(model))
        pairs = pointed.exclude(object_id=F("to_object_id")).values_list(
            "object_id", "to_object_id"
        )
        lost |= {int(source) for source, target in pairs if target not in keys}
    return lost


def _reasons(codes: list[str], *, is_old: bool, is_broken: bool) -> Iterable[Reason]:
    named = frozenset[str]().union(*(reason.codes for reason in REASONS))
    for reason in REASONS:
        if (
            (reason is AGE and is_old)
            or (reason is LINKS and is_broken)
            or (reason is OTHER and set(codes) - named)
            or reason.codes & set(codes)
        ):
            yield reason


def _line(page: Any, reasons: tuple[Reason, ...], kind: str, count: int) -> Line:
    revision = page.latest_revision
    return Line(
        page=page,
        kind=kind,
        fresh_at=page.fresh_at,
        read_at=page.read_at,
        edited_by=str(revision.user or "") if revision else "",
        reasons=reasons,
        count=count,
    )
