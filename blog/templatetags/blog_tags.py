"""What pages show of the blog: the latest articles elsewhere, and what goes with an article."""

from typing import Any

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.safestring import SafeString

from taggit.models import Tag

from blog.documents.structured_data import blog_posting
from blog.models import Category, PostPage
from blog.services import related as other_posts
from blog.services.reading import Reading, read
from blog.services.text import reader_text as reader_text_of

register = template.Library()


@register.inclusion_tag("blog/tags/last_posts.html")
def last_posts(count: int = 3) -> dict[str, Any]:
    """The latest articles, or nothing at all when there are none."""
    return {"posts": PostPage.objects.published(timezone.now()).for_lists()[:count]}


@register.simple_tag(takes_context=True)
def text_of(context: Context, post: PostPage) -> Reading:
    """The text of an article, ready to be read."""
    around: dict[str, Any] = context.flatten()  # type: ignore[assignment]
    return read(post.body, around)


@register.simple_tag
def related_posts(post: PostPage, tags: list[Tag], categories: list[Category]) -> list[PostPage]:
    return other_posts.related(post, tags, categories, timezone.now())


@register.simple_tag
def neighbours(post: PostPage) -> dict[str, PostPage | None]:
    return other_posts.neighbours(post, timezone.now())


@register.simple_tag(takes_context=True)
def post_data(context: Context, text: Reading) -> dict[str, Any]:
    """The article of the page for search engines, with the picture that it shows, if any."""
    picture = context.get("picture")
    return blog_posting(
        context["page"],
        context["tags"],
        words=text.words,
        comments=len(context["comments"]),
        picture=picture.url if picture else "",
    )


@register.filter
def reader_text(text: str) -> SafeString:
    """What a reader wrote, as paragraphs with links."""
    return reader_text_of(text)
