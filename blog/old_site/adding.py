"""A page added with its revision in one save.

Wagtail's own way (a draft, its revision, the publication) saves the page three times and renews
every index each time: three times too slow for a thousand articles. What it leaves behind is the
same: a live page, its revision, and the lines of the journal.
"""

from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from wagtail.log_actions import log
from wagtail.models import Page, Revision
from wagtail.signals import page_published

from blog.models import ImportedThing
from home.models import BasePage

from .composing import Composed, digest_of

PageType = TypeVar("PageType", bound=BasePage)


def add(parent: Page, page: PageType, now: datetime, *, live: bool, since: datetime) -> PageType:
    """Add `page` under `parent`, published `since` then when it is live.

    To be called within a transaction. Raises NotPublishable.
    """
    page.live, page.has_unpublished_changes = live, not live
    if live:
        page.first_published_at, page.last_published_at = since, now
    parent.add_child(instance=page)
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        content=page.serializable_data(),
        object_str=str(page),
    )
    known = {"latest_revision": revision, "latest_revision_created_at": revision.created_at}
    if live:
        known["live_revision"] = revision
    Page.objects.filter(pk=page.pk).update(**known)
    for name, value in known.items():
        setattr(page, name, value)
    if live:
        log(instance=page, action="wagtail.publish", revision=revision)
        page_published.send(sender=type(page), instance=page, revision=revision)
    return page


def complete(page: Any, row: ImportedThing, composed: Composed) -> None:
    """Give a page its text anew, now that its links lead somewhere, if nobody changed it since."""
    with transaction.atomic():
        untouched = digest_of(page.body) == row.digest
        if untouched and (not page.live or page.latest_revision_id == page.live_revision_id):
            page.body = composed.body
            revision = page.save_revision(clean=False, log_action=True)
            if page.live:
                revision.publish()
            row.digest = composed.digest
        row.links_wait = False
        row.save()
