"""PDFs that a candidate, or somebody worse, could send."""

import io
import zlib
from collections.abc import Callable
from functools import cache

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    NumberObject,
    TextStringObject,
)


def pdf(pages: int = 1, change: Callable[[PdfWriter], object] = lambda writer: None) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=595, height=842)
    change(writer)
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def encrypted() -> bytes:
    return pdf(change=lambda writer: writer.encrypt("secret", algorithm="RC4-128"))


def with_javascript() -> bytes:
    """A script that runs at opening, through the names of the catalogue."""
    script = dictionary(S=NameObject("/JavaScript"), JS=TextStringObject("app.alert(1)"))
    names = ArrayObject([TextStringObject("bonjour"), script])
    return with_catalog(Names=dictionary(JavaScript=dictionary(Names=names)))


def with_embedded_file() -> bytes:
    return pdf(change=lambda writer: writer.add_attachment("outil.exe", b"MZ"))


def with_catalog(**entries: object) -> bytes:
    def change(writer: PdfWriter) -> None:
        for key, value in entries.items():
            writer.root_object[NameObject(f"/{key}")] = value

    return pdf(change=change)


def dictionary(**entries: object) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def with_open_action(kind: str) -> bytes:
    action = dictionary(S=NameObject(f"/{kind}"), JS=TextStringObject("app.alert(1)"))
    return with_catalog(OpenAction=action)


def with_destination() -> bytes:
    """What word processors write: open at the first page. Harmless."""

    def change(writer: PdfWriter) -> None:
        page = writer.pages[0].indirect_reference
        writer.root_object[NameObject("/OpenAction")] = ArrayObject([page, NameObject("/Fit")])

    return pdf(change=change)


def with_launch() -> bytes:
    link = dictionary(
        Type=NameObject("/Annot"),
        Subtype=NameObject("/Link"),
        A=dictionary(S=NameObject("/Launch"), F=TextStringObject("cmd.exe")),
    )

    def change(writer: PdfWriter) -> None:
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(link)])

    return pdf(change=change)


def with_additional_action() -> bytes:
    def change(writer: PdfWriter) -> None:
        writer.pages[0][NameObject("/AA")] = dictionary(O=dictionary(S=NameObject("/Named")))

    return pdf(change=change)


def with_xfa() -> bytes:
    return with_catalog(AcroForm=dictionary(XFA=TextStringObject("<xdp/>")))


def with_stream(data: bytes, *filters: str) -> bytes:
    """A page whose content is `data`, already compressed by `filters`."""

    def change(writer: PdfWriter) -> None:
        stream = EncodedStreamObject() if filters else DecodedStreamObject()
        stream._data = data
        names = [NameObject(f"/{name}") for name in filters]
        stream[NameObject("/Filter")] = ArrayObject(names)
        writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)

    return pdf(change=change)


def bomb(size: int = 400_000_000) -> bytes:
    return with_stream(deflated_zeros(size), "FlateDecode")


def nested_bomb() -> bytes:
    return with_stream(zlib.compress(deflated_zeros(400_000_000)), "FlateDecode", "FlateDecode")


@cache
def deflated_zeros(size: int) -> bytes:
    engine, chunk = zlib.compressobj(1), bytes(1_000_000)
    parts = [engine.compress(chunk) for _ in range(size // len(chunk))]
    return b"".join([*parts, engine.flush()])


def with_lying_count(pages: int) -> bytes:
    """More pages than the tree announces."""

    def change(writer: PdfWriter) -> None:
        writer.root_object["/Pages"][NameObject("/Count")] = NumberObject(1)

    return pdf(pages, change)


def zip_polyglot() -> bytes:
    """A PDF to a PDF reader, an archive to an unzipper."""
    import zipfile  # noqa: PLC0415

    whole = pdf()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("outil.exe", b"MZ")
        archive.comment = b"\n%%EOF\n"
    return whole + packed.getvalue()
