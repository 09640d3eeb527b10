"""The saved files: folders are walked, archives opened in memory, and nothing is trusted.

Nothing is ever extracted to the disk or fetched. What cannot be read is named with the reason.
"""

import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

MOST_FILES = 50_000
LARGEST_PAGE = 5 * 1024 * 1024
LARGEST_FEED = 50 * 1024 * 1024
LARGEST_IMAGE = 10 * 1024 * 1024
LARGEST_ARCHIVE = 2 * 1024 * 1024 * 1024
MOST_UNPACKED = 1024 * 1024 * 1024

PAGES = frozenset({".html", ".htm", ".xhtml", ""})
FEEDS = frozenset({".xml", ".rss", ".atom", ".rdf"})
CAPTURES = frozenset({".txt", ".text"})
IMAGES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"})
REFUSED_IMAGES = frozenset({".bmp", ".svg", ".tif", ".tiff"})
# What comes beside saved pages and says nothing of them.
SILENT = frozenset(
    {".css", ".js", ".json", ".ico", ".woff", ".woff2", ".ttf", ".eot", ".map", ".db"}
)


class Unreadable(Exception):
    """A file that is passed over; says why in French."""


@dataclass(frozen=True)
class SavedFile:
    """A file of the material: `name` is its path inside what was given, with slashes."""

    name: str
    size: int
    load: Callable[[int], bytes] = field(repr=False)

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix.lower()

    def read(self) -> bytes:
        """The content. Raises Unreadable when it is too large or cannot be read."""
        largest = self.largest()
        if self.size > largest:
            raise Unreadable(f"trop gros ({_mega(self.size)}, limite {_mega(largest)})")
        try:
            content = self.load(largest + 1)
        except (
            OSError,
            zipfile.BadZipFile,
            zlib.error,
            RuntimeError,
            NotImplementedError,
        ) as error:
            raise Unreadable(_reason(error)) from error
        if len(content) > largest:
            raise Unreadable(f"trop gros une fois ouvert (limite {_mega(largest)})")
        return content

    def largest(self) -> int:
        if self.suffix in IMAGES:
            return LARGEST_IMAGE
        return LARGEST_FEED if self.suffix in FEEDS else LARGEST_PAGE


@dataclass
class Material:
    """All the files that were found, and what had to be left out."""

    texts: list[SavedFile] = field(default_factory=list)
    images: list[SavedFile] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.texts) + len(self.images)

    def take(self, file: SavedFile) -> None:
        if file.suffix in IMAGES:
            self.images.append(file)
        elif file.suffix in PAGES | FEEDS | CAPTURES or _is_a_slug(file.suffix):
            self.texts.append(file)
        elif file.suffix in REFUSED_IMAGES:
            self.refused.append((file.name, f"format {file.suffix} refusé"))
        elif file.suffix not in SILENT:
            self.refused.append((file.name, "ni page, ni flux, ni image"))


def gather(paths: list[Path]) -> Material:
    """Find all the files under the paths, in a stable order."""
    material = Material()
    for path in paths:
        for file in _files(path, material):
            if material.count >= MOST_FILES:
                material.refused.append(
                    (str(path), f"plus de {MOST_FILES} fichiers : la suite est laissée")
                )
                return material
            material.take(file)
    return material


def _files(path: Path, material: Material) -> Iterator[SavedFile]:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        material.refused.append((path.name or str(path), _reason(error)))
        return
    if stat.S_ISDIR(mode):
        yield from _in_folder(path, material)
    else:
        yield from _one(path, path.name, material)


def _in_folder(root: Path, material: Material) -> Iterator[SavedFile]:
    """Links are not followed: they may turn round, or leave the folder."""

    def refuse(error: OSError) -> None:
        material.refused.append((_relative(Path(error.filename or root), root), _reason(error)))

    for folder, below, names in os.walk(root, onerror=refuse):
        below.sort()
        for name in sorted(names):
            path = Path(folder, name)
            yield from _one(path, _relative(path, root), material)
        for name in below:
            if Path(folder, name).is_symlink():
                material.refused.append((_relative(Path(folder, name), root), "lien non suivi"))


def _one(path: Path, name: str, material: Material) -> Iterator[SavedFile]:
    try:
        status = path.lstat()
    except OSError as error:
        material.refused.append((name, _reason(error)))
        return
    if name.rpartition("/")[2].startswith("."):
        return
    if not stat.S_ISREG(status.st_mode):
        sort = "lien non suivi" if stat.S_ISLNK(status.st_mode) else "pas un fichier ordinaire"
        material.refused.append((name, sort))
    elif path.suffix.lower() == ".zip":
        yield from _in_archive(path, name, material)
    else:
        yield SavedFile(name, status.st_size, _from_disk(path))


def _in_archive(path: Path, name: str, material: Material) -> Iterator[SavedFile]:
    """The members of an archive, read when wanted; their names are only names."""
    try:
        if path.stat().st_size > LARGEST_ARCHIVE:
            raise Unreadable(f"archive trop grosse (limite {_mega(LARGEST_ARCHIVE)})")
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile, Unreadable, NotImplementedError) as error:
        material.refused.append((name, _reason(error)))
        return
    with archive:
        members = sorted(archive.infolist(), key=lambda info: info.filename)
    if sum(info.file_size for info in members) > MOST_UNPACKED or len(members) > MOST_FILES:
        material.refused.append((name, "archive qui déborde une fois ouverte"))
        return
    for info in members:
        inside = PurePosixPath(info.filename.replace("\\", "/"))
        if info.is_dir() or inside.name.startswith(".") or "__MACOSX" in inside.parts:
            continue
        if reason := _why_not(info, inside):
            material.refused.append((f"{name} : {info.filename}", reason))
        else:
            yield SavedFile(str(inside), info.file_size, _from_archive(path, info))


def _why_not(info: zipfile.ZipInfo, inside: PurePosixPath) -> str:
    """Why a member of an archive is passed over; empty when it is read."""
    if inside.is_absolute() or ".." in inside.parts:
        return "chemin hors de l’archive"
    if info.flag_bits & 0x1:
        return "protégé par un mot de passe"
    return "archive dans une archive" if inside.suffix.lower() == ".zip" else ""


def _from_disk(path: Path) -> Callable[[int], bytes]:
    def load(most: int) -> bytes:
        with path.open("rb") as file:
            return file.read(most)

    return load


def _from_archive(path: Path, info: zipfile.ZipInfo) -> Callable[[int], bytes]:
    def load(most: int) -> bytes:
        with zipfile.ZipFile(path) as archive, archive.open(info) as member:
            return member.read(most)

    return load


def _relative(path: Path, root: Path) -> str:
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.name


def _is_a_slug(suffix: str) -> bool:
    """« 1.-un-article » has no extension that we know, but spaces and long words after the dot."""
    return len(suffix) > 6


def _mega(size: int) -> str:
    return f"{size / 1024 / 1024:.0f}\u00a0Mo"


def _reason(error: Exception) -> str:
    if isinstance(error, Unreadable):
        return str(error)
    if isinstance(error, FileNotFoundError):
        return "introuvable"
    if isinstance(error, PermissionError):
        return "lecture interdite"
    if isinstance(error, zipfile.BadZipFile | zlib.error | NotImplementedError):
        return "archive abîmée"
    return f"illisible ({type(error).__name__})"
