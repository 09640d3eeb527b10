"""Keeps, word for word and once, each version of the texts that people are shown."""

from datetime import datetime, timedelta

from django.core.cache import caches
from django.db import transaction

from rgpd.models import NoticeVersion
from rgpd.notices import Notice

#: A process that knows a version to be stored looks again after this, in case the database was
#: restored from an older backup meanwhile.
KNOWN_FOR = timedelta(hours=1)


def remember(key: str, version: str, text: str, now: datetime) -> None:
    """Store the words of a version, if they are not there yet: `now` is when they were first shown.

    In the transaction of the caller, and without a query while this process knows the version.
    Two first readers at the same time write one row.
    """
    known = f"notice:{key}:{version}"
    stored = caches["stamped"]
    if stored.get(known):
        return
    row = NoticeVersion(key=key, version=version, text=text, first_shown_at=now)
    NoticeVersion.objects.bulk_create([row], ignore_conflicts=True)
    # Never before the commit: what is undone is not stored.
    transaction.on_commit(lambda: stored.set(known, 1, KNOWN_FOR.total_seconds()))


def remember_notice(notice: Notice, now: datetime) -> None:
    """`remember` the words of a notice."""
    remember(notice.key, notice.version, notice.text, now)
