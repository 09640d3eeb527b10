"""PDFs written byte by byte: what no library would write, for the worse and for the better."""

import io
import zlib
from collections.abc import Mapping

PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PLAIN = {1: CATALOG, 2: PAGES, 3: PAGE}
SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"


def raw(objects: Mapping[int, bytes], *, trailer: bytes = b"", header: bytes = b"") -> bytes:
    """A file of these objects, with its table; `trailer` and `header` are added to theirs."""
    return b"%PDF-1.7\n" + header + section(objects, start=9 + len(header), trailer=trailer)


def section(objects: Mapping[int, bytes], *, start: int, trailer: bytes = b"") -> bytes:
    """Objects, their table and their trailer: a whole file, or one update of it at `start`."""
    body, table = b"", b"xref\n0 1\n0000000000 65535 f \n"
    for number, content in objects.items():
        table += b"%d 1\n%010d 00000 n \n" % (number, start + len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    end = b"trailer\n<< /Size 1000 /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n"
    return body + table + end % (trailer, start + len(body))


def updated(first: bytes, objects: Mapping[int, bytes]) -> bytes:
    """The same file saved once more, the way a program adds at the end."""
    former = first[first.rindex(b"startxref\n") + 10 : first.rindex(b"\n%%EOF")]
    return first + section(objects, start=len(first), trailer=b"/Prev " + former)


def stream(data: bytes, entries: bytes = b"", *, length: int | None = None) -> bytes:
    size = len(data) if length is None else length
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (size, entries, data)


def packed(
    contents: Mapping[int, bytes], *, count: int | None = None, entries: bytes = b""
) -> bytes:
    """An object stream (ISO 32000-1, 7.5.7) that holds these objects."""
    numbers, body = b"", b""
    for number, content in contents.items():
        numbers += b"%d %d " % (number, len(body))
        body += content + b" "
    said = b"/Type /ObjStm /N %d /First %d /Filter /FlateDecode %b"
    said %= (len(contents) if count is None else count, len(numbers), entries)
    return stream(zlib.compress(numbers + body), said)


def with_xref_stream(
    objects: Mapping[int, bytes], inside: Mapping[int, bytes], *, entries: bytes = b""
) -> bytes:
    """A file of version 1.5: its table is a stream, and `inside` lies in object stream 90."""
    output, offsets = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n", {}
    for number, content in {**objects, 90: packed(inside)}.items():
        offsets[number] = len(output)
        output += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    offsets[91] = len(output)
    places = {number: (2, 90, rank) for rank, number in enumerate(inside)}
    places |= {number: (1, offset, 0) for number, offset in offsets.items()}
    index, rows = b"", b""
    for number, (kind, place, rank) in sorted(places.items()):
        index += b"%d 1 " % number
        rows += bytes([kind]) + place.to_bytes(4, "big") + bytes([rank])
    said = b"/Type /XRef /Size 92 /W [1 4 1] /Index [%b] /Root 1 0 R /Filter /FlateDecode %b"
    output += b"91 0 obj\n%b\nendobj\n" % stream(zlib.compress(rows), said % (index, entries))
    return output + b"startxref\n%d\n%%%%EOF\n" % offsets[91]


def on_page(entries: bytes, **others: bytes) -> bytes:
    """A page with these entries; `others` are objects, as n10=b"…"."""
    numbered = {int(name[1:]): content for name, content in others.items()}
    return raw({**PLAIN, 3: PAGE[:-2] + entries + b" >>", **numbered})


def in_catalog(entries: bytes, **others: bytes) -> bytes:
    numbered = {int(name[1:]): content for name, content in others.items()}
    return raw({**PLAIN, 1: CATALOG[:-2] + entries + b" >>", **numbered})


def link(action: bytes) -> bytes:
    annotation = b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << %b >> >>" % action
    return on_page(b"/Annots [10 0 R]", n10=annotation)


def content(data: bytes, filters: bytes, extra: bytes = b"") -> bytes:
    return on_page(b"/Contents 10 0 R", n10=stream(data, b"/Filter " + filters + extra))


def jpeg() -> bytes:
    from PIL import Image  # noqa: PLC0415

    output = io.BytesIO()
    Image.effect_noise((400, 300), 40).convert("RGB").save(output, "JPEG")
    return output.getvalue()


# -- What must be refused ------------------------------------------------------------------------


def chain_of_pages(pages: int, *, announced: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(3, pages + 3))
    tree = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, announced)
    return raw({1: CATALOG, 2: tree} | dict.fromkeys(range(3, pages + 3), PAGE))


def loop_of_pages() -> bytes:
    tree = b"<< /Type /Pages /Kids [4 0 R] /Count 1 /Parent 4 0 R >>"
    back = b"<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>"
    return raw({1: CATALOG, 2: tree, 4: back})


def deep_tree(depth: int) -> bytes:
    objects = {1: CATALOG}
    for number in range(2, depth + 2):
        objects[number] = b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (number + 1)
    return raw(objects | {depth + 2: PAGE})


def wide_loop() -> bytes:
    """Each level names the next one ten times: ten pages to the tenth power."""
    objects = {1: CATALOG}
    for number in range(2, 12):
        kids = b"%d 0 R " % (number + 1) * 10
        objects[number] = b"<< /Type /Pages /Kids [%b] /Count 1 >>" % kids
    return raw(objects | {12: PAGE})


def script_under_an_update() -> bytes:
    """Opened now, nothing; « return to the previous version » finds the script."""
    first = raw({**PLAIN, 1: CATALOG[:-2] + b"/OpenAction %b >>" % SCRIPT})
    return updated(first, {1: CATALOG})


def packed_script_under_an_update() -> bytes:
    first = with_xref_stream({1: CATALOG, 2: PAGES, 3: PAGE}, {20: SCRIPT})
    return updated(first, {90: b"<< >>", 20: b"<< >>"})


def nested(filters: int, data: bytes = b"BT ET") -> bytes:
    for _ in range(filters):
        data = data.hex().encode() + b">"
    return content(data, b"[" + b"/ASCIIHexDecode " * filters + b"]")


def linearized() -> bytes:
    """Written for the web: the table of the first page stands before the objects."""
    head = b"%PDF-1.4\n"
    first = {
        10: b"<< /Linearized 1 /L 999 /O 3 /E 400 /N 1 /T 500 /H [0 0] >>",
        1: CATALOG,
        3: PAGE,
    }
    table = len(head)
    size = len(b"xref\n0 1\n0000000000 65535 f \n") + 3 * 26 + 3
    start, places, body = table + size + 90, {}, b""
    for number, content in first.items():
        places[number] = start + len(body)
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    second = start + len(body)
    later = b"2 0 obj\n%b\nendobj\n" % PAGES
    rows = b"".join(b"%d 1\n%010d 00000 n \n" % pair for pair in places.items())
    top = b"xref\n0 1\n0000000000 65535 f \n" + rows
    top += b"trailer\n<< /Size 11 /Root 1 0 R /Prev %d >>\n" % (second + len(later))
    top += b"startxref\n0\n%%EOF\n"
    top += b" " * (start - table - len(top))
    end = b"xref\n2 1\n%010d 00000 n \ntrailer\n<< /Size 11 >>\n" % second
    return head + top + body + later + end + b"startxref\n%d\n%%%%EOF\n" % table
