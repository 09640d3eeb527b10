"""What a search may become while it is typed: pages by their titles, and words of those titles."""

from datetime import datetime
from typing import TypedDict
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.db.models.functions import Length
from django.http import HttpRequest
from django.urls import reverse

from wagtail.models import Site

from search.models import SearchEntry, SearchMention
from search.models.words import END
from search.vocabulary import read, stems
from site_enys.french import fold

from .standing import Standing, standing

MOST, MOST_OF_WORDS = 8, 3
MOST_WORDS = 6
#: Titles compared before the best are kept.
CONSIDERED = 60


class Suggestion(TypedDict):
    """One line of the list."""

    label: str
    kind: str
    url: str


def suggest(query: str, site: Site, request: HttpRequest, now: datetime) -> list[Suggestion]:
    """At most eight: the words that complete the last one typed, then the titles."""
    typed = _typed(query)
    if not typed or len(typed[-1]) < END:
        return []
    apart = standing(site, now)
    words = _words(query, typed[-1], apart)
    return words + _titles(typed, apart, request, MOST - len(words))


def _typed(query: str) -> list[str]:
    """The words typed, without accents; every one is the beginning of a word of the title."""
    found = dict.fromkeys(fold(query[word.start : word.end]) for word in read(query))
    last = fold(query).replace("’", " ").replace("'", " ").split()[-1:]
    if not found and last and last[0].isalnum():
        return last  # « de » may become « DEIS »
    return list(found)[:MOST_WORDS]


def _mentions(beginning: str) -> "QuerySet[SearchMention]":
    return SearchMention.objects.filter(
        in_title=True, word__head=beginning[:END], word__folded__startswith=beginning
    )


def _words(query: str, beginning: str, apart: Standing) -> list[Suggestion]:
    rows = _mentions(beginning).exclude(word__folded=beginning)
    if apart.hidden:
        rows = rows.exclude(entry__in=apart.hidden)
    counted = (
        rows.values_list("word__folded", "word__shown")
        .annotate(pages=Count("pk"))
        .order_by("-pages", "word__folded")[:CONSIDERED]
    )
    found: dict[tuple[str, ...], str] = {}
    for _, shown, _ in counted:
        found.setdefault(tuple(stems(shown)), shown)  # one of the singular and the plural
    before = query.rstrip()[: -len(beginning)] if fold(query.rstrip()).endswith(beginning) else ""
    return [
        {
            "label": f"{before}{shown}",
            "kind": "Rechercher",
            "url": f"{reverse('search:results')}?{urlencode({'q': before + shown})}",
        }
        for shown in list(found.values())[:MOST_OF_WORDS]
    ]


def _titles(typed: list[str], apart: Standing, request: HttpRequest, most: int) -> list[Suggestion]:
    entries = SearchEntry.objects.filter(page__live=True)
    for beginning in typed:
        entries = entries.filter(pk__in=_mentions(beginning).values("entry"))
    if apart.hidden:
        entries = entries.exclude(pk__in=apart.hidden)
    # Two letters may begin a word of every title: only what is compared is put in order.
    nearest = entries.order_by(Length("page__title"), "-pk").values("pk")[:CONSIDERED]
    rows = SearchEntry.objects.filter(pk__in=nearest).select_related("page").defer("text")
    found = sorted(rows, key=lambda entry: _rank(entry, typed, apart))
    return [
        {
            "label": entry.page.title,
            "kind": entry.get_kind_display(),
            "url": entry.page.get_url(request),
        }
        for entry in found[:most]
    ]


def _rank(entry: SearchEntry, typed: list[str], apart: Standing) -> tuple[bool, bool, int, int]:
    """Current first, then titles that begin as typed, the shortest first, the latest first."""
    title = fold(entry.page.title)
    return (entry.pk in apart.late, not title.startswith(typed[0]), len(title), -entry.pk)
