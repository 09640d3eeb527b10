"""Lists by month, category, tag and author."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dates import MONTHS
from django.views.decorators.http import require_safe

from taggit.models import Tag

from blog.listing import listing
from blog.models import Author, BlogIndexPage, Category, PostPage
from blog.querysets import PostQuerySet


def _part(
    request: HttpRequest, published: PostQuerySet, posts: PostQuerySet, heading: str, **more: Any
) -> HttpResponse:
    """Show a part of the blog with the aside of the whole; a part without article is no page."""
    blog = get_object_or_404(BlogIndexPage.objects.live())
    context = listing(request, blog, posts, heading=heading, published=published, **more)
    if not context["page_obj"].object_list:
        raise Http404
    return render(request, "blog/post_list.html", {"page": blog, **context})


@require_safe
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    published = PostPage.objects.published(timezone.now())
    heading = f"Archives : {MONTHS[month]} {year}"
    return _part(request, published, published.in_month(year, month), heading)


@require_safe
def category(request: HttpRequest, slug: str) -> HttpResponse:
    current = get_object_or_404(Category, slug=slug)
    published = PostPage.objects.published(timezone.now())
    posts = published.filter(categories=current)
    return _part(request, published, posts, current.name, current=current)


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    current = get_object_or_404(Tag, slug=slug)
    published = PostPage.objects.published(timezone.now())
    posts = published.filter(tagged_items__tag=current)
    return _part(request, published, posts, f"Étiquette : {current.name}")


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    current = get_object_or_404(Author, slug=slug)
    published = PostPage.objects.published(timezone.now())
    posts = published.filter(author=current)
    return _part(request, published, posts, current.name, current=current, introduction=current.bio)
