"""Who would notice that a page, an image or a document goes away."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from wagtail.models import Page, ReferenceIndex

MOST_SHOWN = 5


@dataclass(frozen=True)
class Usage:
    """Something that points to it, and where it is edited when the reader may edit it."""

    title: str
    kind: str
    url: str = ""


def usages(thing: Any, user: Any) -> list[Usage]:
    """The first pages and records that point to `thing`, named only to who may edit them."""
    groups = ReferenceIndex.get_grouped_references_to(thing)
    return [_usage(source, user) for source, _references in groups[:MOST_SHOWN]]


def _usage(source: Any, user: Any) -> Usage:
    kind = str(source._meta.verbose_name)
    if isinstance(source, Page):
        if not source.permissions_for_user(user).can_edit():
            return Usage(f"«\u00a0{source.title}\u00a0»" if source.live else "un brouillon", kind)
        url = reverse("wagtailadmin_pages:edit", args=[source.pk])
        return Usage(f"«\u00a0{source.get_admin_display_title()}\u00a0»", kind, url)
    may_view = user.has_perm(f"{source._meta.app_label}.change_{source._meta.model_name}")
    return Usage(f"«\u00a0{source}\u00a0»" if may_view else "", kind)
