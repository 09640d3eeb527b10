"""Storing the files of applications so that none is lost and none is left behind."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from recrutement.exceptions import CVNotStored
from recrutement.models import Application, ApplicationDocument
from recrutement.models.applications import STORE, document_name
from site_enys.exceptions import StoreUnavailable
from site_enys.kept_files import delete_older, older
from site_enys.private_storage import discard, private_storage

from .cv import CheckedCV

Store = Callable[[CheckedCV], str]
# Longer than any request: a file without a row is being written, or is an orphan.
YOUNG = timedelta(hours=1)


@contextmanager
def deposit() -> Iterator[Store]:
    """Give a function that stores a file; at the end, delete what no row has claimed.

    The function raises CVNotStored when the store is away.

    To open around the transaction: whatever rolls it back, no orphan file remains.
    """
    stored: list[str] = []

    def store(cv: CheckedCV) -> str:
        cv.content.seek(0)
        try:
            stored.append(private_storage().save(document_name(None, cv.name), cv.content))
        except StoreUnavailable as away:
            raise CVNotStored from away
        return stored[-1]

    try:
        yield store
    finally:
        claimed = set(_claimed(stored)) if stored else set()
        for name in stored:
            if name not in claimed:
                discard(private_storage(), name)


def attach(application: Application, cv: CheckedCV, *, store: Store, now: datetime) -> None:
    """Make the file the CV of the application, in place of the one it may have had."""
    application.documents.all().delete()
    application.documents.create(
        file=store(cv),
        original_name=cv.name,
        sha256=cv.sha256,
        size=cv.size,
        pages=cv.pages,
        scan_state=cv.scan_state,
        created_at=now,
    )


def delete_orphans(now: datetime, *, apply: bool = True) -> int:
    """Delete the stored files that no row names any more, or only count them; say how many."""
    spared = frozenset(ApplicationDocument.objects.values_list("file", flat=True))
    limit = now - YOUNG
    if not apply:
        return sum(1 for _ in older(private_storage(), STORE, limit, spared=spared))
    return delete_older(private_storage(), STORE, limit, spared=spared)


def _claimed(names: list[str]) -> Iterator[str]:
    return iter(ApplicationDocument.objects.filter(file__in=names).values_list("file", flat=True))
