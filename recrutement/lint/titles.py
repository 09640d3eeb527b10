"""Whether the title of an offer speaks to women and men alike (Code du travail, art. L1132-1)."""

import re

_H_OR_F = re.compile(r"\b(?:h\s*/\s*f|f\s*/\s*h)\b", re.IGNORECASE)
# As in « chargé·e », « formateur·rice », « chef(fe) », « directeur/trice ».
_INCLUSIVE = re.compile(
    r"\w[·•․.(/-](?:e|ne|le|te|fe|sse|esse|ère|ière|ienne|rice|trice|euse)s?\b", re.IGNORECASE
)
# « Formatrice ou formateur », « Chargée / chargé » : two words that begin alike.
_DOUBLE = re.compile(r"\b(\w{3,})\w*\s*(?:/|,|\bou\b|\bet\b)\s*\1\w*", re.IGNORECASE)
_EPICENES = frozenset(
    {
        "analyste",
        "architecte",
        "archiviste",
        "bénévole",
        "cadre",
        "comptable",
        "documentaliste",
        "ergonome",
        "gestionnaire",
        "graphiste",
        "guide",
        "interprète",
        "journaliste",
        "juriste",
        "pilote",
        "psychologue",
        "responsable",
        "secrétaire",
        "sociologue",
        "spécialiste",
        "stagiaire",
        "volontaire",
    }
)


def speaks_to_all(title: str) -> bool:
    """True with (H/F), a double or inclusive form, or a first noun that is the same for all."""
    if _H_OR_F.search(title) or _INCLUSIVE.search(title) or _DOUBLE.search(title):
        return True
    first_word = re.match(r"\W*(\w+)", title)
    return first_word is not None and first_word[1].lower() in _EPICENES
