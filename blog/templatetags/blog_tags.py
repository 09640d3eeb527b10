"""What pages show of the blog: the latest articles elsewhere, and what goes with an article."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from taggit.models import Tag
from wagtail.images.shortcuts import get_rendition_or_not_found

from blog.documents.social_card import SocialCard, card_of
from blog.documents.structured_data import blog_posting
from blog.models import Category, PostPage
from blog.services import related as other_posts
from blog.services.followed import KINDS, paths
from blog.services.reading import Reading, read
from blog.services.text import reader_text as reader_text_of
from home.services import reach
from home.services.pictures import FEED
from site_enys.feeds import FORMATS
from site_enys.memory import kept_for_now

register = template.Library()


@register.simple_tag
def last_posts(count: int = 3) -> SafeString:
    """The latest articles, or nothing at all when there are none."""
    return kept_for_now("last posts", lambda: _draw_last_posts(count), count)


def _draw_last_posts(count: int) -> SafeString:
    posts = PostPage.objects.published(timezone.now()).for_lists()[:count]
    return render_to_string("blog/tags/last_posts.html", {"posts": posts})


@register.simple_tag(takes_context=True)
def text_of(context: Context, post: PostPage) -> Reading:
    """The text of an article, ready to be read."""
    around: dict[str, Any] = context.flatten()  # type: ignore[assignment]
    with reach.remembered(post.body):
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
    image = context["page"].image
    picture = get_rendition_or_not_found(image, FEED) if image else None
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


@dataclass(frozen=True)
class FeedLine:
    """A feed that the page offers, in each format."""

    title: str
    paths: dict[str, str]

    @property
    def links(self) -> list[dict[str, str]]:
        return [
            {"label": form.label, "type": form.media_type, "href": self.paths[name]}
            for name, form in FORMATS.items()
        ]


@register.simple_tag(takes_context=True)
def feeds_around(context: Context, page: Any) -> list[FeedLine]:
    """The feeds that somebody who reads this page may want to follow."""
    lines = [FeedLine("Tous les articles", paths("feed"))]
    if isinstance(page, PostPage):
        if page.slug:  # a preview comes before the slug
            own = paths("comments_of_post_feed", page.slug)
            lines.append(FeedLine("Les commentaires de l’article", own))
        return lines
    found = getattr(context.get("request"), "resolver_match", None)
    for name, kind in KINDS.items():
        if found and found.view_name == f"blog:{kind.view}":
            own = paths("part_feed", name, found.kwargs["slug"])
            lines.append(FeedLine(str(context.get("heading", "")), own))
    return [*lines, FeedLine("Les commentaires", paths("comments_feed"))]


@register.simple_tag(takes_context=True)
def social_card(context: Context, page: Any) -> SocialCard | None:
    """The card drawn for an article, unless the editor has chosen a picture; none in a preview."""
    previewed = getattr(context.get("request"), "is_preview", False)
    drawn = isinstance(page, PostPage) and page.live and not previewed and not page.social_image_id
    return card_of(page) if drawn else None
