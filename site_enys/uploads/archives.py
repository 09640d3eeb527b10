"""What an archive holds, office documents included: read to the end, never unpacked."""

import io
import re
import zipfile
import zlib

from defusedxml.ElementTree import ParseError, fromstring

MOST_MEMBERS = 5_000
LARGEST_EXPANDED = 200 * 1024 * 1024
#: Texts shrink twenty times at most; below this size, a page of zeros is nobody's concern.
MOST_EXPANSION = 150
UNCONCERNED = 1024 * 1024
CHUNK = 256 * 1024
#: What a computer runs, or opens as a page of its own, and what hides other archives.
PROGRAMS = re.compile(
    r"\.(app|apk|bat|cmd|com|cpl|dll|dmg|docm|dotm|exe|hta|html?|img|iso|jar|jse?|lnk|msc|msi|msix"
    r"|pif|potm|ppsm|pptm|ps1|py|reg|scr|scf|sh|svgz?|url|vbe|vbs|wsf|xhtml|xla?m|xlsm|xltm"
    r"|7z|bz2|cab|gz|rar|tar|tgz|xz|zip)$",
    re.IGNORECASE,
)
#: Where each kind says what it is: the member that must be there.
EXPECTED = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "odt": "content.xml",
    "ods": "content.xml",
}
ODF_TYPES = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
# Macros of both families, controls, embedded programs.
ACTIVE_MEMBERS = re.compile(
    r"(^|/)(vbaproject\.bin|vbadata\.xml)$|(^|/)activex/|(^|/)embeddings/[^/]*\.bin$"
    r"|^(basic|scripts)/|(^|/)macrosheets/|(^|/)customui/",
    re.IGNORECASE,
)
# What XML can call in, and the encodings that would hide the words of this very list.
ACTIVE_XML = re.compile(
    rb"<!DOCTYPE|<!ENTITY|macroEnabled|script:event-listener"
    rb"|\A(?:\xff\xfe|\xfe\xff|<\x00|\x00<)",
    re.IGNORECASE,
)
#: What is fetched from elsewhere as soon as the text is opened; a link waits to be followed.
FETCHED = re.compile(r"/relationships/(?:attachedTemplate|oleObject|frame)$", re.IGNORECASE)
LARGEST_RELATIONS = 4 * 1024 * 1024


class ArchiveRefused(Exception):
    """The archive is not accepted; `code` is a key of the sentences of `documents.py`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def check(data: bytes, extension: str) -> None:
    """Raises ArchiveRefused when the bytes are not a sound archive of that extension."""
    if data[:4] != b"PK\x03\x04":
        raise ArchiveRefused("signature")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_names(archive, extension)
            _read_through(archive, extension)
            if extension != "zip":
                _check_relations(archive)
    except ArchiveRefused:
        raise
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError):
        raise ArchiveRefused("broken") from None
    except (EOFError, MemoryError, UnicodeError, ValueError):
        raise ArchiveRefused("broken") from None


def _check_names(archive: zipfile.ZipFile, extension: str) -> None:
    members = archive.infolist()
    names = [member.filename for member in members]
    if len(names) > MOST_MEMBERS or len(set(names)) < len(names):
        raise ArchiveRefused("bomb")
    if any(member.flag_bits & 0x1 for member in members):
        raise ArchiveRefused("encrypted")
    if any(_leads_outside(name) for name in names):
        raise ArchiveRefused("outside")
    if extension == "zip":
        if any(PROGRAMS.search(name) for name in names):
            raise ArchiveRefused("program")
    else:
        _check_parts(archive, set(names), extension)


def _check_parts(archive: zipfile.ZipFile, names: set[str], extension: str) -> None:
    """The members by which an office document is known, and none that runs."""
    if EXPECTED[extension] not in names:
        raise ArchiveRefused("signature")
    if any(ACTIVE_MEMBERS.search(name) for name in names):
        raise ArchiveRefused("active")
    wanted = ODF_TYPES.get(extension)
    if wanted and ("mimetype" not in names or archive.read("mimetype")[:80].strip() != wanted):
        raise ArchiveRefused("signature")


def _leads_outside(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return (
        name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or not name.isprintable()
    )


def _read_through(archive: zipfile.ZipFile, extension: str) -> None:
    """Expand every member, piece by piece: sums and sizes are those of the content itself."""
    total = 0
    for member in archive.infolist():
        own, is_xml = 0, member.filename.lower().endswith((".xml", ".rels"))
        kept = bytearray()
        with archive.open(member) as content:
            while piece := content.read(CHUNK):
                own += len(piece)
                total += len(piece)
                most = max(UNCONCERNED, member.compress_size * MOST_EXPANSION)
                if total > LARGEST_EXPANDED or own > most:
                    raise ArchiveRefused("bomb")
                if is_xml and extension != "zip":
                    kept += piece
                    if ACTIVE_XML.search(kept):
                        raise ArchiveRefused("active")
                    del kept[:-4096]


def _check_relations(archive: zipfile.ZipFile) -> None:
    """Nothing of another machine is part of an office document (ECMA-376, part 2, 9.3)."""
    parts = [part for part in archive.infolist() if part.filename.lower().endswith(".rels")]
    if sum(part.file_size for part in parts) > LARGEST_RELATIONS:
        raise ArchiveRefused("bomb")
    try:
        relations = [one for part in parts for one in fromstring(archive.read(part)).iter()]
    except ParseError:
        raise ArchiveRefused("broken") from None
    external = [one for one in relations if one.get("TargetMode") == "External"]
    if any(FETCHED.search(one.get("Type", "")) for one in external):
        raise ArchiveRefused("active")
