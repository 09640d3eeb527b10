"""Every address of the old site leads to what took its place.

Wagtail's redirects answer only where nothing else does, so that none can hide a living page. One
that would lead to itself is not made. Those made by hand, and those that staff has deleted or
changed, are left alone.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from math import ceil
from urllib.parse import urlsplit

from django.urls import reverse

from wagtail.models import Page

from blog.listing import POSTS_PER_PAGE
from blog.models import PostPage

from .addresses import as_redirect, month_of, slug_of_title, spelt_out
from .links import (
    Atlas,
    categories_by_name,
    menu_pages,
    month_url,
    name_of_category,
    visible_months,
)
from .plan import Fate, Plan
from .records import Reading
from .signposts import Way

BLOG = "/blog/"
_PAGER = re.compile(r"/(?:previous|next)/(\d{1,6})$")
_CATEGORY = re.compile(r"/category/([^/]+?)(?:/\d+)?$")
_MOST_PAGES = 200
LONGEST_PATH = 255


def ways_of(reading: Reading, plan: Plan, atlas: Atlas, now: datetime) -> list[Way]:
    """Every old address, with where it leads now; the first of two for one address holds."""
    found: dict[str, Way] = {}
    for way in (
        *_articles(plan, atlas),
        *_pages(plan, atlas),
        *_months(reading, plan, now),
        *_categories(reading),
        *_pagers(reading, now),
        *_fixed(atlas),
        *_menu(),
    ):
        found.setdefault(way.old, way)
    blog_id = atlas.pages.get("/blog")
    ways = [
        replace(way, page_id=blog_id, link="") if way.link == BLOG and blog_id else way
        for way in found.values()
        if len(way.old) <= LONGEST_PATH
    ]
    urls = _urls(way.page_id for way in ways if way.page_id)
    return [way for way in ways if not _is_itself(way, urls)]


def _forms(path: str, *, page: bool = True) -> set[str]:
    """The writings of one old address: with and without « .html », and in small letters."""
    plain = re.sub(r"\.html?$", "", path, flags=re.IGNORECASE)
    written = {path, plain, *([f"{plain}.html"] if page else [])} - {""}
    return {as_redirect(form) for form in written | {form.lower() for form in written}} - {"/"}


def _articles(plan: Plan, atlas: Atlas) -> Iterator[Way]:
    drafts = set(PostPage.objects.filter(live=False).values_list("pk", flat=True))
    for item in plan.articles:
        page_id = atlas.pages.get(item.article.key)
        if item.fate is Fate.DELETED:
            continue
        addresses = item.article.addresses or {
            f"/blog/{slug_of_title(item.article.title)}",
            f"/blog/{spelt_out(item.article.title)}",
        }
        for address in sorted(addresses):
            for form in sorted(_forms(address)):
                # A draft hides its address until it is read and published.
                draft = item.fate is Fate.DRAFT or page_id in drafts
                yield Way(form, link=BLOG, permanent=False) if draft else Way(form, page_id)


def _pages(plan: Plan, atlas: Atlas) -> Iterator[Way]:
    for item in plan.pages:
        if item.fate is Fate.DELETED:
            continue
        for form in sorted(_forms(item.page.address or item.key)):
            yield Way(form, atlas.pages.get(item.key))


def _months(reading: Reading, plan: Plan, now: datetime) -> Iterator[Way]:
    shown = visible_months(now)
    dated = {(i.article.date.year, i.article.date.month) for i in plan.articles if i.article.date}
    for year, month in sorted(reading.months | dated | shown):
        link = month_url(year, month) if (year, month) in shown else BLOG
        for form in sorted(_forms(f"/blog/archives/{month:02}-{year}")):
            yield Way(form, link=link)
        if month < 10:
            yield Way(f"/blog/archives/{month}-{year}", link=link)
    for path in sorted(reading.seen):
        if found := month_of(path):
            link = month_url(*found) if found in shown else BLOG
            for form in sorted(_forms(path)):
                yield Way(form, link=link)


def _categories(reading: Reading) -> Iterator[Way]:
    known = categories_by_name()
    named = dict(reading.categories)
    for category in known.values():
        for slug in (category.slug, spelt_out(category.name)):
            named.setdefault(f"/blog/category/{slug}", category.name)
    for path, name in sorted(named.items()):
        match = _CATEGORY.search(path)
        found = known.get(name_of_category(name)) or (
            known.get(name_of_category(match[1])) if match else None
        )
        shown = found is not None and PostPage.objects.live().filter(categories=found).exists()
        link = found.get_absolute_url() if found and shown else BLOG
        for form in sorted(_forms(path)):
            yield Way(form, link=link)


def _pagers(reading: Reading, now: datetime) -> Iterator[Way]:
    """« previous/2 » was the second page of the list."""
    pages = max(1, ceil(PostPage.objects.published(now).count() / POSTS_PER_PAGE))
    seen = [int(match[1]) for path in reading.seen if (match := _PAGER.search(path))]
    for number in range(1, min(max([pages, *seen]), _MOST_PAGES) + 1):
        link = f"{BLOG}?page={number}" if 1 < number <= pages else BLOG
        for word in ("previous", "next"):
            yield Way(f"/blog/{word}/{number}", link=link)
    for path in sorted(reading.seen):
        if month_of(path) is None and not _PAGER.search(path) and not path.endswith("/feed"):
            for form in sorted(_forms(path)):
                yield Way(form, link=BLOG)


def _fixed(atlas: Atlas) -> Iterator[Way]:
    """What every such site had."""
    feed = reverse("blog:feed")
    for path in ("/1/feed", "/blog/feed", "/blog/1/feed", "/blog.xml", "/feed"):
        yield Way(path, link=feed)
    lists = ("archives", "archives.html", "category", "category/all", "category/all.html")
    for path in (
        "/blog.html",
        "/blog.htm",
        "/blog/index.html",
        *(f"/blog/{name}" for name in lists),
    ):
        yield Way(path, link=BLOG)
    for path in (
        "/blog/category/tout",
        "/blog/category/uncategorized",
        "/blog/previous",
        "/blog/next",
    ):
        yield Way(path, link=BLOG)
    for path in ("/index.html", "/index.htm", "/home.html", "/accueil.html"):
        yield Way(path, atlas.pages.get("/"), link="" if "/" in atlas.pages else "/")


def _menu() -> Iterator[Way]:
    """The pages of the menu had the same names, whether or not they were saved."""
    for name, page_id in menu_pages():
        for form in sorted(_forms(f"/{name}")):
            yield Way(form, page_id)


def _urls(page_ids: Iterable[int]) -> dict[int, str]:
    found = Page.objects.filter(pk__in=set(page_ids))
    return {page.pk: urlsplit(page.url or "").path for page in found}


def _is_itself(way: Way, urls: dict[int, str]) -> bool:
    """Whether it would lead back to where it starts, were the page to disappear."""
    target = urls.get(way.page_id, "") if way.page_id else urlsplit(way.link).path
    return as_redirect(target or "/") == way.old
