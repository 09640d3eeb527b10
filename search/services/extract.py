"""Some words of a text around those that were asked for, each of those marked."""

from collections import Counter
from collections.abc import Collection, Sequence

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from search.vocabulary import implied, read
from site_enys.french import Word

BEFORE, AROUND = 60, 240
# A text without spaces is cut in the middle rather than lost.
LONGEST_STRETCH = 60
#: A very long text is only read so far.
READ = 40_000


def to_mark(query: str, wanted: Sequence[str]) -> frozenset[str]:
    """The stems of the query and what they imply: « DEIS » marks the whole name of the diploma."""
    return frozenset(wanted) | implied(query, wanted)


def extract(text: str, wanted: Collection[str], otherwise: str = "") -> SafeString:
    """The passage where most of the words stand together; `otherwise`, when none of them does."""
    hits = [word for word in read(text[:READ]) if word.stem in wanted]
    if not hits and otherwise:
        return conditional_escape(otherwise)
    first = _best(hits)
    start = _word_start(text, max(0, first.start - BEFORE)) if first else 0
    end = _word_end(text, start + AROUND)
    parts, at = ["… " if start else ""], start
    for word in hits:
        if word.start >= at and word.end <= end:
            parts.append(conditional_escape(text[at : word.start]))
            parts.append(format_html("<mark>{}</mark>", text[word.start : word.end]))
            at = word.end
    parts.append(conditional_escape(text[at:end]))
    parts.append("" if end == len(text) else " …")
    return mark_safe("".join(parts))  # noqa: S308 - every part was escaped


def _best(hits: Sequence[Word]) -> Word | None:
    """Where to begin: most distinct words within reach, then most words, then the earliest."""
    reach = AROUND - BEFORE
    inside: Counter[str] = Counter()
    best, first, end = (0, 0), None, 0
    for begin, word in enumerate(hits):
        while end < len(hits) and hits[end].end <= word.start + reach:
            inside[hits[end].stem] += 1
            end += 1
        score = (len(inside), end - begin)
        if score > best:
            best, first = score, word
        if end > begin:
            inside[word.stem] -= 1
            inside += Counter()  # forget what is no longer there
        else:
            end = begin + 1
    return first or (hits[0] if hits else None)


def _word_start(text: str, at: int) -> int:
    return text.rfind(" ", 0, at) + 1


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", 0, at)
    return space if space > at - LONGEST_STRETCH else at
