"""What else to read: articles that speak of the same things, and those just before and after."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from taggit.models import Tag

from blog.models import Category, PostPage, PostTag

MOST_RELATED = 3


def related(
    post: PostPage, tags: Iterable[Tag], categories: Iterable[Category], now: datetime
) -> list[PostPage]:
    """At most three published articles, in one query: who shares most tags comes first.

    Then who shares a category, then the newest. One that shares nothing is not related.
    `tags` and `categories` are those of the article, which the caller has already read.
    """
    of_tags = PostTag.objects.filter(tag__in=list(tags)).order_by()
    of_categories = PostPage.categories.through.objects.filter(category__in=list(categories))
    shared_tags = (
        of_tags.filter(content_object=OuterRef("pk"))
        .values("content_object")
        .annotate(count=Count("pk"))
        .values("count")
    )
    posts = PostPage.objects.published(now).filter(
        Q(pk__in=of_tags.values("content_object")) | Q(pk__in=of_categories.values("postpage"))
    )
    ranked = posts.for_lists().annotate(
        shared_tags=Coalesce(Subquery(shared_tags, output_field=IntegerField()), 0),
        same_category=Exists(of_categories.filter(postpage=OuterRef("pk"))),
    )
    order = ("-shared_tags", "-same_category", "-date", "-pk")
    return list(ranked.exclude(pk=post.pk).order_by(*order)[:MOST_RELATED])


def neighbours(post: PostPage, now: datetime) -> dict[str, PostPage | None]:
    """The published articles just before and just after this one, by date then key; one query."""
    if post.pk is None:  # a preview before the first save has no place yet
        return {"previous": None, "next": None}
    published = PostPage.objects.published(now)
    previous = published.before(post.date, post.pk).values("pk")[:1]
    following = published.after(post.date, post.pk).values("pk")[:1]
    both = PostPage.objects.filter(Q(pk=Subquery(previous)) | Q(pk=Subquery(following)))
    place = (post.date, post.pk)
    found = {"next" if (each.date, each.pk) > place else "previous": each for each in both}
    return {"previous": found.get("previous"), "next": found.get("next")}
