"""French as people type it and as software compares it."""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

_STEMMER = snowballstemmer.stemmer("french")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "’": "'", "ʼ": "'"})
# chargé·e, chargé(e), chargé/e, chargé.e.s : the first form is the one people search for.
_INCLUSIVE = re.compile(
    r"(?<=\w)(?:[·•․]|\.(?=[a-zà-ÿ]{1,5}\b)|/|\()(?:e|ne|le|se|rice|trice|euse)s?\)?(?:[·.]s)?\b\)?"
)
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'", re.IGNORECASE)
_WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """Return the text in lower case, without accents or ligatures."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES).casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    # The stemmer knows accented French; what it returns is folded, so that a query typed
    # without accents meets the same stem as often as possible.
    return fold(_STEMMER.stemWord(fold(word)))


def stems(text: str) -> list[str]:
    """Return the stems of the words of a French text, in order.

    Inclusive endings and elisions are removed first, so that « l'évaluation », « chargé·e » and
    « charge » give what one expects of « evaluation » and « chargé ».
    """
    plain = _INCLUSIVE.sub("", text.translate(_LIGATURES).lower())
    return [_stem(word) for word in _WORD.findall(_ELISION.sub(" ", plain))]


def plural(count: int, singular: str, plural_form: str = "") -> str:
    """« 0 place », « 1 place », « 2 places » : in French, plural begins at two."""
    return f"{count}\u00a0{singular if abs(count) < 2 else plural_form or singular + 's'}"
