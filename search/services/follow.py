"""What pages say and other rows hold: when one of those changes, the pages are read again.

A few pages at once, after the commit; the rest by the clock, within the minute (`search/jobs.py`).
"""

from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models.signals import post_save, pre_delete

from wagtail.models import Page

from search.models import SearchEntry

from .index import index_pages

#: How many pages a save may read again before it answers.
AT_ONCE = 20

#: For each model, its pages: (page model, the way from the page to the row).
SOURCES: dict[str, tuple[tuple[str, str], ...]] = {
    "blog.author": (("blog.postpage", "author"),),
    "blog.category": (("blog.postpage", "categories"),),
    "taggit.tag": (
        ("blog.postpage", "tags"),
        ("recrutement.jobofferpage", "tags"),
        ("recrutement.jobofferpage", "diplomas"),
    ),
    "formation.trainer": (("formation.coursepage", "trainers"),),
    "formation.coursetheme": (("formation.coursepage", "theme"),),
    "formation.venue": (("formation.coursepage", "sessions__venue"),),
}
#: The same, for all the pages of a type, whatever the row.
WHOLE = {
    "home.organisationsettings": ("home.contactpage", "home.legalpage"),
    "formation.catalogueindexpage": ("formation.coursepage",),
}


def connect() -> None:
    """Listen to the models of the tables above, and to the sessions."""
    for label in (*SOURCES, *WHOLE):
        model = apps.get_model(label)
        post_save.connect(follow_source, sender=model, dispatch_uid=f"search.{label}")
        if label in SOURCES:
            pre_delete.connect(follow_source, sender=model, dispatch_uid=f"search.{label}.gone")
    session = apps.get_model("formation.session")
    post_save.connect(follow_session, sender=session, dispatch_uid="search.session")
    pre_delete.connect(follow_session, sender=session, dispatch_uid="search.session.gone")


def follow_source(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """Signal: read again the pages that show this row."""
    if kwargs.get("created"):
        return
    label = sender._meta.label_lower
    ids: set[int] = set()
    for page, way in SOURCES.get(label, ()):
        ids |= _pages(page, **{way: instance.pk})
    for page in WHOLE.get(label, ()):
        ids |= _pages(page)
    if ids:
        mark(ids)
        transaction.on_commit(lambda: read_marked(AT_ONCE))


def follow_session(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """Signal: the cities of a course are those of its sessions to come."""
    if kwargs.get("update_fields"):
        return
    mark({instance.course_id})
    if kwargs.get("created", True):  # or deleted
        transaction.on_commit(lambda: read_marked(AT_ONCE))


def mark(ids: set[int]) -> None:
    """Have the pages of these keys read again soon."""
    SearchEntry.objects.filter(pk__in=ids, to_read_again=False).update(to_read_again=True)


def read_marked(most: int) -> int:
    """Read again at most so many of the pages that wait for it, and say how many."""
    waiting = SearchEntry.objects.filter(to_read_again=True).order_by("pk")
    ids = list(waiting.values_list("pk", flat=True)[:most])
    return index_pages(Page.objects.live().filter(pk__in=ids).specific()) if ids else 0


def _pages(label: str, **rows: Any) -> set[int]:
    pages = apps.get_model(label)._default_manager.filter(**rows)
    return set(pages.order_by().values_list("pk", flat=True))
