"""French as people type it and as software compares it.

Search compares stems, chosen by measure on 240 pairs of words of the trade (most are kept in
`tests/site_enys/test_french.py`): folding the accents and then stemming met 81 % of them, stemming
and then folding 83 %, and what is below 97 %. People leave accents out, and often only the accent
tells « chargée » from « charge »: so the endings that agreement adds go before the stemmer comes.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

from django.utils.text import slugify

import snowballstemmer

_STEMMER = snowballstemmer.stemmer("french")
# It keeps the word it works on in itself: two threads at once would mix theirs.
_STEMMING = Lock()
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})
_APOSTROPHE = "['’‘ʼ`´]"

# chargé·e·s, chargé.e, chargé(e)s, chargé/e, chargé-e, formateur·rice: the first form is kept.
_ENDING = "[eé]?e|[nlfvst]e|tes|s?se|esse|i?[eè]re|euse|t?rice|ice|elles?"
_POINT = "[·•‧⸱∙․.]"
_INCLUSIVE = re.compile(
    rf"(?<=[^\W\d_])(?:{_POINT}(?:{_ENDING})(?:{_POINT}?s)?|/(?:{_ENDING})s?"
    rf"|\((?:{_ENDING})s?\)s?|-(?:e|ne|euse|t?rice|i?[eè]re)(?:-?s)?)(?![^\W_])",
    re.IGNORECASE,
)
_ELISION = re.compile(
    rf"\b(?:[cdjlmnst]|(?:jus|lors|puis|quoi|pres|quel)?qu|entr){_APOSTROPHE}", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+")
LONGEST_STEM = 40

# Agreement, on a word already folded: number, then gender.
_AGREEMENT = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"s$", ""),
        (r"ee$", "e"),
        (r"(?<=\w\w)ere$", "er"),  # infirmière, conseillère
        (r"(?<=\w\w)ive$", "if"),
        (r"trice$", "teur"),
        (r"(?<=[lp])euse$", "eur"),  # travailleuse, développeuse; not heureuse
    )
)
_IRREGULAR = {
    "travaux": "travail",
    "baux": "bail",
    "cheffe": "chef",
    "maitresse": "maitre",
    "hotesse": "hote",
    "chercheuse": "chercheur",
    "employeuse": "employeur",
    "vendeuse": "vendeur",
    "manageuse": "manageur",
    "coordonnateur": "coordinateur",
    "coordonnatrice": "coordinateur",
}
_HOURS = re.compile(r"(\d+)h")  # « 35h » is « 35 h », whose letter says nothing
_SILENT_END = re.compile(r"(?<=\w\w\w)[ei]+$")
#: Blanks at which a line may break: those of « Pourquoi ? » are not.
_LOOSE = re.compile(r"[^\S\u00a0\u202f]+")

# Words that say nothing about what a text speaks of, folded.
EMPTY_WORDS = frozenset(
    [
        "a",
        "as",
        "au",
        "aux",
        "avec",
        "c",
        "car",
        "ce",
        "ces",
        "cet",
        "cette",
        "chez",
        "comme",
        "d",
        "dans",
        "de",
        "des",
        "donc",
        "dont",
        "du",
        "elle",
        "elles",
        "en",
        "entre",
        "es",
        "est",
        "et",
        "eux",
        "il",
        "ils",
        "j",
        "je",
        "jusqu",
        "l",
        "la",
        "le",
        "les",
        "leur",
        "leurs",
        "lors",
        "lui",
        "m",
        "ma",
        "mais",
        "me",
        "mes",
        "moi",
        "mon",
        "n",
        "ne",
        "ni",
        "nos",
        "notre",
        "nous",
        "on",
        "ont",
        "ou",
        "par",
        "pas",
        "pour",
        "puis",
        "qu",
        "quand",
        "que",
        "quel",
        "quelle",
        "quelles",
        "quels",
        "qui",
        "quoi",
        "s",
        "sa",
        "sans",
        "se",
        "ses",
        "si",
        "son",
        "sont",
        "sous",
        "sur",
        "t",
        "ta",
        "te",
        "tes",
        "toi",
        "ton",
        "tu",
        "un",
        "une",
        "vers",
        "vos",
        "votre",
        "vous",
        "y",
    ]
)


class Word(NamedTuple):
    """A word of a text: its stem, and where it stands."""

    stem: str
    start: int
    end: int


def fold(text: str) -> str:
    """Return the text in lower case, without accents or ligatures."""
    if text.isascii():  # most names: ten thousand are compared where one is looked for
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES).casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def address_of(text: str) -> str:
    """The text as a part of an address: « L’œuvre » gives « l-oeuvre ».

    Empty when no letter of it is of our alphabet.
    """
    return slugify(re.sub(_APOSTROPHE, " ", fold(text)))


def words(text: str) -> Iterator[Word]:
    """Yield the meaningful words of a French text, with their stems and positions.

    Inclusive endings, elisions and empty words are passed over, so that « l’évaluation »,
    « chargé·e » and « mission d’insertion » meet « evaluation », « charge », « mission insertion ».
    """
    # Blanks of the same length keep the positions true.
    plain = _ELISION.sub(_blank, _INCLUSIVE.sub(_blank, text))
    for match in _WORD.finditer(plain):
        stem = _stem(match.group()[:LONGEST_STEM])
        if stem:
            yield Word(stem, match.start(), match.end())


def stems(text: str) -> list[str]:
    """Return the stems of the meaningful words of a French text, in order."""
    return [word.stem for word in words(text)]


def plural(count: int, singular: str, plural_form: str = "") -> str:
    """« 0 place », « 1 place », « 2 places » : in French, plural begins at two."""
    return f"{count}\u00a0{singular if abs(count) < 2 else plural_form or singular + 's'}"


def as_sentences(texts: Iterable[str]) -> str:
    """One after the other, each with a full stop unless it ends with a sign of its own."""
    said = filter(None, (_LOOSE.sub(" ", text).strip() for text in texts))
    return " ".join(text if text[-1] in ".!?…:;," else f"{text}." for text in said)


def of(name: str) -> str:
    """« de Marc », « d’Inès », « d’octobre 2026 »."""
    return f"d’{name}" if fold(name[:1]) in set("aeiouh") else f"de {name}"


def enumeration(things: Sequence[str]) -> str:
    """« A », « A et B », « A, B et C »."""
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} et {things[-1]}"


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """The stem of one word, or nothing for an empty word."""
    folded = "".join(_WORD.findall(fold(word)))[:LONGEST_STEM]
    if folded in EMPTY_WORDS or (len(folded) == 1 and folded.isalpha()):
        return ""
    folded = _HOURS.sub(r"\1", folded) if _HOURS.fullmatch(folded) else folded
    folded = _IRREGULAR.get(folded) or _IRREGULAR.get(folded.removesuffix("s"), folded)
    if len(folded) > 3:
        for pattern, replacement in _AGREEMENT:
            folded = pattern.sub(replacement, folded)
    with _STEMMING:
        stemmed = _STEMMER.stemWord(folded)
    return _SILENT_END.sub("", stemmed)
