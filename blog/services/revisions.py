"""What drafts and former versions say of a row that is about to go.

A version keeps the keys of what it names. Wagtail leaves out a tag that no longer exists, and
cannot open a version whose author is missing: so both are put right in every version, at once.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, TextField
from django.db.models.functions import Cast

from wagtail.models import Revision

#: Changes the content of a version in place, and says whether it did.
Change = Callable[[dict[str, Any]], bool]


def rewrite(models: Iterable[type[Model]], mention: str, change: Change) -> int:
    """Apply a change to every version of these models whose JSON has that mention; how many."""
    types = ContentType.objects.get_for_models(*models).values()
    found = (
        Revision.objects.filter(content_type__in=types)
        .alias(text=Cast("content", TextField()))
        .filter(text__contains=mention)
        .values_list("pk", flat=True)
    )
    changed = 0
    for key in list(found):
        revision = Revision.objects.only("content").get(pk=key)
        if change(revision.content):
            # Not `save`: a version that is corrected is not a new version.
            Revision.objects.filter(pk=key).update(content=revision.content)
            changed += 1
    return changed
