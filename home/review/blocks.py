"""A block of a body, cut into the same parts as a rich text."""

from collections.abc import Callable, Iterator
from typing import Any

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from home.blocks.figures import KeyFiguresBlock
from home.blocks.links import LinkBlock, OptionalLinkBlock
from home.blocks.media import DocumentBlock
from home.blocks.text import HeadingBlock

from .parts import Figures, Heading, Link, Paragraph, Part, Picture, Place
from .rich import read_rich_text

#: The key of what has not been chosen, or has been deleted since: no row has it.
NOTHING = "0"


def read_block(block: Any, value: Any, place: Place) -> Iterator[Part]:
    """The parts of a block, those inside it included."""
    if value is None:
        if isinstance(block, blocks.PageChooserBlock):
            yield Link(place, "", model=Page, key=NOTHING, titled=True)
        return
    for kind, read in _READERS:
        if isinstance(block, kind):
            yield from read(block, value, place)
            return


def _rich(_block: Any, value: Any, place: Place) -> Iterator[Part]:
    yield from read_rich_text(str(value.source), place)


def _heading(_block: Any, value: Any, place: Place) -> Iterator[Part]:
    yield Heading(place, 2, _line(value.get("text")))
    yield from _plain(_block, value.get("lead"), place)


def _picture(_block: Any, value: Any, place: Place) -> Iterator[Part]:
    alt = _line(getattr(value, "contextual_alt_text", ""))
    yield Picture(place, value, alt, bool(getattr(value, "decorative", False)))


def _struct(block: Any, value: Any, place: Place) -> Iterator[Part]:
    for name, child in block.child_blocks.items():
        yield from _child(name, child, value.get(name), place)


def _list(block: Any, value: Any, place: Place) -> Iterator[Part]:
    for one in value:
        yield from read_block(block.child_block, one, place)


def _page(_block: Any, value: Any, place: Place) -> Iterator[Part]:
    yield Link(place, value.title, model=Page, key=str(value.pk), titled=True)


def _child(name: str, block: Any, value: Any, place: Place) -> Iterator[Part]:
    # The title of a block is drawn as a heading.
    if name == "title" and isinstance(block, blocks.CharBlock):
        if _line(value):
            yield Heading(place, 2, _line(value))
    else:
        yield from read_block(block, value, place)


def _plain(_block: Any, value: Any, place: Place) -> Iterator[Part]:
    if str(value or "").strip():
        yield Paragraph(place, str(value))


def _chosen(_block: Any, value: Any, place: Place) -> Iterator[Part]:
    page, text = value.get("page"), _line(value.get("text"))
    if page is not None:
        yield Link(place, text, model=Page, key=str(page.pk))
    else:
        yield Link(place, text, address=value.get("url") or "")


def _chosen_or_not(block: Any, value: Any, place: Place) -> Iterator[Part]:
    if any(value.values()):
        yield from _chosen(block, value, place)


def _file(_block: Any, value: Any, place: Place) -> Iterator[Part]:
    yield Link(place, value.title, model=get_document_model(), key=str(value.pk), titled=True)


def _table(_block: Any, value: Any, place: Place) -> Iterator[Part]:
    yield from _plain(_block, value.caption, place)
    for row in value.rows:
        for cell in row:
            yield from read_block(cell.block, cell.value, place)


def _document(_block: Any, value: Any, place: Place) -> Iterator[Part]:
    document = value.get("document")
    text = _line(value.get("text"))
    key = str(document.pk) if document is not None else NOTHING
    yield Link(place, text, model=get_document_model(), key=key, titled=not text)


def _figures(_block: Any, value: Any, place: Place) -> Iterator[Part]:
    first = next(iter(value.get("figures") or []), None)
    shown = f"{first.get('value', '')} {first.get('text', '')}" if first else ""
    yield Figures(place, _line(value.get("source")), shown.strip())


def _line(value: Any) -> str:
    return " ".join(str(value or "").split())


#: The first that fits: a block of ours before the family that it belongs to.
_READERS: tuple[tuple[Any, Callable[[Any, Any, Place], Iterator[Part]]], ...] = (
    (blocks.RichTextBlock, _rich),
    (HeadingBlock, _heading),
    (OptionalLinkBlock, _chosen_or_not),
    (LinkBlock, _chosen),
    (DocumentBlock, _document),
    (KeyFiguresBlock, _figures),
    (ImageBlock, _picture),
    (blocks.StructBlock, _struct),
    (blocks.ListBlock, _list),
    (blocks.PageChooserBlock, _page),
    (DocumentChooserBlock, _file),
    (TypedTableBlock, _table),
    (blocks.CharBlock, _plain),
    (blocks.TextBlock, _plain),
)
