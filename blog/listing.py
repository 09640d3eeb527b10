"""What every list of articles and its aside are made of."""

from collections import Counter
from datetime import date
from itertools import groupby
from typing import Any

from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest

from taggit.models import Tag
from wagtail.models import Page

from blog.models.taxonomy import Author, Category
from blog.querysets import PostQuerySet
from site_enys.french import fold
from site_enys.memory import kept_for_now

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
    person: Author | None = None,
    published: PostQuerySet | None = None,
) -> dict[str, Any]:
    """The context of a list: its page of articles, and the aside.

    `published` are all the articles, when `posts` is only a part of them; `current` is the
    category or the author that the part belongs to, `person` the author whose portrait opens it.
    """
    around = aside(posts if published is None else published)
    # All of them: the archives have just counted them.
    count = sum(line["count"] for line in around["months"]) if published is None else None
    return {
        "blog": blog,
        "heading": heading,
        "introduction": introduction,
        "current": current,
        "person": person,
        "everything": published is None,
        "page_obj": page_of(request, posts.for_lists(), count),
        **around,
    }


def aside(published: PostQuerySet) -> dict[str, Any]:
    """Archives, categories and authors that have something to show.

    `published` are all the articles of now: their count is kept from one page to the next.
    """
    return kept_for_now("what is beside the articles", lambda: _count(published))


def _count(published: PostQuerySet) -> dict[str, Any]:
    ids = published.order_by().values("pk")
    tally = published.tally()
    categories = Category.objects.filter(posts__in=ids).annotate(post_count=Count("posts"))
    return {
        "months": tally.months,
        "categories": sorted(categories, key=lambda category: fold(category.name)),
        "authors": _most_present(tally.authors),
    }


def _most_present(counted: Counter[int]) -> list[Author]:
    """The authors of most articles, with `post_count`."""
    authors = list(Author.objects.filter(pk__in=counted).select_related("photo"))
    for author in authors:
        author.post_count = counted[author.pk]
    return sorted(authors, key=lambda author: (-counted[author.pk], fold(author.name)))[
        :AUTHORS_SHOWN
    ]


def tags_in_use(published: PostQuerySet) -> list[Tag]:
    """The tags of all the articles of now with `post_count`, in alphabetical order; kept too."""
    return kept_for_now("tags in use", lambda: _count_tags(published))


def _count_tags(published: PostQuerySet) -> list[Tag]:
    items = published.model.tags.through
    ids = items.objects.filter(content_object__in=published.order_by().values("pk"))
    name = items.tag_relname()
    tags = Tag.objects.filter(**{f"{name}__in": ids}).annotate(post_count=Count(name))
    return sorted(tags, key=lambda tag: fold(tag.name))


def by_year(months: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """{"year", "count", "months"}, in the order given."""
    found = [(year, list(lines)) for year, lines in groupby(months, _year)]
    return [
        {"year": year, "count": sum(line["count"] for line in lines), "months": lines}
        for year, lines in found
    ]


def _year(line: dict[str, Any]) -> int:
    month: date = line["month"]
    return month.year


class CountedPaginator(Paginator):
    """A paginator that may be told how many items there are."""

    def __init__(self, items: QuerySet[Any], per_page: int, known: int | None) -> None:
        super().__init__(items, per_page)
        if known is not None:
            self.count = known  # takes the place of Django's cached property


def page_of(request: HttpRequest, posts: QuerySet[Any], count: int | None = None) -> PageOfList:
    """The page asked for in the address; an impossible one does not exist (404)."""
    asked = request.GET.get("page", "1")
    # « 02 » would be a second address of the second page.
    if not (asked.isascii() and asked.isdigit() and len(asked) <= 6) or asked.startswith("0"):
        raise Http404
    pages = CountedPaginator(posts, POSTS_PER_PAGE, count)
    if not 1 <= int(asked) <= pages.num_pages:
        raise Http404
    return pages.page(int(asked))
