"""Links inside rich texts: where there is nothing left to read, the words stay, without a link."""

import re
from typing import Any

from django.utils.html import escape

from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.rich_text.pages import PageLinkHandler

from home.services import reach

#: What a handler writes for a link that leads nowhere: it only knows the opening tag.
NOWHERE = "<a>"
_DEAD_LINK = re.compile(r"<a>(.*?)</a>", re.DOTALL)


class ReachablePageHandler(PageLinkHandler):
    """Wagtail's would link to drafts, and leave an empty link to what has been deleted."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        return _opening_tags(attrs_list, reach.links(attrs.get("id") for attrs in attrs_list))


class ReachableDocumentHandler(DocumentLinkHandler):
    """The same for documents, deleted or reserved to some."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        return _opening_tags(attrs_list, reach.documents(attrs.get("id") for attrs in attrs_list))


def without_dead_links(html: str) -> str:
    """The HTML of a rich text, where a link to nowhere is only its words."""
    return _DEAD_LINK.sub(r"\1", html)


def _opening_tags(attrs_list: list[dict[str, Any]], found: dict[str, Any]) -> list[str]:
    targets = (found.get(str(attrs.get("id"))) for attrs in attrs_list)
    return [f'<a href="{escape(target.url)}">' if target else NOWHERE for target in targets]
