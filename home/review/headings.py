"""Headings: the plan of the page, which people listen to before they read."""

import re

from site_enys.french import fold

from .letters import count_words, shouts
from .parts import Heading, Paragraph
from .remarks import Check, Found, Hit
from .said import Said
from .words import ABBREVIATIONS

_LAST_WORD = re.compile(r"(\w+)\.\Z")
_MOST_WORDS_OF_A_HEADING = 12


def order(said: Said) -> Found:
    """A heading of the third level without one of the second above it, and so on."""
    for whole, parts in said.bodies:
        above = 1 if whole else 2
        for heading in (part for part in parts if isinstance(part, Heading)):
            if heading.level > above + 1:
                yield Hit(
                    heading.place,
                    f"Ce titre de niveau {heading.level} vient sans titre de niveau "
                    f"{heading.level - 1} au-dessus de lui.",
                    heading.text,
                )
            above = heading.level


def empty(said: Said) -> Found:
    for heading in said.headings:
        if not heading.text:
            yield Hit(heading.place, "Un intertitre est vide\u00a0: écrivez-le ou retirez-le.")


def shouted(said: Said) -> Found:
    for heading in said.headings:
        if shouts(heading.text):
            yield Hit(
                heading.place,
                "Intertitre en capitales\u00a0: écrivez-le en minuscules.",
                heading.text,
            )


def full_stop(said: Said) -> Found:
    for heading in said.headings:
        last = _LAST_WORD.search(heading.text)
        if last and fold(last[1]) not in ABBREVIATIONS and not last[1].isupper():
            yield Hit(heading.place, "Un titre se passe de point final.", heading.text)


def bold_paragraph(said: Said) -> Found:
    """A short paragraph all in bold, with text below: a heading that no reading aloud announces."""
    for part in said.paragraphs:
        if _looks_like_a_heading(part):
            yield Hit(
                part.place,
                "Ce paragraphe en gras sert de titre\u00a0: faites-en un vrai titre.",
                part.text,
            )


def _looks_like_a_heading(part: Paragraph) -> bool:
    if not (part.all_bold and part.followed):
        return False
    ends = part.text.strip().endswith((".", "!", "…", ";", ","))
    return count_words(part.text) <= _MOST_WORDS_OF_A_HEADING and not ends


CHECKS = (
    Check("ordre-titres", "Ordre des titres", order),
    Check("titre-vide", "Intertitre vide", empty),
    Check("intertitre-capitales", "Intertitre en capitales", shouted),
    Check("point-final", "Titre avec un point final", full_stop),
    Check("gras-titre", "Gras en guise de titre", bold_paragraph),
)
