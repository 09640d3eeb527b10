"""What every list of articles and its aside are made of."""

from typing import Any

from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest

from wagtail.models import Page

from blog.models import Author, Category
from blog.querysets import PostQuerySet

POSTS_PER_PAGE = 10
AUTHORS_SHOWN = 4


def listing(
    request: HttpRequest,
    blog: Page,
    posts: PostQuerySet,
    *,
    heading: str,
    introduction: str = "",
    current: Any = None,
    published: PostQuerySet | None = None,
) -> dict[str, Any]:
    """The context of a list: its page of articles, and the aside.

    `published` are all the articles, when `posts` is only a part of them; `current` is the
    category or the author that the part belongs to.
    """
    return {
        "heading": heading,
        "introduction": introduction,
        "page_obj": page_of(request, posts.for_lists()),
        **aside(blog, posts if published is None else published, current=current),
    }


def aside(blog: Page, published: PostQuerySet, *, current: Any = None) -> dict[str, Any]:
    """Archives, categories and authors that have something to show."""
    ids = published.order_by().values("pk")
    return {
        "blog": blog,
        "current": current,
        "months": list(published.months()),
        "categories": list(_with_posts(Category.objects.all(), ids)),
        "authors": list(
            _with_posts(Author.objects.select_related("photo"), ids)
            .order_by("-post_count", "name")
            .prefetch_related("photo__renditions")[:AUTHORS_SHOWN]
        ),
    }


def page_of(request: HttpRequest, posts: QuerySet[Any]) -> PageOfList:
    """The page asked for in the address; an impossible one does not exist (404)."""
    asked = request.GET.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) <= 6):
        raise Http404
    pages = Paginator(posts, POSTS_PER_PAGE)
    if not 1 <= int(asked) <= pages.num_pages:
        raise Http404
    return pages.page(int(asked))


def _with_posts(rows: QuerySet[Any], post_ids: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(posts__in=post_ids).annotate(post_count=Count("posts"))
