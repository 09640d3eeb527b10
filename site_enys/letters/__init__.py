"""E-mails: one template says what a message says, and both of its parts are made from that.

`emails/<kind>.html` extends `emails/parts/letter.html` and fills its blocks: to whom it goes and
when (`sent`), the subject, the body, why one receives it (`reason`). It holds words and no clothes:
the text part is read from it, the HTML part is it again in the frame, so that neither can say more
than the other.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from bs4 import BeautifulSoup, Tag

from .clothes import BODY, DARK, FOOT, FRAME, LIGHT, dress
from .text import as_text, wrapped

_SPACES = re.compile(r"[ \t\r\n]+")

__all__ = ["Letter", "compose", "kinds", "subject_of", "when_sent", "wrapped"]


@dataclass(frozen=True)
class Letter:
    """What leaves: a subject on one line, and the two parts."""

    subject: str
    text: str
    html: str


def compose(kind: str, context: Mapping[str, Any], *, answerable: bool = False) -> Letter:
    """Make the letter of this kind; `answerable` when somebody reads the answers to it."""
    subject, body, foot = _said(kind, context, answerable=answerable)
    text = f"{as_text(body)}\n\n--\n{as_text(foot)}\n"
    return Letter(subject, text, _framed(subject, body, foot))


def subject_of(kind: str, context: Mapping[str, Any]) -> str:
    """The subject alone."""
    return _said(kind, context)[0]


def _said(
    kind: str, context: Mapping[str, Any], *, answerable: bool = False
) -> tuple[str, Tag, Tag]:
    """The subject, the body and the foot, as the template says them."""
    full = {
        "site_url": settings.SITE_URL,
        "site_name": settings.WAGTAIL_SITE_NAME,
        "telling": False,
        "answerable": answerable,
        **context,
    }
    said = BeautifulSoup(render_to_string(f"emails/{kind}.html", full), "html.parser")
    subject, body, foot = (_part(said, name) for name in ("title", "main", "footer"))
    # On one line whatever was typed: a line break would begin another header.
    return _SPACES.sub(" ", subject.get_text()).strip(), body, foot


def kinds() -> list[str]:
    """Every kind of message that has its template."""
    return sorted(path.stem for path in (settings.BASE_DIR / "templates/emails").glob("*.html"))


def when_sent(kind: str) -> str:
    """To whom a message of this kind goes, and when: a sentence that its own template says."""
    said = render_to_string(f"emails/{kind}.html", {"telling": True})
    return BeautifulSoup(said, "html.parser").get_text().strip()


def _part(said: BeautifulSoup, name: str) -> Tag:
    found = said.find(name)
    if not isinstance(found, Tag):
        raise LookupError(f"A letter without its <{name}>")
    return found


def _framed(title: str, body: Tag, foot: Tag) -> str:
    """The message in its frame, with its styles on."""
    blocks = (block for block in as_text(body).split("\n\n") if not block.startswith("Bonjour"))
    frame = {
        "title": title,
        "lead": next(blocks, ""),
        # Escaped when our own template was rendered.
        "body": mark_safe(dress(body, BODY)),  # noqa: S308
        "foot": mark_safe(dress(foot, FOOT)),  # noqa: S308
        "site_name": settings.WAGTAIL_SITE_NAME,
        "styles": FRAME,
        "light": LIGHT,
        "dark": DARK,
    }
    return render_to_string("emails/parts/frame.html", frame)
