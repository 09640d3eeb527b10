"""What other pages show of the blog."""

from typing import Any

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from blog.models import PostPage
from blog.services.text import reader_text as reader_text_of

register = template.Library()


@register.inclusion_tag("blog/tags/last_posts.html")
def last_posts(count: int = 3) -> dict[str, Any]:
    """The latest articles, or nothing at all when there are none."""
    return {"posts": PostPage.objects.published(timezone.now()).for_lists()[:count]}


@register.filter
def reader_text(text: str) -> SafeString:
    """What a reader wrote, as paragraphs with links."""
    return reader_text_of(text)
