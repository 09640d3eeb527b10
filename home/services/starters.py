"""Page starters: what a new page may begin with, instead of a blank sheet.

An app registers those of its pages. What they hold is to be replaced: guiding words, between
brackets, say what to write, and a page does not go online with them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.models import Page


@dataclass(frozen=True)
class Starter:
    """A beginning: `values` gives the fields of a new page, read when it is made."""

    key: str
    label: str
    description: str
    values: Callable[[], dict[str, Any]]

    def fill(self, page: Page) -> None:
        """Write the beginning into a page that is not saved yet."""
        for name, value in self.values().items():
            setattr(page, name, value)
            body = getattr(page, name)
            if isinstance(body, StreamValue):
                # Read again as if it were stored: what is not said takes its default.
                setattr(page, name, body.stream_block.to_python(body.get_prep_value()))


BLANK = Starter("vide", "Une page vide", "Rien n’est écrit d’avance.", dict)

_registered: dict[type[Page], tuple[Starter, ...]] = {}


def register(page_class: type[Page], *starters: Starter) -> None:
    """Offer these starters to who adds a page of that kind."""
    _registered[page_class] = starters


def starters_of(page_class: type[Page]) -> tuple[Starter, ...]:
    """The starters of a kind of page, and the blank one last; nothing when it has none."""
    found = _registered.get(page_class, ())
    return (*found, BLANK) if found else ()
