"""The pictures found beside the pages: which file a text means, and whether it is safe to keep."""

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from site_enys.uploads import pictures

from .pictures import Picture
from .sources import SavedFile, Unreadable

DAMAGED = "ce n’est pas une image, ou elle est abîmée"
REFUSED = {"pixels": "image démesurée, refusée", "frames": "animation trop longue, refusée"}
_SIZE = re.compile(r"(?:_orig|_\d{1,4}|\(\d+\))$")


@dataclass
class Kept:
    """A picture that is safe: its content, and a name with the extension of what it is."""

    name: str
    content: bytes


@dataclass
class Shelf:
    """The pictures by the name of their file."""

    by_name: dict[str, list[SavedFile]] = field(default_factory=dict)
    by_stem: dict[str, list[SavedFile]] = field(default_factory=dict)
    checked: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, images: list[SavedFile]) -> "Shelf":
        shelf = cls()
        for image in images:
            name = PurePosixPath(image.name).name.casefold()
            shelf.by_name.setdefault(name, []).append(image)
            shelf.by_stem.setdefault(_stem(name), []).append(image)
        return shelf

    def find(self, picture: Picture) -> SavedFile | None:
        """The file of a picture: the one named, or its larger copy; else another size of it."""
        for source in picture.sources:
            path = _path(source)
            name = PurePosixPath(path).name.casefold()
            if not name:
                continue
            larger = re.sub(r"(?<!_orig)(\.\w+)$", r"_orig\1", name)
            exact = [*self.by_name.get(name, []), *self.by_name.get(larger, [])]
            found = exact or self.by_stem.get(_stem(name), [])
            if found:
                return max(found, key=lambda file: (_common(file.name, path), file.size))
        return None

    def refusal(self, file: SavedFile) -> str:
        """Why the file cannot be kept; empty when it can. Looked at once."""
        if file.name not in self.checked:
            try:
                open_picture(file)
            except Unreadable as error:
                self.checked[file.name] = str(error)
            else:
                self.checked[file.name] = ""
        return self.checked[file.name]


def open_picture(file: SavedFile) -> Kept:
    """The picture as the library keeps it, whatever its name says. Raises Unreadable."""
    content = file.read()
    try:
        kind = pictures.kind_of(content)
        clean = pictures.drawn_anew(content, kind)
    except pictures.PictureRefused as refusal:
        raise Unreadable(REFUSED.get(refusal.code, DAMAGED)) from refusal
    stem = PurePosixPath(file.name).stem.removesuffix("_orig")
    return Kept(f"{stem[:80] or 'image'}{pictures.EXTENSIONS[kind][0]}", clean)


def _path(source: str) -> str:
    try:
        return unquote(urlsplit(source).path).replace("\\", "/")
    except ValueError:
        return ""


def _stem(name: str) -> str:
    path = PurePosixPath(name)
    stem = path.stem
    while (shorter := _SIZE.sub("", stem)) != stem and shorter:
        stem = shorter
    return stem + path.suffix.replace("jpeg", "jpg")


def _common(one: str, other: str) -> int:
    """How many of their last folders two paths share."""
    count = 0
    for a, b in zip(reversed(one.split("/")[:-1]), reversed(other.split("/")[:-1]), strict=False):
        if a.casefold() != b.casefold():
            break
        count += 1
    return count
