"""Texts written by readers, and articles as other programs read them."""

import re
from urllib.parse import urljoin

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"'«»]+", re.IGNORECASE)
_ENDS_SENTENCE = ".,;:!?)]…"
_BLANK_LINE = re.compile(r"(?:\r?\n[ \t]*){2,}")
_ADDRESS_ATTRIBUTE = re.compile(r'(?<=\s)(href|src|srcset|poster)="([^"]*)"')
# What XML 1.0 cannot hold.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


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


def absolute(html: str, base: str) -> str:
    """The HTML with every link and picture address made complete from `base`."""

    def complete(match: re.Match[str]) -> str:
        name, value = match.groups()
        if name == "srcset":
            value = ", ".join(urljoin(base, part.strip()) for part in value.split(","))
        else:
            value = urljoin(base, value)
        return f'{name}="{value}"'

    return _ADDRESS_ATTRIBUTE.sub(complete, html)


def for_xml(text: str) -> str:
    """The text without the characters that no XML parser accepts."""
    return _NOT_IN_XML.sub("", text)
