"""Authors and categories that go: only when no article needs them any more."""

from typing import Any

from django.db import transaction

from wagtail.models import Page

from blog.exceptions import StillSigns
from blog.models import Author, Category, PostPage
from site_enys.french import plural

from .revisions import rewrite


def refuse_if_used(record: Author | Category) -> None:
    """Raise StillSigns, with how many articles need this author or this category."""
    count = record.posts.count() + _drafts_with(record)
    if not count:
        return
    articles = plural(count, "article")
    if isinstance(record, Author):
        raise StillSigns(
            f"«\u00a0{record}\u00a0» signe {articles}\u00a0: "
            "donnez-leur un autre auteur avant de supprimer cette fiche."
        )
    raise StillSigns(
        f"La catégorie «\u00a0{record}\u00a0» range {articles}\u00a0: "
        "classez-les ailleurs avant de la supprimer."
    )


def delete(record: Author | Category) -> None:
    """Delete an author or a category that no article needs. Raises StillSigns."""
    with transaction.atomic():
        type(record).objects.select_for_update().get(pk=record.pk)
        refuse_if_used(record)
        if isinstance(record, Author):
            _unsign_former_versions(record)
        record.delete()


def _drafts_with(record: Author | Category) -> int:
    """How many articles have it in their draft alone."""
    drafts = Page.objects.type(PostPage).filter(has_unpublished_changes=True)
    served = set(record.posts.values_list("pk", flat=True))
    return sum(
        draft.pk not in served
        and draft.latest_revision is not None
        and _names(draft.latest_revision.content, record)
        for draft in drafts.select_related("latest_revision")
    )


def _names(content: dict[str, Any], record: Author | Category) -> bool:
    if isinstance(record, Author):
        return content.get("author") == record.pk
    return record.pk in content.get("categories", [])


def _unsign_former_versions(author: Author) -> None:
    """A version whose author does not exist cannot be opened: it becomes one without author."""

    def change(content: dict[str, Any]) -> bool:
        if content.get("author") != author.pk:
            return False
        content["author"] = None
        return True

    rewrite([PostPage], f'"author": {author.pk}', change)
