"""Redirects compared with those that stand, and written.

Those made by hand, and those that staff has deleted or changed since, are left alone.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from wagtail.contrib.redirects.models import Redirect

from blog.models import ImportedThing

from .plan import short

Kind = ImportedThing.Kind


@dataclass(frozen=True)
class Way:
    """From an old path to a page of ours or to an address."""

    old: str
    page_id: int | None = None
    link: str = ""
    permanent: bool = True

    @property
    def digest(self) -> str:
        return f"page {self.page_id}" if self.page_id else self.link[:64]


@dataclass
class Ways:
    """What is done with the redirects."""

    make: list[Way] = field(default_factory=list)
    change: list[tuple[Redirect, Way]] = field(default_factory=list)
    kept: int = 0
    left: int = 0


def compare(ways: list[Way]) -> Ways:
    """What there is to make and to change; nothing is written."""
    existing: dict[str, Redirect] = {}
    for redirect in Redirect.objects.order_by("-pk"):
        existing[redirect.old_path] = redirect
    journal = {row.key: row for row in ImportedThing.objects.filter(kind=Kind.REDIRECT)}
    result = Ways()
    for way in ways:
        row, redirect = journal.get(short(way.old)), existing.get(way.old)
        if row is None and redirect is None:
            result.make.append(way)
        elif row is None or redirect is None:
            result.left += 1
        elif row.digest == way.digest:
            result.kept += 1
        elif row.digest == _digest(redirect):
            result.change.append((redirect, way))
        else:
            result.left += 1
    return result


def _digest(redirect: Redirect) -> str:
    return Way("", redirect.redirect_page_id, redirect.redirect_link).digest


def write(ways: Ways, now: datetime) -> None:
    """Make and change them, all or none."""
    with transaction.atomic():
        Redirect.objects.bulk_create(
            [
                Redirect(
                    old_path=way.old,
                    redirect_page_id=way.page_id,
                    redirect_link=way.link,
                    is_permanent=way.permanent,
                )
                for way in ways.make
            ],
            batch_size=500,
        )
        ImportedThing.objects.bulk_create(
            [
                ImportedThing(kind=Kind.REDIRECT, key=short(way.old), digest=way.digest, at=now)
                for way in ways.make
            ],
            batch_size=500,
        )
        for redirect, way in ways.change:
            redirect.redirect_page_id, redirect.redirect_link = way.page_id, way.link
            redirect.is_permanent = way.permanent
            redirect.save()
            rows = ImportedThing.objects.filter(kind=Kind.REDIRECT, key=short(way.old))
            rows.update(digest=way.digest)
