"""Keeping the index true: a live page is indexed anew each time it is saved."""

from collections import Counter
from typing import Any

from django.db import models, transaction

from home.models import BasePage
from search.models import Kind, SearchEntry, SearchStem
from site_enys.french import stems

KINDS = {
    "formation.coursepage": Kind.COURSE,
    "recrutement.jobofferpage": Kind.OFFER,
    "blog.postpage": Kind.POST,
}
# A word of the title outweighs any number of mentions in the text, and more so in a short title:
# « évaluation » means the page « Évaluations » before the course « Conduire une évaluation ».
IN_TITLE = 20
LONGEST_MENTION = 8


def follow_page(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """Signal: index a page whose published content was just saved.

    Saving a draft writes a few named columns from an instance that holds the draft: passed over.
    """
    if isinstance(instance, BasePage) and instance.live and not kwargs.get("update_fields"):
        index_page(instance)


def index_page(page: BasePage) -> None:
    """Write what the search knows of this page, in place of what it knew."""
    text = " ".join(page.plain_text().split())
    with transaction.atomic():
        entry = SearchEntry(
            page_id=page.pk,
            kind=KINDS.get(page._meta.label_lower, Kind.PAGE),
            text=text,
            visible_from=page.visible_from,
        )
        SearchEntry.objects.bulk_create(
            [entry],
            update_conflicts=True,
            unique_fields=["page"],
            update_fields=["kind", "text", "visible_from"],
        )
        entry.stems.all().delete()
        SearchStem.objects.bulk_create(
            SearchStem(entry=entry, stem=stem, weight=weight)
            for stem, weight in weights(page.title, text).items()
        )


def weights(title: str, text: str) -> dict[str, int]:
    """How much each stem weighs in a page."""
    total = {stem: min(count, LONGEST_MENTION) for stem, count in Counter(stems(text)).items()}
    in_title = set(stems(title))
    for stem in in_title:
        total[stem] = total.get(stem, 0) + IN_TITLE + IN_TITLE // len(in_title)
    return total
