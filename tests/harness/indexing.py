"""The index of the public search, kept only where a test searches: each page saved pays for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models.signals import post_save

from search.services.index import follow_page

SIGNAL = "search.follow_page"  # as `search.apps` names it


def stop_following_pages() -> bool:
    """Say whether they were followed."""
    return post_save.disconnect(dispatch_uid=SIGNAL)


@contextmanager
def pages_followed() -> Iterator[None]:
    """The search of the site finds the pages that are saved within."""
    already = stop_following_pages()
    post_save.connect(follow_page, dispatch_uid=SIGNAL)
    try:
        yield
    finally:
        if not already:
            stop_following_pages()
