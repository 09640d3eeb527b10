"""What a page is made of, for who reads it again before it is published."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Place:
    """Where it stands: a field, and in a body the block, by its number and its key."""

    field: str
    where: str = ""
    block: str = ""


@dataclass(frozen=True)
class Part:
    place: Place


@dataclass(frozen=True)
class Paragraph(Part):
    """A run of text, without its markup. `empty` and `remains` speak of the markup itself."""

    text: str
    all_bold: bool = False
    followed: bool = False
    empty: bool = False
    remains: bool = False


@dataclass(frozen=True)
class Heading(Part):
    level: int
    text: str


@dataclass(frozen=True)
class Link(Part):
    """Words that lead somewhere: to an address, or to the `model` row of that key.

    Without words when what is chosen brings its own title.
    """

    text: str
    address: str = ""
    model: Any = None
    key: str = ""
    titled: bool = False

    @property
    def target(self) -> tuple[Any, str]:
        return (self.model, self.key or self.address)


@dataclass(frozen=True)
class Picture(Part):
    """A picture of the library; nothing to say of one that is only there to be pretty."""

    image: Any
    alt: str
    decorative: bool


@dataclass(frozen=True)
class Figures(Part):
    source: str
    first: str
