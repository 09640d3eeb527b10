"""The record of processing activities on paper: what the supervisory authority asks for."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from site_enys.pdf import render_pdf
from site_enys.templatetags.typography import long_date

TITLE = "Registre des activités de traitement"


def record_pdf(
    controller: Sequence[tuple[str, str]],
    activities: Sequence[tuple[str, Sequence[tuple[str, str]]]],
    now: datetime,
) -> bytes:
    """The document, accessible (PDF/UA-1); `activities` are (name, facts)."""
    return render_pdf(
        "documents/processing_record.typ",
        {
            "title": TITLE,
            "made_on": f"Établi le {long_date(now)} (RGPD, article 30)",
            "controller": _items(controller),
            "activities": [{"title": name, "facts": _items(facts)} for name, facts in activities],
        },
    )


def _items(facts: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    return [{"label": label, "text": [text.splitlines()]} for label, text in facts]
