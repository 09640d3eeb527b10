"""The proof of what the page of a course said on a past day."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from wagtail.models import Revision

from formation.documents.proof import Proof
from formation.models import CatalogueIndexPage, CoursePage, CourseTheme
from formation.models.results import results_of
from home.services.history import Version, version_at, versions
from site_enys.months import bounds_of_day


def proof_of(course: CoursePage, publication: int, day: date, now: datetime) -> Proof | None:
    """Return what this publication showed on that day, or nothing when it showed nothing.

    The common texts are those of the catalogue at the last instant of that day at which the
    version was online.
    """
    history = versions(course)
    begins, ends = bounds_of_day(day)
    version = next((v for v in history if v.publication == publication), None)
    if version is None or version.revision is None or not version.was_online_between(begins, ends):
        return None
    then = course_of(course, version.revision)
    instant = min(ends, now, version.until or ends) - timedelta(microseconds=1)
    common = _common_texts(then, instant)
    trainers = set(version.revision.content.get("trainers") or [])
    return Proof(
        course=then,
        version=version,
        revision=version.revision,
        updated_on=_updated_on(course, version, history),
        common=common,
        forgotten_trainers=len(trainers) - then.trainers.count(),
        asked_for=day,
        results=results_of(course, instant),
    )


def course_of(course: CoursePage, revision: Revision) -> CoursePage:
    """The course as this revision has it, its code included, even if its theme is gone."""
    content: dict[str, Any] = dict(revision.content)
    theme = content.get("theme")
    if theme and not CourseTheme.objects.filter(pk=theme).exists():
        content["theme"] = None
    then = course.with_content_json(content)
    then.code = content.get("code") or then.code
    return then


def _common_texts(then: CoursePage, instant: datetime) -> Version | None:
    catalogue = then.catalogue
    common = version_at(catalogue, instant) if catalogue else None
    if catalogue is None or common is None or common.revision is None:
        return None
    old: CatalogueIndexPage = catalogue.with_content_json(dict(common.revision.content))
    then.catalogue = old
    return common


def _updated_on(course: CoursePage, version: Version, history: list[Version]) -> date:
    """The day from which the page said this: publishing the same words again changes nothing."""
    first = version
    digest = _digest(course, version)
    earlier = [v for v in history if v.published_at < version.published_at]
    for before in reversed(earlier):
        if _digest(course, before) != digest:
            break
        first = before
    return timezone.localdate(first.published_at)


def _digest(course: CoursePage, version: Version) -> str:
    return course_of(course, version.revision).digest() if version.revision else ""
