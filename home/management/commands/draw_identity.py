"""Draw the pictures that browsers, phones and social networks ask for, from our own SVG.

    .venv/bin/python manage.py draw_identity

They are kept with the code (`static/icons`): run this again when the mark or the card changes.
"""

from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from PIL import Image

from home.services.web_of_links import weave
from site_enys.pdf import render_png

ICONS = Path(settings.BASE_DIR, "static/icons")
MARK = "mark-on-dark.svg"
#: The corners, and the width of the mark in 512: a phone cuts the corners of its icon itself.
ROUNDED, SQUARE = (96, 416), (0, 340)
TOUCH_SIZE = 180
#: What a tab shows, by the density of the screen.
TAB_SIZES = [(16, 16), (32, 32), (48, 48)]
_COLOURS = 64


class Command(BaseCommand):
    help = "Dessine les icônes et la carte de partage du site dans static/icons."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--into", default=ICONS, type=Path, help="Un autre dossier.")

    def handle(self, *args: Any, into: Path, **options: Any) -> None:
        _icon(ROUNDED).save(into / "favicon.ico", sizes=TAB_SIZES)
        touched = _icon(SQUARE).resize((TOUCH_SIZE, TOUCH_SIZE))
        _light(touched).save(into / "apple-touch-icon.png", optimize=True)
        card = _picture("documents/social_card.typ", _card())
        _light(card).save(into / "share.png", optimize=True)
        self.stdout.write(f"Les icônes et la carte de partage sont dessinées dans {into}.")


def _icon(shape: tuple[int, int]) -> Image.Image:
    radius, width = shape
    data = {
        "site": settings.WAGTAIL_SITE_NAME,
        "mark": (ICONS / MARK).read_text(),
        "radius": radius,
        "mark_width": width,
    }
    return _picture("documents/icon.typ", data)


def _card() -> dict[str, Any]:
    """The card of a page that has no picture, drawn as those of the articles are."""
    web = weave("action sociale", 340, 170, 14)
    knots = [asdict(knot) | {"shoulders": knot.shoulders} for knot in web.knots]
    return {
        "site": settings.WAGTAIL_SITE_NAME,
        "title": "Donner forme à l’action\u00a0sociale",
        "author": "Ingénierie sociale",
        "day": "conseil, stratégie, évaluation, formation",
        "web": {"width": web.width, "height": web.height, "path": web.path, "knots": knots},
    }


def _picture(template: str, data: dict[str, Any]) -> Image.Image:
    return Image.open(BytesIO(render_png(template, data))).convert("RGBA")


def _light(picture: Image.Image) -> Image.Image:
    """A few colours are enough for a flat drawing."""
    return picture.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
