"""The articles, for those who read elsewhere."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from blog.models import BlogIndexPage, PostPage
from blog.services.feed import rss
from site_enys.feeds import RSS, conditional


@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    """RSS with the full articles; unchanged content costs the reader nothing (304)."""
    now = timezone.now()
    blog = get_object_or_404(BlogIndexPage.objects.live().public())
    changed = PostPage.objects.published(now).last_change()
    return conditional(request, rss(blog, now).encode(), RSS, changed)
