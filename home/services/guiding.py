"""The guiding words of a page starter: they say what to write, and never go online."""

import json
import re
from typing import Any

from wagtail.blocks import StreamValue

#: They stand between brackets, so that they are seen at a glance and replaced as a whole.
_GUIDE = re.compile(r"\[À écrire\b[^\[\]]*\]?")


def guide(words: str) -> str:
    """The words that stand where `words` should be written."""
    return f"[À écrire\u00a0: {words}]"


def guided_text(title: str, *guides: str) -> tuple[str, str]:
    """A block of text under its heading, where each paragraph is to be written."""
    paragraphs = "".join(f"<p>{guide(words)}</p>" for words in guides)
    return ("paragraph", f"<h2>{title}</h2>{paragraphs}")


def left_in(value: Any) -> list[str]:
    """The guiding words that are still in a text, in a body or in one of its blocks."""
    if isinstance(value, StreamValue):
        value = value.get_prep_value()
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False, default=str)
    return _GUIDE.findall(value) if isinstance(value, str) else []


def refusal(found: list[str]) -> str:
    """Why a text with these guiding words does not go online."""
    if len(found) == 1:
        return f"Il reste un passage à écrire, entre crochets\u00a0: «\u00a0{found[0]}\u00a0»."
    return (
        f"Il reste {len(found)}\u00a0passages à écrire, entre crochets. Le premier\u00a0: "
        f"«\u00a0{found[0]}\u00a0». Remplacez-les, ou retirez ce qui ne sert pas."
    )
