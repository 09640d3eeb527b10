"""From what a person types to what she reads."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from wagtail.models import Site

from search.models import SearchEntry, SearchStem
from site_enys.french import stems, words

MOST_WORDS = 12
BEFORE, AROUND = 60, 240


def stems_of_query(query: str) -> list[str]:
    """The distinct stems asked for, the first ones when there are very many."""
    return list(dict.fromkeys(stems(query)))[:MOST_WORDS]


def find(wanted: list[str], site: Site, now: datetime) -> QuerySet[Any, Any]:
    """What anybody may read on the site and that has all the stems, the best first."""
    if not wanted:
        return SearchStem.objects.none().values("entry")
    return SearchStem.objects.on_public_pages(site, now).ranked(wanted)


def entries(found: Iterable[dict[str, Any]]) -> list[SearchEntry]:
    """The entries, with their pages, in the order of `found`."""
    ids = [row["entry"] for row in found]
    by_page = SearchEntry.objects.select_related("page").in_bulk(ids)
    return [by_page[page_id] for page_id in ids]


def extract(text: str, wanted: Collection[str]) -> SafeString:
    """Some words of the text around the first one asked for, each of those in <mark>."""
    hits = [word for word in words(text) if word.stem in wanted]
    start = _word_start(text, max(0, hits[0].start - BEFORE)) if hits else 0
    end = _word_end(text, start + AROUND)
    parts, at = ["… " if start else ""], start
    for word in hits:
        if word.start >= at and word.end <= end:
            parts.append(conditional_escape(text[at : word.start]))
            parts.append(format_html("<mark>{}</mark>", text[word.start : word.end]))
            at = word.end
    parts.append(conditional_escape(text[at:end]))
    parts.append("" if end == len(text) else " …")
    return mark_safe("".join(parts))  # noqa: S308 - every part was escaped


def _word_start(text: str, at: int) -> int:
    return text.rfind(" ", 0, at) + 1


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", 0, at)
    return space if space > at - LONGEST_STRETCH else at


# A text without spaces is cut in the middle rather than lost.
LONGEST_STRETCH = 60
