"""The articles and the comments, for those who read elsewhere."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from blog.models import BlogIndexPage, PostPage
from blog.services.article_feed import articles_feed
from blog.services.comment_feed import comments_of_blog, comments_of_post
from blog.services.followed import part_of, whole_blog
from home.services.visibility import behind_a_door
from site_enys.feeds import feed_response
from site_enys.page_cache import everybody


def _blog() -> BlogIndexPage:
    return get_object_or_404(BlogIndexPage.objects.live().filter(~behind_a_door()))


@everybody
@require_safe
def articles(request: HttpRequest, form: str = "rss") -> HttpResponseBase:
    """The latest articles of the blog, in full."""
    blog = _blog()
    return feed_response(request, articles_feed(blog, whole_blog(blog, timezone.now())), form)


@everybody
@require_safe
def part(request: HttpRequest, kind: str, slug: str, form: str = "rss") -> HttpResponseBase:
    """The latest articles of a category, of a tag or of an author."""
    blog = _blog()
    followed = part_of(blog, kind, slug, timezone.now())
    if followed is None:
        raise Http404
    return feed_response(request, articles_feed(blog, followed), form)


@everybody
@require_safe
def comments(request: HttpRequest, form: str = "rss") -> HttpResponseBase:
    """The latest comments of the blog."""
    return feed_response(request, comments_of_blog(_blog(), timezone.now()), form)


@everybody
@require_safe
def comments_of_article(request: HttpRequest, slug: str, form: str = "rss") -> HttpResponseBase:
    """The latest comments of one article."""
    post = get_object_or_404(PostPage.objects.published(timezone.now()), slug=slug)
    return feed_response(request, comments_of_post(post), form)
