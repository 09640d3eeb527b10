"""The HTML of a page, read as a tree, with what browsers would have to guess."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905
#: Drawings are XML: any of their elements may close itself.
SELF_CLOSING = frozenset(
    ("path", "circle", "rect", "line", "polyline", "polygon", "ellipse", "use", "stop", "image")
)


@dataclass
class Element:
    """One element of a page, with what is read in it."""

    tag: str
    attributes: dict[str, str]
    line: int
    parent: "Element | None" = None
    children: list["Element"] = field(default_factory=list)
    words: str = ""

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def within(self) -> list["Element"]:
        """What holds it, nearest first."""
        return [self.parent, *self.parent.within()] if self.parent else []

    def all(self) -> list["Element"]:
        """What it holds, in order."""
        return [each for child in self.children for each in (child, *child.all())]

    @property
    def hidden(self) -> bool:
        return any(each.get("aria-hidden") == "true" for each in (self, *self.within()))

    @property
    def said(self) -> str:
        """Its name from its content: text and alternatives of pictures, but what is hidden."""
        if self.get("aria-hidden") == "true":
            return ""
        own = self.get("alt") if self.tag == "img" else self.words
        return " ".join([own, *(child.said for child in self.children)]).strip()

    def __str__(self) -> str:
        marks = "".join(f' {name}="{self.get(name)}"' for name in ("id", "name", "class", "href"))
        marks = re.sub(r' [a-z]+=""', "", marks)
        return f"<{self.tag}{marks}> (ligne {self.line})"


class Reader(HTMLParser):
    """Builds the tree and notes what browsers would have to guess."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {}, 0)
        self.open = [self.root]
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        twice = [name for name, count in Counter(name for name, _ in attrs).items() if count > 1]
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes, self.getpos()[0], self.open[-1])
        self.faults += [f"{element} : attribut {name} en double" for name in twice]
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()
            if tag not in SELF_CLOSING:
                self.faults.append(f"<{tag}/> ne se ferme pas ainsi (ligne {self.getpos()[0]})")

    def handle_endtag(self, tag: str) -> None:
        if tag != self.open[-1].tag:
            self.faults.append(
                f"</{tag}> ferme {self.open[-1]} (ligne {self.getpos()[0]}) : balises mal emboîtées"
            )
        if tag in [element.tag for element in self.open]:
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].words += data

    def close(self) -> None:
        super().close()
        self.faults += [f"{element} n’est pas fermé" for element in self.open[1:]]


class Markup:
    """A page that was read, and the faults found in it."""

    def __init__(self, html: str) -> None:
        reader = Reader()
        reader.feed(html)
        reader.close()
        self.syntax = reader.faults
        self.elements = reader.root.all()
        self.ids = Counter(each.get("id") for each in self.elements if "id" in each.attributes)

    @property
    def title(self) -> str:
        titles = [each.said for each in self.elements if each.tag == "title"]
        # A drawing may have a title of its own; that of the page comes first.
        return re.sub(r"[ \n]+", " ", titles[0]) if titles else ""

    def tagged(self, *tags: str) -> list[Element]:
        return [each for each in self.elements if each.tag in tags]
