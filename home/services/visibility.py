"""Which pages and documents are behind a password or an account."""

from functools import reduce
from operator import or_

from django.db.models import Q

from wagtail.models import CollectionViewRestriction, PageViewRestriction

from site_enys.memory import kept


def doors() -> tuple[str, ...]:
    """The tree paths of the pages that have a restricted access: few, and often none."""
    return kept(
        "doors", lambda: tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    )


def has_door(path: str) -> bool:
    """Whether the page of that tree path has a restricted access, of its own or from above."""
    return path.startswith(doors())


def behind_a_door(path: str = "path") -> Q:
    """A condition: the page, whose tree path is the field `path`, has a restricted access."""
    return _inside(doors(), path)


def collection_behind_a_door(path: str = "path") -> Q:
    """The same for a collection of images or documents."""
    rows = CollectionViewRestriction.objects.values_list("collection__path", flat=True)
    return _inside(kept("doors of collections", lambda: tuple(rows)), path)


def _inside(paths: tuple[str, ...], field: str) -> Q:
    nowhere = Q(pk__in=[])
    return reduce(or_, (Q(**{f"{field}__startswith": path}) for path in paths), nowhere)
