"""Pictures of the demonstration: the web of links, drawn with Pillow from a seed."""

from io import BytesIO

from django.core.files.images import ImageFile

from PIL import Image, ImageDraw

from home.models import CustomImage
from home.services.web_of_links import NECK, SHOULDERS, Knot, Thread, weave

WIDTH, HEIGHT = 1600, 900
# Drawn larger, then reduced: Pillow does not smooth its lines.
SCALE = 2
#: Ground, line, fill and accent of each mood.
PALETTES = {
    "papier": ("#f1e8d7", "#0f4c5c", "#f7f2e8", "#a3431c"),
    "nuit": ("#12363f", "#b9dbe0", "#163f49", "#ea9a72"),
    "terre": ("#e9cdb8", "#5a2a16", "#f3dfcf", "#0f4c5c"),
}


def picture(title: str, description: str, seed: str, palette: str, count: int = 44) -> CustomImage:
    """Return the library's image of this title, drawn on the first call."""
    existing = CustomImage.objects.filter(title=title).first()
    if existing:
        return existing
    content = BytesIO()
    draw(seed, PALETTES[palette], count).save(content, "PNG", optimize=True)
    content.seek(0)
    image = CustomImage(title=title, description=description, credit="ENYS Conseil")
    image.file = ImageFile(content, name=f"{seed}.png")
    image.save()
    return image


def draw(seed: str, palette: tuple[str, str, str, str], count: int) -> Image.Image:
    ground, line, fill, accent = palette
    web = weave(seed, WIDTH, HEIGHT, count)
    sheet = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), ground)
    pen = ImageDraw.Draw(sheet)
    for thread in web.threads:
        pen.line(_curve(thread), fill=_between(line, ground), width=3 * SCALE)
    for knot in web.knots:
        _knot(pen, knot, stroke=accent if knot.accent else line, fill=fill)
    return sheet.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def _knot(pen: ImageDraw.ImageDraw, knot: Knot, *, stroke: str, fill: str) -> None:
    x, y, size = knot.x * SCALE, knot.y * SCALE, knot.size * SCALE
    width = 3 * SCALE
    if knot.kind == "person":
        half = size * SHOULDERS
        base = y + half + size * NECK
        box = (x - half, base - half, x + half, base + half)
        pen.pieslice(box, 180, 360, fill=fill)
        pen.arc(box, 180, 360, fill=stroke, width=width)
    solid = knot.kind != "ring"
    box = (x - size, y - size, x + size, y + size)
    pen.ellipse(box, fill=stroke if solid else fill, outline=stroke, width=width)


def _curve(thread: Thread, pieces: int = 24) -> list[tuple[float, float]]:
    """The points of a quadratic curve."""
    return [_point(thread, step / pieces) for step in range(pieces + 1)]


def _point(thread: Thread, t: float) -> tuple[float, float]:
    """Where the curve is at `t`, from 0 to 1."""
    before, middle, after = (1 - t) ** 2, 2 * t * (1 - t), t**2
    (x0, y0), (x1, y1), (x2, y2) = thread.start, thread.bend, thread.end
    return (
        SCALE * (before * x0 + middle * x1 + after * x2),
        SCALE * (before * y0 + middle * y1 + after * y2),
    )


def _between(one: str, other: str) -> tuple[int, ...]:
    """The colour half way: threads are quieter than people."""
    first, second = (
        [int(colour[place : place + 2], 16) for place in (1, 3, 5)] for colour in (one, other)
    )
    return tuple(round((a + b) / 2) for a, b in zip(first, second, strict=True))
