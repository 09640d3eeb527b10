"""The text itself: its breath, its signs, and what a word processor left in it."""

import re

from .letters import count_words
from .parts import Paragraph
from .remarks import Check, Found, Hit
from .said import Said

LONGEST_PARAGRAPH = 150
LONGEST_SENTENCE = 50
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?…;])[\s\u00a0\u202f»”\"]+(?=[\W\d]*[A-ZÀ-Ý])|;\s|\n")
_EXCLAMATION = re.compile(r"!")
_DOUBLE_SPACE = re.compile(r"(?<=\S)(?: {2,}|\u00a0 +| +\u00a0)(?=\S)")
_THREE_POINTS = re.compile(r"(?<!\.)\.{3}(?!\.)")


def long_paragraph(said: Said) -> Found:
    for part in said.paragraphs:
        count = count_words(part.text)
        if count > LONGEST_PARAGRAPH:
            yield Hit(
                part.place,
                f"Paragraphe de {count}\u00a0mots\u00a0: au-delà de {LONGEST_PARAGRAPH}, "
                "l’œil se perd. Coupez-le.",
                part.text,
            )


def long_sentence(said: Said) -> Found:
    for part in said.paragraphs:
        for sentence in _BETWEEN_SENTENCES.split(part.text):
            count = count_words(sentence)
            if count > LONGEST_SENTENCE:
                yield Hit(
                    part.place,
                    f"Phrase de {count}\u00a0mots\u00a0: au-delà de {LONGEST_SENTENCE}, "
                    "on en oublie le début.",
                    sentence,
                )


def exclamations(said: Said) -> Found:
    shouted = [part for part in said.paragraphs if _EXCLAMATION.search(part.text)]
    count = sum(len(_EXCLAMATION.findall(part.text)) for part in shouted)
    if count > 1:
        yield Hit(
            shouted[-1].place,
            f"{count}\u00a0points d’exclamation dans la page\u00a0: un seul suffit.",
            _around(shouted[-1], _EXCLAMATION),
        )


def double_spaces(said: Said) -> Found:
    for part in said.paragraphs:
        if _DOUBLE_SPACE.search(part.text):
            yield Hit(part.place, "Il y a deux espaces de suite.", _around(part, _DOUBLE_SPACE))


def three_points(said: Said) -> Found:
    for part in said.paragraphs:
        if _THREE_POINTS.search(part.text):
            yield Hit(
                part.place,
                "Trois points tapés un à un\u00a0: le signe «\u00a0…\u00a0» se lit mieux.",
                _around(part, _THREE_POINTS),
            )


def remains(said: Said) -> Found:
    for part in said.paragraphs:
        if part.remains:
            yield Hit(
                part.place,
                "Ce texte garde la mise en forme d’un traitement de texte\u00a0: "
                "collez-le sans mise en forme (Ctrl + Maj + V).",
            )


def blank_paragraphs(said: Said) -> Found:
    for part in said.paragraphs:
        if part.empty:
            yield Hit(part.place, "Un paragraphe est vide\u00a0: l’espace se fait tout seul.")


def _around(part: Paragraph, pattern: re.Pattern[str]) -> str:
    """The words around the first thing that was found."""
    found = pattern.search(part.text)
    if found is None:
        return ""
    start = part.text.rfind(" ", 0, max(0, found.start() - 30)) + 1
    return part.text[start : found.end() + 30]


CHECKS = (
    Check("paragraphe-long", "Paragraphe long", long_paragraph),
    Check("phrase-longue", "Phrase longue", long_sentence),
    Check("exclamations", "Points d’exclamation", exclamations),
    Check("espaces", "Espaces doubles", double_spaces),
    Check("points-suspension", "Points de suspension", three_points),
    Check("traitement-de-texte", "Reste d’un traitement de texte", remains),
    Check("paragraphe-vide", "Paragraphe vide", blank_paragraphs),
)
