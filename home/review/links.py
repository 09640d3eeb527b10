"""Links: what their words say, and where they lead."""

import re
from collections import defaultdict

from home.services import reach
from site_enys.french import fold

from .blocks import NOTHING
from .parts import Link
from .remarks import Check, Found, Hit
from .said import Said
from .words import VAGUE_LINKS

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+\.(?:fr|com|org|net|eu|gouv\.fr)(?:/\S*)?", re.I)
_AROUND = " .,;:!?…()[]«»\"'→>\u00a0\u202f"


def _folded(link: Link) -> str:
    return " ".join(fold(link.text).replace("’", "'").split()).strip(_AROUND)


def _read(said: Said) -> list[Link]:
    """The links whose words were chosen by who wrote the page."""
    return [link for link in said.links if not link.titled]


def vague(said: Said) -> Found:
    for link in _read(said):
        words = _folded(link)
        if words in VAGUE_LINKS or words.startswith(("cliquez ici", "cliquer ici")):
            yield Hit(
                link.place,
                "Le lien ne dit pas où il mène\u00a0: écrivez-y le nom de ce qu’on trouvera.",
                link.text,
            )


def bare_address(said: Said) -> Found:
    for link in _read(said):
        if _ADDRESS.fullmatch(link.text.strip()) and "@" not in link.text:
            yield Hit(
                link.place,
                "Une adresse se lit mal à voix haute\u00a0: mettez à la place le nom de la page.",
                link.text,
            )


def wordless(said: Said) -> Found:
    for link in _read(said):
        if not link.text:
            yield Hit(
                link.place,
                "Un lien n’a pas de mots\u00a0: personne ne peut le voir.",
                link.address,
            )


def same_words(said: Said) -> Found:
    """Two links of the same words that lead to two places."""
    seen: dict[str, dict[object, Link]] = defaultdict(dict)
    for link in _read(said):
        words = _folded(link)
        if words and words not in VAGUE_LINKS:
            seen[words].setdefault(link.target, link)
    for others in seen.values():
        for link in list(others.values())[1:]:
            yield Hit(
                link.place,
                "Deux liens ont les mêmes mots et mènent à deux endroits\u00a0: distinguez-les.",
                link.text,
            )


def insecure(said: Said) -> Found:
    for link in said.links:
        if link.address.lower().startswith("http://"):
            yield Hit(
                link.place,
                "L’adresse commence par http://\u00a0: https:// protège la visite, essayez.",
                link.address,
            )


def nowhere(said: Said) -> Found:
    """Links to what is deleted, not published or reserved: the page shows their words only."""
    page_keys, document_keys = said.targets
    there = set(reach.pages(page_keys)), set(reach.documents(document_keys))
    for link in said.links:
        led = link.key and link.key in there[0 if link.key in page_keys else 1]
        if link.key and not led:
            yield Hit(link.place, _lost(link), link.text)
        elif not link.key and not link.address:
            yield Hit(link.place, "Ce lien ne mène nulle part\u00a0: choisissez où.", link.text)


def _lost(link: Link) -> str:
    if link.key == NOTHING:
        return "Ce qui est choisi ici n’existe plus, ou n’est pas encore choisi."
    return (
        "Le lien mène à une page ou à un document supprimé, en brouillon ou réservé\u00a0: "
        "sur le site, il ne reste que les mots."
    )


CHECKS = (
    Check("lien-vague", "Lien qui ne dit pas où il mène", vague),
    Check("lien-adresse", "Adresse en guise de lien", bare_address),
    Check("lien-sans-mots", "Lien sans mots", wordless),
    Check("liens-semblables", "Liens de mêmes mots", same_words),
    Check("lien-http", "Lien non protégé", insecure),
    Check("lien-mort", "Lien vers ce qui n’est pas en ligne", nowhere),
)
