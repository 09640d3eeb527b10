"""Which pages are behind a password or an account."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Subquery

from wagtail.models import Page, PageViewRestriction


def behind_a_door(path: str = "path") -> Exists:
    """A condition: the page, whose tree path is the field `path`, has a restricted access.

    Says in the query itself what `PageQuerySet.public()` asks in one more. The path of the door is
    a subquery and not a join, which SQLite would begin with all the pages of the site.
    """
    door = Page.objects.filter(pk=OuterRef("page_id")).order_by().values("path")
    return Exists(
        PageViewRestriction.objects.annotate(
            door=Subquery(door),
            inside=ExpressionWrapper(OuterRef(path), output_field=CharField()),
        ).filter(inside__startswith=F("door"))
    )
