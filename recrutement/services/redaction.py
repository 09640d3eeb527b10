"""What can be blacked out of a text so that it does not tell who wrote it: a best effort.

Names, addresses, numbers and web addresses go; a place, a school or a turn of phrase may still
tell, and the screens say so.
"""

import re
import unicodedata

from recrutement.models import Application
from site_enys.french import fold

HIDDEN = "▇▇▇"
# The first character cannot follow another of the same kind: no text makes these slow.
_EMAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]{1,64}\s?(?:@|\[at\]|\(at\))\s?[\w-]+(?:\.[\w-]+)+")
_WEB = re.compile(
    r"(?<![\w.-])(?:https?://\S+|www\.\S+|[\w-]{1,63}(?:\.[\w-]{1,63}){0,3}"
    r"\.(?:fr|com|org|net|eu|io|me|info|be|ch|ca|dev)(?![\w.-]*@)\b(?:/\S*)?)",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@])@[\w.]{2,40}")
# Not any run of figures: the years of a career are worth reading.
_PHONE = re.compile(
    r"(?<!\d)(?:0[1-9](?:[\s.-]?\d\d){4}|(?:\+|00)\s?\d(?:[\s.()-]{0,3}\d){7,13})(?!\d)"
)
_NAME_PART = re.compile(r"[^\W_]+")
#: Parts of many names that are also plain words: alone, they tell nothing.
_PARTICLES = frozenset(["de", "des", "du", "la", "le", "les", "el", "al", "da", "do", "van", "von"])


def redact(text: str, application: Application) -> str:
    """The text without the names, addresses, numbers and web addresses of the person."""
    text = unicodedata.normalize("NFC", text)
    for pattern in (_EMAIL, _WEB, _HANDLE, _PHONE):
        text = pattern.sub(HIDDEN, text)
    return _without_names(text, application.full_name)


def _without_names(text: str, full_name: str) -> str:
    """Without each word that is a part of the name, whatever its accents and its capitals."""
    parts = [fold(part) for part in _NAME_PART.findall(full_name)]
    alone = {part for part in parts if len(part) > 1} - _PARTICLES
    told = alone | {"".join(parts), "".join(reversed(parts))}
    return _NAME_PART.sub(lambda word: HIDDEN if fold(word.group()) in told else word.group(), text)
