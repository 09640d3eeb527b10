"""The blog and the other pages, made where their place is free."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.db import transaction

from blog.models import BlogIndexPage, ImportedThing
from blog.models.pages import SLUG
from home.models import HomePage, ServicePage

from .adding import add, complete
from .cleaning import pieces_of
from .composing import Composed, compose
from .gallery import Gallery
from .links import Atlas
from .plan import PagePlan, short
from .records import Note, OldPage

LONGEST_INTRODUCTION = 400


def the_blog(now: datetime) -> BlogIndexPage:
    """The blog, made under the home page when the site has none yet."""
    blog = BlogIndexPage.objects.first()
    if blog is None:
        blog = BlogIndexPage(title="Blog", slug=SLUG, show_in_menus=True)
        with transaction.atomic():
            add(HomePage.objects.get(), blog, now, live=True, since=now)
    return blog


@dataclass
class PageWriter:
    """Makes the pages that stand nowhere yet; what exists is left as staff has made it."""

    home: HomePage
    atlas: Atlas
    gallery: Gallery
    hosts: set[str]
    now: datetime
    notes: list[Note] = field(default_factory=list)

    def write(self, item: PagePlan) -> ServicePage:
        try:
            with transaction.atomic():
                page = self._make(item)
        except Exception:
            self.gallery.take_back()
            raise
        self.gallery.keep()
        self.atlas.made({item.key}, page.pk)
        return page

    def complete(self, item: PagePlan, row: ImportedThing) -> None:
        """Second pass: links to what did not exist yet, if nobody changed the text."""
        composed = self._compose(item.page)
        complete(ServicePage.objects.get(pk=row.page_id), row, composed)
        self.notes += composed.notes(item.page.title)

    def _compose(self, old: OldPage) -> Composed:
        pieces = pieces_of(old.html, old.address or "/", self.hosts)
        self.atlas.waited = False
        hang = partial(self.gallery.hang, title=old.title)
        return compose(pieces, old.title, LONGEST_INTRODUCTION, hang, self.atlas.attributes)

    def _make(self, item: PagePlan) -> ServicePage:
        old = item.page
        composed = self._compose(old)
        page = ServicePage(
            title=old.title[:255],
            slug=item.slug,
            introduction=composed.introduction,
            body=composed.body,
        )
        add(self.home, page, self.now, live=True, since=self.now)
        ImportedThing.objects.create(
            kind=ImportedThing.Kind.PAGE,
            key=short(item.key),
            page=page.page_ptr,
            digest=composed.digest,
            links_wait=self.atlas.waited,
            at=self.now,
        )
        if not self.atlas.waited:
            self.notes += composed.notes(old.title)
        return page
