"""The articles in full, for those who read elsewhere."""

from datetime import UTC, datetime, time

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from blog.models import BlogIndexPage, PostPage
from home.services import reach
from home.services.bodies import load_bodies
from home.services.pictures import FEED
from site_enys.feeds import Discussion, Entry, Feed, Person, Picture, for_readers
from site_enys.french import fold

from .followed import Followed, addresses, complete

LATEST = 20
PICTURE_TYPE = "image/webp"
_RELATED = ("categories", "tagged_items__tag", "image__renditions")
_NEVER = datetime.fromtimestamp(0, UTC)


def articles_feed(blog: BlogIndexPage, followed: Followed) -> Feed:
    """The latest articles of the blog or of a part of it."""
    wanted = followed.posts.newest_first().with_comment_count().select_related("author", "image")
    posts = list(wanted.prefetch_related(*_RELATED)[:LATEST])
    with reach.remembered(*(post.body for post in posts)):
        load_bodies(posts)
        entries = [_entry(post) for post in posts]
    return Feed(
        id=followed.key.urn,
        title=f"{settings.WAGTAIL_SITE_NAME} — {followed.title}",
        description=followed.description,
        page_url=followed.url,
        addresses=followed.addresses,
        updated=followed.posts.last_change() or blog.first_published_at or _NEVER,
        author=Person(settings.WAGTAIL_SITE_NAME, f"{settings.SITE_URL}/"),
        entries=entries,
    )


def _entry(post: PostPage) -> Entry:
    address = complete(post.url)
    author = post.author
    html = render_to_string("blog/feed_content.html", {"post": post})
    return Entry(
        # Not its address, which may change: an article would come to each reader a second time.
        id=post.translation_key.urn,
        url=address,
        title=post.title,
        summary=post.introduction,
        html=for_readers(html, address),
        published=post.date,
        updated=_updated(post),
        author=Person(author.name, complete(author.get_absolute_url())) if author else None,
        terms=_terms(post),
        picture=_picture(post),
        discussion=Discussion(
            url=f"{address}#commentaires",
            feeds=addresses("comments_of_post_feed", post.slug),
            count=post.comment_count,
        ),
    )


def _updated(post: PostPage) -> datetime | None:
    """The day that the author says; a corrected misprint brings nothing back to anybody."""
    if post.updated is None:
        return None
    return timezone.make_aware(datetime.combine(post.updated, time()))


def _terms(post: PostPage) -> list[str]:
    """Categories and tags; one that is both, whatever its capitals and accents, is said once."""
    filed = [item.tag for item in post.tagged_items.all()], post.categories.all()
    names = {fold(str(name)): str(name) for rows in filed for name in rows}
    return [names[folded] for folded in sorted(names)]


def _picture(post: PostPage) -> Picture | None:
    if post.image is None:
        return None
    drawn = post.image.get_rendition(FEED)
    return Picture(complete(drawn.url), PICTURE_TYPE, drawn.width, drawn.height)
