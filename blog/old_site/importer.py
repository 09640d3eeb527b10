"""From the saved files to the site: read, match, plan, and write when asked to."""

import logging
from datetime import datetime
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from blog.models import Author, ImportedThing
from home.models import HomePage
from site_enys.french import fold

from .cleaning import pieces_of
from .gallery import Gallery
from .inventory import Inventory, comment_key, take_stock
from .links import Atlas, categories_by_name
from .pictures import Picture
from .plan import MADE, Fate, Plan, make_plan, short, squash
from .reading import Progress, read_all, silent
from .records import Note, Reading
from .redirects import ways_of
from .report import Report
from .shelf import Shelf
from .signposts import Ways, compare, write
from .sources import gather
from .writing import Writer
from .writing_pages import PageWriter, the_blog

logger = logging.getLogger(__name__)
Kind = ImportedThing.Kind


def bring_over(
    paths: list[Path],
    *,
    apply: bool,
    now: datetime,
    author: str = "",
    progress: Progress = silent,
) -> Report:
    """Bring the saved pages of the old site over, or only say what would be made.

    Safe to repeat: what was brought over once is never made again, whatever staff did with it.
    """
    material = gather(paths)
    reading = read_all(material, progress)
    inventory = take_stock(reading, now, author or settings.WAGTAIL_SITE_NAME)
    shelf = Shelf.of(material.images)
    report = Report(applied=apply, files=reading.files, notes=reading.notes)
    report.reading_of_dates = inventory.dates.sentence
    if report.nothing_read:
        return report
    if apply:
        _apply(reading, inventory, shelf, now=now, report=report, progress=progress)
    else:
        _foresee(reading, inventory, shelf, now, report)
    return report


def _foresee(
    reading: Reading, inventory: Inventory, shelf: Shelf, now: datetime, report: Report
) -> None:
    """Count what would be made, without writing."""
    plan = make_plan(inventory)
    report.count(plan)
    _foresee_people(plan, report)
    images = _pictures(plan, reading, shelf, report)
    report.made["images"] = len(set(images))
    ways = compare(ways_of(reading, plan, Atlas.of(plan), now))
    _count_ways(ways, report)


def _foresee_people(plan: Plan, report: Report) -> None:
    fresh = [item.article for item in plan.articles if item.fate in MADE]
    known = {fold(name) for name in Author.objects.values_list("name", flat=True)}
    report.made["auteurs"] = len({fold(article.author) for article in fresh} - known)
    filed = {squash(name) for article in fresh for name in article.categories}
    report.made["catégories"] = len(filed - set(categories_by_name()))
    rows = ImportedThing.objects.filter(kind=Kind.COMMENT)
    told = set(rows.values_list("key", flat=True))
    for item in plan.articles:
        if item.fate in MADE or item.fate is Fate.DONE:
            keys = {comment_key(item.article.key, comment) for comment, _ in item.article.comments}
            report.made["commentaires"] += len(keys - told)
            report.kept["commentaires"] += len(keys & told)


def _pictures(plan: Plan, reading: Reading, shelf: Shelf, report: Report) -> list[str]:
    """The files of the pictures that would be hung; says what is missing or refused."""
    texts = [item.article.pieces(reading.hosts) for item in plan.articles if item.fate in MADE]
    texts += [
        pieces_of(item.page.html, item.page.address or "/", reading.hosts)
        for item in plan.pages
        if item.fate in MADE
    ]
    found = []
    gallery = Gallery(shelf)
    for piece in chain.from_iterable(texts):
        if isinstance(piece, Picture):
            if note := gallery.missing(piece):
                report.notes.append(note)
            elif file := shelf.find(piece):
                found.append(file.name)
    return found


def _apply(
    reading: Reading,
    inventory: Inventory,
    shelf: Shelf,
    *,
    now: datetime,
    report: Report,
    progress: Progress,
) -> None:
    plan = make_plan(inventory)
    _pictures(plan, reading, shelf, report)
    report.count(plan)
    blog = the_blog(now)
    atlas, gallery = Atlas.of(plan), Gallery(shelf)
    pages = PageWriter(HomePage.objects.get(), atlas, gallery, reading.hosts, now)
    writer = Writer(blog, inventory, atlas, gallery, reading.hosts, now)
    _write_pages(plan, pages, report)
    _write_articles(plan, writer, report, progress)
    _complete(plan, writer, pages)
    ways = compare(ways_of(reading, plan, atlas, now))
    ways.make = [way for way in ways.make if way.page_id or way.link]
    write(ways, now)
    _count_ways(ways, report)
    report.made |= {
        "auteurs": writer.authors,
        "catégories": writer.categories,
        "commentaires": writer.comments,
        "images": gallery.made,
    }
    report.notes += [*pages.notes, *writer.notes]


def _write_pages(plan: Plan, writer: PageWriter, report: Report) -> None:
    for item in plan.pages:
        if item.fate in MADE:
            try:
                item.page_id = writer.write(item).pk
            except (DatabaseError, ValueError) as error:
                _failed("pages", item.page.title, error, report)


def _write_articles(plan: Plan, writer: Writer, report: Report, progress: Progress) -> None:
    for done, item in enumerate(plan.articles, 1):
        progress("Écriture", done, len(plan.articles))
        try:
            if item.fate in MADE:
                item.page_id = writer.write(item).pk
            elif item.fate is Fate.DONE and item.article.comments:
                writer.add_comments(item)
        except (DatabaseError, ValueError) as error:
            _failed("articles", item.article.title, error, report)


def _complete(plan: Plan, writer: Writer, pages: PageWriter) -> None:
    """Second pass: links to what came later."""
    waiting = ImportedThing.objects.filter(links_wait=True, page__isnull=False)
    articles = {short(item.article.key): item for item in plan.articles}
    others = {short(item.key): item for item in plan.pages}
    for row in waiting:
        if row.kind == Kind.POST and row.key in articles:
            writer.complete(articles[row.key], row)
        elif row.kind == Kind.PAGE and row.key in others:
            pages.complete(others[row.key], row)


def _failed(kind: str, title: str, error: Exception, report: Report) -> None:
    logger.warning("Not brought over: %s", type(error).__name__)
    report.made[kind] -= 1
    report.failed += 1
    report.notes.append(Note(title, f"n’a pas pu être repris ({type(error).__name__})"))


def _count_ways(ways: Ways, report: Report) -> None:
    report.made["redirections"] = len(ways.make) + len(ways.change)
    report.kept["redirections"] = ways.kept
    report.left["redirections"] = ways.left
