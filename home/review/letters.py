"""How a text is written, whatever it says."""

import re

from site_enys.french import EMPTY_WORDS, fold

_WORD = re.compile(r"[^\W\d_]+")
#: A word of capitals this long is no acronym: CAFERUIS, the longest of the trade, has eight.
_TOO_LONG_FOR_AN_ACRONYM = 9


def shouts(text: str) -> bool:
    """Whether a title is all in capitals, and not only made of acronyms."""
    words = _WORD.findall(text)
    if not words or any(word != word.upper() for word in words):
        return False
    return any(
        len(word) >= _TOO_LONG_FOR_AN_ACRONYM or (len(word) > 1 and fold(word) in EMPTY_WORDS)
        for word in words
    )


def count_words(text: str) -> int:
    return len(_WORD.findall(text))
