"""Which comments are set apart, and why. Nothing is ever dropped: staff reads them all the same."""

import hashlib
import re
import unicodedata
from datetime import datetime, timedelta

from blog.enums import Suspicion
from blog.models import BlogIndexPage, Comment
from site_enys.french import fold

from .received import Received

#: A whole office may share one connection; beyond this, it looks like somebody insisting.
MOST_A_DAY = 5
#: « Merci pour cet article ! » is written by many people, and says nothing of any of them.
SHORTEST_REPEATED = 40
#: As long as an unwanted comment is kept.
REPEATED_WITHIN = timedelta(days=180)
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"'«»]*", re.IGNORECASE)
_FEWEST_LETTERS_BESIDE_A_LINK = 5


def suspicions(received: Received, blog: BlogIndexPage, now: datetime) -> list[Suspicion]:
    """Every reason to set this comment apart, by the settings of the blog at this instant."""
    links = _LINK.findall(f"{received.name}\n{received.text}")
    found = {
        Suspicion.TRAP: received.trapped,
        Suspicion.HASTE: received.hurried,
        Suspicion.NO_PROOF: received.unproven,
        Suspicion.LINKS: len(links) > blog.comment_links,
        Suspicion.LINK_ONLY: bool(links)
        and _letters_beside_links(received.text) < _FEWEST_LETTERS_BESIDE_A_LINK,
        Suspicion.WORDS: bool(blocked_in(received, blog.blocked_words)),
        Suspicion.REPEATED: is_repeated(received.text, now),
        Suspicion.MANY: sent_before(received.sender) >= MOST_A_DAY,
    }
    return [suspicion for suspicion, holds in found.items() if holds]


def blocked_in(received: Received, blocked_words: str) -> list[str]:
    """The blocked words and sites that the comment holds, whole and whatever the accents."""
    haystack = plain(f"{received.name}\n{received.text}\n{received.email}")
    wanted = (plain(line) for line in blocked_words.splitlines())
    return [
        words
        for words in wanted
        if words and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", haystack)
    ]


def is_repeated(text: str, now: datetime) -> bool:
    """Whether a text of some length came before, under any article and any name."""
    if len(plain(text)) < SHORTEST_REPEATED:
        return False
    before = Comment.objects.filter(fingerprint=fingerprint(text))
    return before.filter(created_at__gte=now - REPEATED_WITHIN).exists()


def sent_before(sender: str) -> int:
    """How many comments came today from the same connection; its hash changes each day."""
    return Comment.objects.filter(sender=sender).count() if sender else 0


def fingerprint(text: str) -> str:
    """The same for the same words, whatever the capitals, accents, blanks and hidden signs."""
    return hashlib.sha256(plain(text).encode()).hexdigest()


def plain(text: str) -> str:
    """The text as it is compared: folded, without signs that do not show, single spaces."""
    shown = "".join(char for char in text if unicodedata.category(char) != "Cf")
    return " ".join(fold(shown).split())


def _letters_beside_links(text: str) -> int:
    return sum(char.isalpha() for char in _LINK.sub(" ", text))
