"""What a page says, in the order of its editor: headings, paragraphs, links, pictures.

Read from the values of a form being filled in, or else from the page. It knows no rule: the checks
read it, whatever the kind of the page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

from wagtail.blocks import StreamValue
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from home.blocks import ReferencesStreamBlock, TextStreamBlock

from .blocks import read_block
from .parts import Figures, Heading, Link, Paragraph, Part, Picture, Place
from .rich import read_rich_text

#: Bodies that begin right below the title of the page; the others stand under a heading of ours.
_WHOLE_BODIES = (TextStreamBlock, ReferencesStreamBlock)

__all__ = ["Figures", "Heading", "Link", "Paragraph", "Picture", "Place", "Said"]


@dataclass(frozen=True)
class Said:
    """A page as it is being read. `values` are those of the form, by the name of their field."""

    page: Any
    values: dict[str, Any]

    def get(self, name: str) -> Any:
        return self.values[name] if name in self.values else getattr(self.page, name)

    def has_field(self, name: str) -> bool:
        try:
            self.page._meta.get_field(name)
        except FieldDoesNotExist:
            return False
        return True

    def text(self, name: str) -> str:
        return " ".join(str(self.get(name) or "").split())

    def is_filled(self, name: str) -> bool:
        """Whether a field or a relation holds anything, saved or typed."""
        value = self.get(name)
        if hasattr(value, "all"):  # a relation of the page, when the form has none
            return bool(list(value.all()))
        return bool(value) or isinstance(value, Model)

    @property
    def names(self) -> list[str]:
        """The fields that hold what the page says, its title apart."""
        return list(dict.fromkeys((*self.page.searched, *self._rich_fields())))

    @cached_property
    def bodies(self) -> list[tuple[bool, list[Part]]]:
        """The parts of each text, and whether the text begins right below the title."""
        return [(whole, list(parts)) for whole, parts in self._read()]

    @cached_property
    def parts(self) -> list[Part]:
        return [part for _whole, parts in self.bodies for part in parts]

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [part for part in self.parts if isinstance(part, Paragraph)]

    @property
    def headings(self) -> list[Heading]:
        return [part for part in self.parts if isinstance(part, Heading)]

    @property
    def links(self) -> list[Link]:
        return [part for part in self.parts if isinstance(part, Link)]

    @property
    def pictures(self) -> list[Picture]:
        return [part for part in self.parts if isinstance(part, Picture)]

    @property
    def targets(self) -> tuple[list[str], list[str]]:
        """The keys of the pages and of the documents that it leads to."""
        led = [link for link in self.links if link.key]
        documents = get_document_model()
        return (
            [link.key for link in led if issubclass(link.model, Page)],
            [link.key for link in led if issubclass(link.model, documents)],
        )

    def _read(self) -> Iterator[tuple[bool, Iterator[Part]]]:
        for name in self.names:
            field, place = self.page._meta.get_field(name), Place(name)
            value = self.get(name)
            if isinstance(value, StreamValue):
                whole = isinstance(value.stream_block, _WHOLE_BODIES)
                yield whole, _parts_of_stream(value, name)
            elif isinstance(field, RichTextField):
                yield False, read_rich_text(str(value or ""), place)
            elif text := self.text(name):
                yield False, iter([Paragraph(place, text)])

    def _rich_fields(self) -> list[str]:
        fields = self.page._meta.get_fields()
        return [field.name for field in fields if isinstance(field, StreamField | RichTextField)]


def _parts_of_stream(value: StreamValue, name: str) -> Iterator[Part]:
    for number, child in enumerate(value, 1):
        yield from read_block(child.block, child.value, place_of(name, number, child))


def place_of(name: str, number: int, child: Any) -> Place:
    """Where a block stands in the body of that name, counted from one."""
    return Place(name, f"bloc {number}, {child.block.label}", str(child.id or ""))
