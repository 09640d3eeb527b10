"""Texts written by readers."""

import re

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"'«»]+", re.IGNORECASE)
_ENDS_SENTENCE = ".,;:!?)]…"
_BLANK_LINE = re.compile(r"(?:\r?\n[ \t]*){2,}")


def reader_text(text: str) -> SafeString:
    """A plain text as HTML: paragraphs, line breaks, links that search engines ignore."""
    paragraphs = [part for part in _BLANK_LINE.split(text.strip()) if part.strip()]
    return format_html_join("\n", "<p>{}</p>", ((_with_links(part),) for part in paragraphs))


def _with_links(text: str) -> SafeString:
    parts, at = [], 0
    for match in _WEB_ADDRESS.finditer(text):
        address = match.group().rstrip(_ENDS_SENTENCE)
        parts.append(_escaped(text[at : match.start()]))
        parts.append(format_html('<a href="{0}" rel="nofollow ugc noopener">{0}</a>', address))
        at = match.start() + len(address)
    parts.append(_escaped(text[at:]))
    return mark_safe("".join(parts))  # noqa: S308 - every part was escaped


def _escaped(text: str) -> str:
    return conditional_escape(text).replace("\r\n", "\n").replace("\n", "<br>")
