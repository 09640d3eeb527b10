"""What goes with a text: its heading, its words, the source of its figures."""

from .parts import Figures, Place
from .remarks import Check, Found, Hit
from .said import Said


def filed(said: Said) -> Found:
    """Only for the kinds of pages that have categories."""
    if not said.has_field("categories"):
        return
    if not said.is_filled("categories"):
        yield Hit(Place("categories"), "Aucune catégorie\u00a0: choisissez-en une.")
    if said.has_field("tags") and not said.is_filled("tags"):
        yield Hit(
            Place("tags"),
            "Aucune étiquette\u00a0: deux ou trois mots relieront ce texte aux autres.",
        )


def illustrated(said: Said) -> Found:
    if said.has_field("image") and said.get("image") is None:
        yield Hit(Place("image"), "Il n’y a pas d’image.")


def sourced(said: Said) -> Found:
    for part in said.parts:
        if isinstance(part, Figures) and not part.source:
            yield Hit(part.place, "Ces chiffres n’ont pas de source.", part.first)


CHECKS = (
    Check("classement", "Sans catégorie ou sans étiquette", filed),
    Check("illustration", "Sans image", illustrated),
    Check("source", "Chiffres sans source", sourced),
)
