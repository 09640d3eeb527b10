"""Lists by month, category, tag and author; the feed; leaving a comment."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dates import MONTHS
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from taggit.models import Tag

from site_enys.feeds import RSS, conditional
from site_enys.public_forms import submit

from .forms import CommentForm
from .listing import listing
from .models import Author, BlogIndexPage, Category, Comment, PostPage
from .querysets import PostQuerySet
from .services.comments import leave_comment
from .services.feed import rss


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


@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    """RSS with the full articles; unchanged content costs the reader nothing (304)."""
    now = timezone.now()
    blog = get_object_or_404(BlogIndexPage.objects.live().public())
    changed = PostPage.objects.published(now).last_change()
    return conditional(request, rss(blog, now).encode(), RSS, changed)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """« Laisser une réponse » to an article."""
    now = timezone.now()
    post = get_object_or_404(PostPage.objects.published(now), slug=slug)
    form = CommentForm(request.POST if request.method == "POST" else None, now=now)
    if request.method == "POST":
        save = partial(_save_comment, post, form)
        if url := submit(request, form, save):
            return HttpResponseRedirect(url, status=303)
    context = {"page": post, "form": form, "open": post.accepts_comments(now)}
    return render(request, "blog/answer.html", context)


def _save_comment(post: PostPage, form: CommentForm) -> str:
    answers = {name: form.cleaned_data[name] for name in ("name", "email", "text")}
    comment = leave_comment(post, **answers, quarantined=form.quarantined, now=form.now)
    return comment.get_absolute_url()


@never_cache
@require_safe
def answered(request: HttpRequest, reference: str) -> HttpResponse:
    """What the person reads after sending; survives a reload."""
    comment = get_object_or_404(Comment.objects.select_related("post"), reference=reference)
    return render(request, "blog/answered.html", {"page": comment.post, "comment": comment})
