"""The title, the introduction and the description: what people read before they open the page."""

from .letters import shouts
from .parts import Place
from .remarks import Check, Found, Hit
from .said import Said

LONGEST_TITLE = 70
#: What search engines and lists show of a description, in characters.
DESCRIPTION = range(50, 161)
#: What they make of an introduction, which stands in for a description.
INTRODUCTION = range(50, 301)


def long_title(said: Said) -> Found:
    length = len(said.text("title"))
    if length > LONGEST_TITLE:
        yield Hit(
            Place("title"),
            f"Titre long\u00a0: {length}\u00a0signes. Au-delà de {LONGEST_TITLE}, il est coupé "
            "dans les listes et par les moteurs de recherche.",
            said.text("title"),
        )


def shouted_title(said: Said) -> Found:
    if shouts(said.text("title")):
        yield Hit(Place("title"), "Titre en capitales\u00a0: écrivez-le en minuscules.")


def description(said: Said) -> Found:
    """Missing, too short or too long; a fair introduction stands in for one that is missing."""
    place, length = Place("search_description"), len(said.text("search_description"))
    advised = f"de {DESCRIPTION[0]} à {DESCRIPTION[-1]}\u00a0signes"
    if not length:
        if len(said.text(said.page.summary_field)) in INTRODUCTION:
            return
        yield Hit(
            place,
            f"Il manque une description pour les moteurs de recherche et les listes, {advised} "
            "(onglet Promotion).",
        )
    elif length not in DESCRIPTION:
        size = "courte" if length < DESCRIPTION[0] else "longue"
        yield Hit(
            place,
            f"Description trop {size}\u00a0: {length}\u00a0signes, au lieu {advised}.",
            said.text("search_description"),
        )


def introduction(said: Said) -> Found:
    name = said.page.summary_field
    if said.has_field(name) and not said.text(name):
        yield Hit(
            Place(name),
            "Il n’y a pas d’introduction\u00a0: dites en deux phrases le sujet.",
        )


CHECKS = (
    Check("titre-long", "Titre long", long_title),
    Check("titre-capitales", "Titre en capitales", shouted_title),
    Check("description", "Description à écrire ou à reprendre", description),
    Check("introduction", "Sans introduction", introduction),
)
