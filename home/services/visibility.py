"""Which pages and documents are behind a password or an account."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, Model, OuterRef, Subquery

from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction


def behind_a_door(path: str = "path") -> Exists:
    """A condition: the page, whose tree path is the field `path`, has a restricted access.

    Says in the query itself what `PageQuerySet.public()` asks in one more. The path of the door is
    a subquery and not a join, which SQLite would begin with all the pages of the site.
    """
    return _inside(PageViewRestriction, Page, "page_id", path)


def collection_behind_a_door(path: str = "path") -> Exists:
    """The same for a collection of images or documents."""
    return _inside(CollectionViewRestriction, Collection, "collection_id", path)


def _inside(doors: type[Model], tree: type[Model], place: str, path: str) -> Exists:
    door = tree._default_manager.filter(pk=OuterRef(place)).order_by().values("path")
    return Exists(
        doors._default_manager.annotate(
            door=Subquery(door),
            inside=ExpressionWrapper(OuterRef(path), output_field=CharField()),
        ).filter(inside__startswith=F("door"))
    )
