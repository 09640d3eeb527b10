"""Which pages are behind a password or an account."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef

from wagtail.models import PageViewRestriction


def behind_a_door(path: str = "path") -> Exists:
    """A condition: the page, whose tree path is the field `path`, has a restricted access.

    Says in the query itself what `PageQuerySet.public()` asks in one more.
    """
    return Exists(
        PageViewRestriction.objects.annotate(
            inside=ExpressionWrapper(OuterRef(path), output_field=CharField())
        ).filter(inside__startswith=F("page__path"))
    )
