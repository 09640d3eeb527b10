"""From the pieces of a text to the fields of a page: introduction, blocks, links."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any

from wagtail.rich_text import RichText

from home.models import CustomImage

from .cleaning import Piece, Quote, Text
from .pictures import Picture
from .records import Note

_FIRST = re.compile(r"^<p>((?:(?!</p>).)*)</p>", re.DOTALL)
_LINK = re.compile(r'<a href="(/[^"]*)">(.*?)</a>', re.DOTALL)
_SENTENCE = re.compile(r"[.!?…][»”\"')]*(?=\s)")
_TAG = re.compile(r"<[^>]+>")

#: The image kept for a picture, or None when there is none to show.
Hang = Callable[[Picture], CustomImage | None]
#: What a path of the old site has become: attributes of the link, or None.
Resolve = Callable[[str], str | None]


@dataclass
class Composed:
    """The fields of a page, and the old paths that its links asked for in vain."""

    introduction: str
    body: list[tuple[str, Any]]
    lost: list[str] = field(default_factory=list)

    @property
    def digest(self) -> str:
        return digest_of(self.body)

    def notes(self, about: str) -> list[Note]:
        """What the report says of the links that lead nowhere."""
        lost = sorted(set(self.lost))
        return [Note(about, f"lien mort gardé en texte : {path}") for path in lost]


def compose(
    pieces: list[Piece], title: str, longest: int, hang: Hang, resolve: Resolve
) -> Composed:
    """The introduction is the first paragraph, or its first sentences when it is long."""
    introduction, pieces = split_introduction(pieces, longest)
    made = Composed(introduction or title[:longest], [])
    for piece in pieces:
        made.body += _block(piece, hang, resolve, made.lost)
    if not made.body:
        made.body = [("paragraph", RichText(f"<p>{escape(made.introduction, quote=False)}</p>"))]
    return made


def split_introduction(pieces: list[Piece], longest: int) -> tuple[str, list[Piece]]:
    """The plain text that opens the page, and the rest, so that nothing is said twice.

    A first paragraph that holds a link stays whole: its words introduce, and its link remains.
    """
    at = next((at for at, piece in enumerate(pieces) if isinstance(piece, Text)), None)
    first = pieces[at] if at is not None else None
    match = _FIRST.match(first.html) if isinstance(first, Text) else None
    if at is None or match is None or not isinstance(first, Text):
        return _cut(_first_words(pieces), longest), pieces
    inner, rest = match[1], first.html[match.end() :]
    alone = not rest and len(pieces) == 1
    said = plain(inner)
    if "<a " in inner or (alone and not _SENTENCE.search(said)):
        return _cut(said, longest), pieces
    if len(said) <= longest and not alone:
        return said, _with(pieces, at, rest)
    ends = [found.end() for found in _SENTENCE.finditer(said[: longest + 1])]
    if not ends or inner != escape(said, quote=False):
        return _cut(said, longest), pieces
    cut = ends[0] if alone else ends[-1]
    remains = f"<p>{escape(said[cut:].strip(), quote=False)}</p>{rest}"
    return said[:cut], _with(pieces, at, remains)


def plain(html: str) -> str:
    """The words of a rich text."""
    text = unescape(_TAG.sub("", re.sub(r"<br/?>|</p>|</li>|</h[23]>", " ", html)))
    return re.sub(r" +", " ", text).strip()


def _first_words(pieces: list[Piece]) -> str:
    for piece in pieces:
        if isinstance(piece, Quote):
            return piece.text
        if isinstance(piece, Text):
            found = re.search(r"<(?:p|li)>(.*?)</(?:p|li)>", piece.html, re.DOTALL)
            if said := plain(found[1] if found else piece.html):
                return said
    return ""


def _cut(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    ends = [found.end() for found in _SENTENCE.finditer(text[: longest + 1])]
    return text[: ends[-1]] if ends else text[: longest - 1].rsplit(" ", 1)[0] + "…"


def _with(pieces: list[Piece], at: int, html: str) -> list[Piece]:
    middle: list[Piece] = [Text(html)] if html else []
    return [*pieces[:at], *middle, *pieces[at + 1 :]]


def _block(piece: Piece, hang: Hang, resolve: Resolve, lost: list[str]) -> list[tuple[str, Any]]:
    if isinstance(piece, Text):
        return [("paragraph", RichText(_linked(piece.html, resolve, lost)))]
    if isinstance(piece, Quote):
        return [("quote", {"text": piece.text, "source": piece.source})]
    image = hang(piece)
    if image is None:
        words = piece.caption or piece.alt
        said = f"<p><i>{escape(words, quote=False)}</i></p>"
        return [("paragraph", RichText(said))] if words else []
    image.contextual_alt_text = piece.alt
    image.decorative = not piece.alt
    return [("picture", {"image": image, "caption": piece.caption, "width": "text"})]


def _linked(html: str, resolve: Resolve, lost: list[str]) -> str:
    """Links inside the old site led to what took their place; a lost one keeps its words."""

    def one(match: re.Match[str]) -> str:
        path = unescape(match[1])
        attributes = resolve(path)
        if attributes is None:
            lost.append(path)
            return match[2]
        return f"<a {attributes}>{match[2]}</a>"

    return _LINK.sub(one, html)


def digest_of(body: Any) -> str:
    """A fingerprint of blocks as they were made: (name, value) pairs or a stream value."""
    rows = [
        (row[0], row[1]) if isinstance(row, tuple) else (row.block_type, row.value) for row in body
    ]
    flat = [(name, _flat(value)) for name, value in rows]
    return hashlib.sha256(json.dumps(flat, ensure_ascii=False).encode()).hexdigest()


def _flat(value: Any) -> Any:
    if isinstance(value, RichText):
        return value.source
    if isinstance(value, CustomImage):
        return [value.pk, value.contextual_alt_text, value.decorative]
    if hasattr(value, "items"):
        return [[name, _flat(inner)] for name, inner in sorted(value.items())]
    return value
