"""Which pages and documents are behind a password or an account."""

from functools import reduce
from operator import or_

from django.db.models import Q

from wagtail.models import CollectionViewRestriction

from site_enys.memory import kept

from .frame import frame


def has_door(path: str) -> bool:
    """Whether the page of that tree path has a restricted access, of its own or from above."""
    return frame().has_door(path)


def behind_a_door(path: str = "path") -> Q:
    """A condition: the page, whose tree path is the field `path`, has a restricted access."""
    nowhere = Q(pk__in=[])
    return reduce(or_, (Q(**{f"{path}__startswith": door}) for door in frame().doors), nowhere)


def has_collection_door(path: str) -> bool:
    """The same for a collection of images or documents."""
    rows = CollectionViewRestriction.objects.values_list("collection__path", flat=True)
    return path.startswith(kept("doors of collections", lambda: tuple(rows)))
