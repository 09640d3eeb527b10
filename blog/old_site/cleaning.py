"""From the old site's HTML to the few pieces that our pages are made of.

The tree has only allowed tags; here it is read again, and what is written is our own: paragraphs,
two levels of headings, lists, links, quotations, pictures. Everything else becomes one of these,
or words.
"""

from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

import nh3
from bs4 import BeautifulSoup, NavigableString, PageElement, Tag

from .addresses import old_path
from .embeds import link_instead
from .lines import Lines, tidy
from .markup import IN_A_LINE, attribute, classes, tree, words
from .pictures import Picture, in_link, picture_of
from .shapes import is_layout, outermost, row_of, style_of, style_of_all

LONGEST_QUOTE = 600
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SKIPPED = frozenset({"nav", "title", "meta", "link", "source"})
_FRAMES = frozenset({"iframe", "embed", "object", "video", "audio"})
_ALLOWED = nh3.Cleaner(
    tags={"p", "h2", "h3", "b", "i", "ul", "ol", "li", "a", "br", "hr"},
    attributes={"a": {"href"}},
    link_rel=None,
    url_schemes=set(_SCHEMES),
)


@dataclass
class Text:
    """Rich text; links inside the old site are paths, those elsewhere are whole."""

    html: str


@dataclass
class Quote:
    text: str
    source: str = ""


Piece = Text | Quote | Picture


def pieces_of(html: str, base: str = "/", hosts: set[str] | None = None) -> list[Piece]:
    """The pieces of an article or a page, in order.

    `base` is the old path from which relative links count; `hosts` are those of the old site.
    Raises TooDeep.
    """
    return _Walk(tree(html), base, hosts or set()).pieces


