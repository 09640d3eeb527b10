"""Lists by month, year, category, tag and author; all the months and all the tags."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dates import MONTHS
from django.views.decorators.http import require_safe

from taggit.models import Tag

from blog.listing import aside, by_year, listing, tags_in_use
from blog.models import Author, BlogIndexPage, Category, PostPage
from blog.querysets import PostQuerySet
from site_enys.page_cache import everybody


def _part(
    request: HttpRequest, published: PostQuerySet, posts: PostQuerySet, heading: str, **more: Any
) -> HttpResponse:
    """Show a part of the blog with the aside of the whole; a part without article is no page."""
    blog = get_object_or_404(BlogIndexPage.objects.live())
    context = listing(request, blog, posts, heading=heading, published=published, **more)
    if not context["page_obj"].object_list:
        raise Http404
    return render(request, "blog/post_list.html", {"page": blog, **context})


def _table(request: HttpRequest, template: str, heading: str, **more: Any) -> HttpResponse:
    """Show a list of lists, beside the aside of the whole."""
    blog = get_object_or_404(BlogIndexPage.objects.live())
    context = {"page": blog, "blog": blog, "heading": heading, "current": None} | more
    return render(request, template, context)


@everybody
@require_safe
def archives(request: HttpRequest) -> HttpResponse:
    """All the months, by year."""
    around = aside(PostPage.objects.published(timezone.now()))
    if not around["months"]:
        raise Http404
    years = by_year(around["months"])
    return _table(request, "blog/archives.html", "Archives", years=years, **around)


@everybody
@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    published = PostPage.objects.published(timezone.now())
    return _part(request, published, published.in_year(year), f"Archives\u00a0: {year}")


@everybody
@require_safe
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    published = PostPage.objects.published(timezone.now())
    heading = f"Archives\u00a0: {MONTHS[month]} {year}"
    return _part(request, published, published.in_month(year, month), heading)


@everybody
@require_safe
def category(request: HttpRequest, slug: str) -> HttpResponse:
    current = get_object_or_404(Category, slug=slug)
    published = PostPage.objects.published(timezone.now())
    posts = published.filter(categories=current)
    more = {"current": current, "introduction": current.description}
    return _part(request, published, posts, current.name, **more)


@everybody
@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    """All the tags of the articles."""
    published = PostPage.objects.published(timezone.now())
    around = aside(published)
    if not around["months"]:
        raise Http404
    used = tags_in_use(published)
    return _table(request, "blog/tags.html", "Étiquettes", tags=used, **around)


@everybody
@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    current = get_object_or_404(Tag, slug=slug)
    published = PostPage.objects.published(timezone.now())
    posts = published.filter(tagged_items__tag=current)
    return _part(request, published, posts, f"Étiquette\u00a0: {current.name}")


@everybody
@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    current = get_object_or_404(Author.objects.select_related("photo"), slug=slug)
    published = PostPage.objects.published(timezone.now())
    posts = published.filter(author=current)
    more = {"current": current, "introduction": current.bio, "person": current}
    return _part(request, published, posts, current.name, **more)
