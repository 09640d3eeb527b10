"""Feeds that carry whole texts, and cost nothing to a reader who already has them."""

import hashlib
import re
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.http import http_date, quote_etag

RSS = "application/rss+xml; charset=utf-8"
_ADDRESS_ATTRIBUTE = re.compile(r'(?<=\s)(href|src|srcset|poster)="([^"]*)"')
# What XML 1.0 cannot hold.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class FullTextRss(Rss201rev2Feed):
    """RSS 2.0 whose items carry the whole text (`content:encoded`)."""

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/"
        }

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["content"])

    def latest_post_date(self) -> datetime:
        # The generator would say « now » for an empty feed, and no two answers would be alike.
        return super().latest_post_date() if self.items else self.feed["since"]


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


def conditional(
    request: HttpRequest, content: bytes, content_type: str, changed: datetime | None = None
) -> HttpResponseBase:
    """The content with its fingerprint; 304 to whoever has it already.

    Only the ETag decides: taking something away makes no date later.
    """
    response = HttpResponse(content, content_type=content_type)
    response.headers["ETag"] = etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    if changed:
        response.headers["Last-Modified"] = http_date(changed.timestamp())
    return get_conditional_response(request, etag=etag, response=response) or response
