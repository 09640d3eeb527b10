"""The picture that is shown of an article when it is shared: its title, who signs it, the day."""

from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

from django.conf import settings
from django.urls import reverse

from PIL import Image

from blog.models import PostPage
from home.services.web_of_links import weave
from site_enys.feeds import for_xml
from site_enys.pdf import fingerprint, render_png
from site_enys.templatetags.typography import long_date, with_no_break_spaces

TEMPLATE = "documents/social_card.typ"
WIDTH, HEIGHT = 1200, 630
DIGEST_LENGTH = 16
#: The web of the header of the page: same seed, same size.
_WEB = (340, 170, 14)
_MOST_OF_A_NAME = 60
#: Paper, ink and accent, with the greys between them.
_COLOURS = 64
_FLAT = Image.Dither.NONE


@dataclass(frozen=True)
class SocialCard:
    """Where the picture is, as `og:image` names it."""

    url: str
    alt: str
    width: int = WIDTH
    height: int = HEIGHT


def card_of(post: PostPage) -> SocialCard:
    """The card of an article that is published: a complete address, and what it shows."""
    path = reverse("blog:social_card", args=[post.slug, digest(post)])
    return SocialCard(f"{settings.SITE_URL}{path}", f"{post.title} — {settings.WAGTAIL_SITE_NAME}")


def digest(post: PostPage) -> str:
    """What changes when, and only when, the picture does."""
    return fingerprint(TEMPLATE, card_data(post))[:DIGEST_LENGTH]


def card_data(post: PostPage) -> dict[str, Any]:
    """What `social_card.typ` draws. The same article gives the same data."""
    web = weave(post.title, *_WEB)
    knots = [asdict(knot) | {"shoulders": knot.shoulders} for knot in web.knots]
    return {
        "site": settings.WAGTAIL_SITE_NAME,
        "title": _printed(post.title),
        "author": _printed(str(post.author or ""))[:_MOST_OF_A_NAME],
        "day": long_date(post.date),
        "web": {"width": web.width, "height": web.height, "path": web.path, "knots": knots},
    }


def draw(post: PostPage) -> bytes:
    """The picture, as PNG. Takes a moment: never inside the page of the article."""
    drawn = BytesIO()
    with Image.open(BytesIO(render_png(TEMPLATE, card_data(post)))) as picture:
        few = picture.convert("RGB").quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=_FLAT)
        few.save(drawn, "PNG")
    return drawn.getvalue()


def _printed(text: str) -> str:
    return with_no_break_spaces(" ".join(for_xml(text).split()))
