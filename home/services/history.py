"""What a page showed in the past, from the journal of its publications."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest

from wagtail.models import Page, PageLogEntry, Revision

from site_enys.months import bounds_of_day

_ONLINE = {"wagtail.publish", "wagtail.publish.scheduled"}
_OFFLINE = {"wagtail.unpublish", "wagtail.unpublish.scheduled"}


@dataclass(frozen=True)
class Version:
    """A revision while it was online."""

    publication: int  # the key of its entry in the journal
    published_at: datetime
    until: datetime | None  # nothing while it still is online
    revision: Revision | None  # nothing when it was deleted since

    def was_online_between(self, begins: datetime, ends: datetime) -> bool:
        return self.published_at < ends and (self.until is None or self.until > begins)


def versions(page: Page) -> list[Version]:
    """Everything that the page has shown, the oldest first.

    A revision is shown from its publication to the next one, or until the page is withdrawn,
    whether a person or the schedule did it.
    """
    entries = list(
        PageLogEntry.objects.filter(page=page.pk, action__in=_ONLINE | _OFFLINE)
        .select_related("revision")
        .order_by("timestamp", "pk")
    )
    return list(_versions(entries))


def versions_on(page: Page, day: date) -> list[Version]:
    """What the page showed on that day in Paris: nothing, one version, or several."""
    begins, ends = bounds_of_day(day)
    return [version for version in versions(page) if version.was_online_between(begins, ends)]


def version_at(page: Page, instant: datetime) -> Version | None:
    """What the page showed at an instant, if it was online."""
    shown = (v for v in versions(page) if v.published_at <= instant)
    return next((v for v in shown if v.until is None or v.until > instant), None)


def _versions(entries: list[PageLogEntry]) -> Iterator[Version]:
    for entry, following in zip_longest(entries, entries[1:]):
        if entry.action in _ONLINE:
            yield Version(
                publication=entry.pk,
                published_at=entry.timestamp,
                until=following.timestamp if following else None,
                revision=entry.revision,
            )
