"""« Aide » : the guide of the team, whose chapters each app brings in its own `guide.py`.

A chapter is a template below `templates/<app>/guide/`. It names buttons and menus with
`{% label %}`, which a test looks for on the screens, and shows pictures with `{% picture %}`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import strip_tags

from site_enys.french import fold

#: The parts of the guide, in the order of their work; a chapter of another part is refused.
PARTS = (
    "Pour commencer",
    "Écrire et publier",
    "Le blog",
    "La formation",
    "Le recrutement",
    "Les messages et les courriels",
    "Les données personnelles",
    "Le site",
)
_ROUND_A_HIT = 90


@dataclass(frozen=True)
class Chapter:
    """One job, step by step. `permission` says whose job it is: everybody may read it.

    `screens` are the names of the addresses that it explains; those that end with a colon stand
    for all the screens of a list.
    """

    slug: str
    part: str
    title: str
    summary: str
    template: str
    permission: str = "wagtailadmin.access_admin"
    screens: tuple[str, ...] = ()

    @cached_property
    def html(self) -> str:
        return render_to_string(self.template)

    @cached_property
    def text(self) -> str:
        return " ".join(strip_tags(self.html).split())

    def explains(self, url_name: str) -> bool:
        """Whether this is the chapter of the screen at the address of this name."""
        return any(
            url_name.startswith(name) if name.endswith(":") else url_name == name
            for name in self.screens
        )


@dataclass(frozen=True)
class Hit:
    """A chapter that answers a search, with the words around what was found."""

    chapter: Chapter
    excerpt: str


_CHAPTERS: dict[str, Chapter] = {}


def add_chapters(*chapters: Chapter) -> None:
    """Put the chapters of an app in the guide."""
    for chapter in chapters:
        if chapter.part not in PARTS:
            raise ValueError(chapter.part)
        _CHAPTERS[chapter.slug] = chapter


def all_chapters() -> list[Chapter]:
    """Every chapter, part by part."""
    return sorted(_CHAPTERS.values(), key=lambda chapter: PARTS.index(chapter.part))


def find_chapter(slug: str) -> Chapter | None:
    """The chapter at that address."""
    return _CHAPTERS.get(slug)


def chapter_of_screen(url_name: str) -> Chapter | None:
    """The chapter that explains the screen at the address of this name."""
    return next((one for one in all_chapters() if one.explains(url_name)), None)


def contents(user: Any) -> tuple[list[Chapter], list[tuple[str, list[Chapter]]]]:
    """The chapters of this person's own work, then the whole guide, part by part."""
    chapters = all_chapters()
    own = [one for one in chapters if user.has_perm(one.permission)]
    parts = [(part, [one for one in chapters if one.part == part]) for part in PARTS]
    return own, [(part, those) for part, those in parts if those]


def search(words: str) -> list[Hit]:
    """The chapters that hold all the words, those that have them in their title first."""
    asked = fold(words).split()
    if not asked:
        return []
    found = [one for one in all_chapters() if _has(f"{one.title} {one.summary} {one.text}", asked)]
    found.sort(key=lambda one: not _has(one.title, asked))
    return [Hit(one, _excerpt(one, asked)) for one in found]


def _has(text: str, asked: Iterable[str]) -> bool:
    folded = fold(text)
    return all(word in folded for word in asked)


def _excerpt(chapter: Chapter, asked: list[str]) -> str:
    place = fold(chapter.text).find(asked[0])
    if place < 0:
        return chapter.summary
    start, end = max(0, place - _ROUND_A_HIT), place + _ROUND_A_HIT
    words = chapter.text[start:end]
    return f"… {words.partition(' ')[2].rpartition(' ')[0]} …"
