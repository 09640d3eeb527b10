"""Scheduled publication, one page at a time.

Wagtail's `publish_scheduled` stops at the first page that cannot go live: the others would wait
for somebody to notice. Here each has its own transaction; a refused revision keeps its date, so
it is tried again at the next run and stays on the team's desk until somebody corrects the page.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from wagtail.models import Page, Revision

logger = logging.getLogger(__name__)

# The job runs every minute: a revision still waiting after this long has been refused.
PATIENCE = timedelta(minutes=5)


@dataclass
class Outcome:
    published: int = 0
    expired: int = 0
    refused: int = 0

    def count(self, what: str, *, done: bool) -> None:
        name = what if done else "refused"
        setattr(self, name, getattr(self, name) + 1)


def run(now: datetime) -> Outcome:
    """Unpublish the pages whose time is over, publish the revisions whose time has come."""
    outcome = Outcome()
    for page in Page.objects.live().filter(expire_at__lte=now).order_by("expire_at"):
        done = _alone(
            page.specific.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled"
        )
        outcome.count("expired", done=done)
    for revision in due(now).order_by("approved_go_live_at"):
        done = _alone(revision.publish, log_action="wagtail.publish.scheduled")
        outcome.count("published", done=done)
    return outcome


def due(now: datetime) -> QuerySet[Revision]:
    """The revisions of pages that should be live by `now` and are not."""
    return Revision.page_revisions.filter(approved_go_live_at__lte=now)


def _alone(action: Callable[..., Any], **kwargs: Any) -> bool:
    """Do one thing in its own transaction; note what stops it, and say whether it was done."""
    try:
        with transaction.atomic():
            action(**kwargs)
    except Exception:
        # Whatever a page raises, the next one must have its chance.
        logger.exception("Publication programmée\u00a0: %s a échoué.", action)
        return False
    return True


def overdue(now: datetime) -> QuerySet[Revision]:
    """The revisions that the job could not publish, the oldest first."""
    return due(now - PATIENCE).order_by("approved_go_live_at")
