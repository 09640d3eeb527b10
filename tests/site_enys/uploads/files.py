"""Files as people and attackers make them."""

import io
import struct
import zipfile
import zlib

from PIL import Image
from PIL.PngImagePlugin import PngInfo

SECRET = b"SECRET"
CONTENT_TYPES = b'<?xml version="1.0"?><Types xmlns="x"></Types>'


def tagged_exif(orientation=1):
    exif = Image.Exif()
    exif[0x010E] = "SECRET description"
    exif[0x0112] = orientation
    exif[0x8825] = {1: "N", 2: (48.0, 51.0, 30.0), 29: "SECRET day"}
    return exif


def picture(kind="JPEG", size=(60, 40), orientation=1, mode="RGB", **options):
    """A picture, red in its first corner, with all that a telephone writes beside it."""
    image = Image.new(mode, size, "white" if mode != "CMYK" else (0, 0, 0, 0))
    if mode == "RGB":
        image.paste((255, 0, 0), (0, 0, size[0] // 3, size[1] // 2))
    if kind == "PNG":
        options["pnginfo"] = PngInfo()
        options["pnginfo"].add_text("Author", "SECRET author", zip=True)
        options["pnginfo"].add_itxt("XML:com.adobe.xmp", "<x>SECRET</x>")
    if kind != "GIF":
        options |= {"exif": tagged_exif(orientation), "xmp": b"<x>SECRET</x>"}
    out = io.BytesIO()
    image.save(out, kind, comment=b"SECRET comment", **options)
    return out.getvalue()


def iptc_jpeg():
    """With a block of IPTC and a thumbnail of another picture, as press tools write."""
    plain = picture()
    block = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x10SECRET byline..."
    return plain[:2] + b"\xff\xed" + struct.pack(">H", len(block) + 2) + block + plain[2:]


def animation(frames, size=(4, 4), kind="GIF"):
    images = [Image.new("L", size, number * 37 % 256) for number in range(frames)]
    out = io.BytesIO()
    images[0].save(out, kind, save_all=True, append_images=images[1:], duration=40, loop=0)
    return out.getvalue()


def png_announcing(width, height):
    """A header of a few bytes that promises more points than any memory holds."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(64))), (b"IEND", b""))
    )


def webp_announcing(width, height):
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\x02\x00\x00\x00" + canvas
    return b"RIFF" + struct.pack("<I", len(body)) + body


def archive(members, *, first=(), encrypted=False):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in (*first, *members.items()):
            made.writestr(name, data)
    data = out.getvalue()
    if encrypted:  # the flag of each local header and of each line of the directory
        data = bytearray(data)
        for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            start = data.find(mark)
            while start >= 0:
                data[start + place] |= 1
                start = data.find(mark, start + 4)
        data = bytes(data)
    return data


def docx(**more):
    return archive({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": b"<w:d/>"} | more)


def office(kind, more=None):
    """A small document of each kind, with other members when they are given."""
    more = more or {}
    if kind == "docx":
        return docx(**more)
    if kind == "xlsx":
        return archive({"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.xml": b"<w/>"} | more)
    name = {"odt": "text", "ods": "spreadsheet"}[kind]
    mime = f"application/vnd.oasis.opendocument.{name}"
    return archive({"mimetype": mime, "content.xml": b"<o/>"} | more)
