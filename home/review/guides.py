"""Guiding words of a starter that nobody has replaced yet."""

from collections.abc import Iterator
from typing import Any

from wagtail.blocks import StreamValue

from home.services import guiding

from .parts import Place
from .remarks import Check, Found, Hit
from .said import Said, place_of

CODE = "a-ecrire"
_SENTENCE = "Passage du modèle, à remplacer ou à retirer."


def to_write(said: Said) -> Found:
    for name in said.names:
        for place, held in _held(name, said.get(name)):
            for words in guiding.left_in(held):
                yield Hit(place, _SENTENCE, words)


def _held(name: str, value: Any) -> Iterator[tuple[Place, Any]]:
    """Each block on its own, so that a remark leads to it."""
    if not isinstance(value, StreamValue):
        yield Place(name), value
        return
    for number, child in enumerate(value, 1):
        yield place_of(name, number, child), child.get_prep_value()


CHECKS = (Check(CODE, "Passage du modèle à écrire", to_write),)