class _Walk:
    """One reading of a tree: pieces done, and the paragraphs being written."""

    def __init__(self, soup: BeautifulSoup, base: str, hosts: set[str]) -> None:
        self.base = base
        self.hosts = hosts
        self.pieces: list[Piece] = []
        self.lines = Lines()
        present = sorted({tag.name for tag in soup.find_all(_HEADINGS)})
        self.top = present[0] if present else "h2"
        self.children(soup)
        self.end()

    def children(self, tag: Tag, style: str = "") -> None:
        for child in tag.children:
            self.node(child, style)

    def node(self, node: PageElement, style: str) -> None:
        if type(node) is NavigableString:
            self.lines.word(node, style)
        elif isinstance(node, Tag) and node.name not in _SKIPPED:
            getattr(self, f"on_{_kind(node)}")(node, style)

    # -- What parts paragraphs ------------------------------------------------------------------

    def on_block(self, tag: Tag, style: str) -> None:
        self.lines.paragraph()
        self.children(tag, style_of(tag, style))
        self.lines.paragraph()

    def on_heading(self, tag: Tag, style: str) -> None:
        for image in tag.find_all("img"):
            self.on_img(image, style)
        if text := words(tag):
            self.lines.block(f"<{self.level(tag)}>{escape(text, quote=False)}</{self.level(tag)}>")

    def level(self, tag: Tag) -> str:
        return "h2" if tag.name == self.top else "h3"

    def on_hr(self, tag: Tag, style: str) -> None:
        del tag, style
        self.lines.rule()

    def on_br(self, tag: Tag, style: str) -> None:
        del tag, style
        self.lines.line_break()

    def on_list(self, tag: Tag, style: str) -> None:
        del style
        for image in tag.find_all("img"):
            self.on_img(image, "")
            image.extract()
        self.lines.block(self.list_of(tag))

    def list_of(self, tag: Tag) -> str:
        items = [child for child in tag.children if isinstance(child, Tag)]
        lines = [line for item in items if (line := self.item(item))]
        return f"<{tag.name}>{''.join(lines)}</{tag.name}>" if lines else ""

    def item(self, tag: Tag) -> str:
        """A line of a list; what it held of paragraphs is parted by line breaks."""
        if tag.name in {"ul", "ol"}:
            inner = self.list_of(tag)
            return f"<li>{inner}</li>" if inner else ""
        below = [found for found in tag.find_all(["ul", "ol"]) if outermost(found, tag)]
        lists = "".join(self.list_of(found) for found in below)
        for found in below:
            found.extract()
        inner = self.inside(tag)
        return f"<li>{inner}{lists}</li>" if inner or lists else ""

    def inside(self, tag: Tag) -> str:
        """What a cell or a line of a list says, on lines of one paragraph."""
        outer, self.lines = self.lines, Lines()
        self.children(tag)
        inner, self.lines = self.lines.as_one(), outer
        return inner

    def on_table(self, tag: Tag, style: str) -> None:
        """Columns are read one after the other; figures become a list, a line for each row."""
        rows = [row for row in tag.find_all("tr") if row.find_parent("table") is tag]
        if is_layout(tag):
            self.on_block(tag, style)
            return
        heads: list[str] = []
        lines: list[str] = []
        for row in rows:
            cells = [self.inside(cell) for cell in row.find_all(["td", "th"])]
            if not heads and not lines and not row.find("td"):
                heads = cells
            elif line := row_of(heads, cells):
                lines.append(f"<li>{line}</li>")
        self.lines.block(f"<ul>{''.join(lines)}</ul>" if lines else "")

    def on_quote(self, tag: Tag, style: str) -> None:
        source = tag.find(["cite", "footer"])
        said_by = words(source) if isinstance(source, Tag) else ""
        if tag.find(["a", "img", "ul", "ol", "iframe"]) or len(words(tag)) > LONGEST_QUOTE:
            self.on_block(tag, style)
            return
        if isinstance(source, Tag):
            source.extract()
        if text := tidy(words(tag)).strip():
            self.end()
            self.pieces.append(Quote(text, said_by.lstrip("–—- ")[:160]))

    def on_frame(self, tag: Tag, style: str) -> None:
        del style
        if found := link_instead(tag):
            url, label = found
            self.lines.block(f'<p><a href="{escape(url)}">{escape(label)}</a></p>')

    def on_img(self, tag: Tag, style: str) -> None:
        del style
        if found := picture_of(tag):
            self.end()
            self.pieces.append(found)

    def on_caption(self, tag: Tag, style: str) -> None:
        """The words under a picture, which it has taken already."""

    # -- What stands inside a paragraph ---------------------------------------------------------

    def on_line(self, tag: Tag, style: str) -> None:
        self.children(tag, style_of(tag, style))

    def on_link(self, tag: Tag, style: str) -> None:
        images = tag.find_all("img")
        for image in images:
            if found := picture_of(image):
                self.end()
                self.pieces.append(found)
        href = self.target(tag)
        text = words(tag)
        if images and not text and href and not in_link(href):
            text = tidy(attribute(images[0], "alt")) or urlsplit(href).netloc or "Voir la page"
            self.lines.block(f'<p><a href="{escape(href)}">{escape(text)}</a></p>')
        elif any(child.name not in IN_A_LINE | {"br", "img"} for child in tag.find_all()):
            self.children(tag, style)  # a whole part of the page in one link
        elif text:
            self.lines.link(text, href, style_of_all(tag, style))

    def target(self, tag: Tag) -> str:
        """Where a link leads: a path of the old site, a whole address, or nothing."""
        href = attribute(tag, "href").strip()
        if not href or href.startswith("#"):
            return ""
        if inside := old_path(href, self.base, self.hosts):
            return inside
        if href.startswith("//"):
            href = f"https:{href}"
        try:
            return href if urlsplit(href).scheme in _SCHEMES else ""
        except ValueError:
            return ""

    def end(self) -> None:
        """Close the text before something else comes."""
        if html := _ALLOWED.clean(self.lines.done()):
            self.pieces.append(Text(_written(html)))
        self.lines = Lines()


def _written(html: str) -> str:
    """As Wagtail's editor writes it."""
    return html.replace("<br>", "<br/>").replace("<hr>", "<hr/>").replace("&nbsp;", "\u00a0")


def _kind(tag: Tag) -> str:
    for names, kind in _KINDS:
        if tag.name in names:
            return kind
    if tag.get("data-caption") is not None or "wsite-caption" in classes(tag):
        return "caption"
    return "line" if tag.name in IN_A_LINE else "block"


_KINDS: tuple[tuple[frozenset[str], str], ...] = (
    (_HEADINGS, "heading"),
    (_FRAMES, "frame"),
    (frozenset({"ul", "ol"}), "list"),
    (frozenset({"table"}), "table"),
    (frozenset({"blockquote"}), "quote"),
    (frozenset({"figcaption"}), "caption"),
    (frozenset({"a"}), "link"),
    (frozenset({"br"}), "br"),
    (frozenset({"hr"}), "hr"),
    (frozenset({"img"}), "img"),
)
