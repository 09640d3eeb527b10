"""The poster of an offer, for the notice boards of partners: few words, read at two metres."""

from typing import Any

from django.utils.text import capfirst

from recrutement.models import JobOfferPage
from recrutement.words import contract, place, recruiting, salary, work_time
from site_enys.qr import printed_qr
from site_enys.templatetags.typography import long_date, with_no_break_spaces

POSTER = "documents/poster.typ"
#: Nobody reads more while walking past.
MOST_LETTERS = 180


def poster(offer: JobOfferPage) -> dict[str, Any]:
    """What `poster.typ` prints. The same offer gives the same data."""
    url = offer.full_url
    facts = contract(offer), work_time(offer), place(offer), salary(offer)
    return {
        "author": "ENYS Conseil",
        "title": with_no_break_spaces(offer.title),
        "introduction": with_no_break_spaces(_few_words(offer.introduction)),
        "facts": [capfirst(fact) for fact in facts if fact],
        "until": long_date(offer.closing_date),
        "recruiting": with_no_break_spaces(recruiting(offer)),
        "reference": offer.reference,
        "url": url,
        "shown_url": url.removeprefix("https://").removeprefix("http://"),
        "qr": printed_qr(url),
    }


def _few_words(introduction: str) -> str:
    """The first sentence, when it is short enough to be read from afar."""
    text = " ".join(introduction.split())
    if len(text) > MOST_LETTERS:
        text = text.split(". ")[0].rstrip(".") + "."
    return text if len(text) <= MOST_LETTERS else ""
