"""Short names for the blocks that the demonstration texts are made of."""

from collections.abc import Iterable, Sequence
from typing import Any

from wagtail.models import Page
from wagtail.rich_text import RichText

from home.models import CustomImage

Block = tuple[str, Any]


def text(html: str) -> Block:
    return ("paragraph", RichText(html.strip()))


def heading(title: str, lead: str = "") -> Block:
    return ("heading", {"text": title, "lead": lead})


def quote(words: str, source: str = "") -> Block:
    return ("quote", {"text": words, "source": source})


def steps(title: str, *rows: tuple[str, str]) -> Block:
    return (
        "steps",
        {"title": title, "steps": [{"title": name, "text": what} for name, what in rows]},
    )


def figures(source: str, *rows: tuple[str, str]) -> Block:
    return (
        "key_figures",
        {"figures": [{"value": value, "text": what} for value, what in rows], "source": source},
    )


def faq(title: str, *rows: tuple[str, str]) -> Block:
    questions = [{"question": asked, "answer": RichText(f"<p>{said}</p>")} for asked, said in rows]
    return ("faq", {"title": title, "questions": questions})


def callout(title: str, html: str, tone: str = "info") -> Block:
    return ("callout", {"tone": tone, "title": title, "text": RichText(html)})


def call(title: str, words: str, label: str, page: Page) -> Block:
    return (
        "call_to_action",
        {"title": title, "text": words, "link": {"text": label, "page": page, "url": ""}},
    )


def choice(title: str, pages: Iterable[Page]) -> Block:
    return ("pages", {"title": title, "pages": list(pages)})


def team(title: str, *rows: tuple[str, str, str]) -> Block:
    names = ("name", "role", "words")
    return (
        "team",
        {"title": title, "people": [dict(zip(names, row, strict=True)) for row in rows]},
    )


def said_by(words: str, name: str, role: str, organisation: str) -> Block:
    said = {"text": words, "name": name, "role": role, "organisation": organisation}
    return ("testimonial", said | {"agreed": True})


def mission(title: str, **told: str) -> Block:
    return ("client_reference", {"title": title} | told)


def opened_page(page: Page, label: str, lead: str) -> Block:
    return ("opened_page", {"page": page, "text": label, "lead": lead})


def table(caption: str, headings: Sequence[str], *rows: Sequence[str]) -> Block:
    columns = [{"type": "text", "heading": heading} for heading in headings]
    values = [{"values": list(row)} for row in rows]
    return ("table", {"caption": caption, "columns": columns, "rows": values})


def teaser(kind: str, count: int = 3) -> Block:
    return ("teaser", {"kind": kind, "count": count})


def picture(image: CustomImage, caption: str, width: str = "text") -> Block:
    image.contextual_alt_text = image.description
    image.decorative = False
    return ("picture", {"image": image, "caption": caption, "width": width})


def sector(title: str, *rows: tuple[str, str, str, str]) -> Block:
    names = ("client", "place", "mission", "years")
    return (
        "sector",
        {"title": title, "references": [dict(zip(names, row, strict=True)) for row in rows]},
    )
