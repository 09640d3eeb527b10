"""What readers answered, for those who follow the conversation elsewhere."""

import uuid
from datetime import UTC, datetime

from django.conf import settings
from django.utils.text import Truncator

from blog.models import BlogIndexPage, Comment, PostPage
from blog.models.comments import CommentQuerySet
from site_enys.feeds import Entry, Feed, Person, for_readers, for_xml

from .followed import addresses, complete
from .text import reader_text

LATEST = 20
SUMMARY = 200  # signs
_NEVER = datetime.fromtimestamp(0, UTC)


def comments_of_blog(blog: BlogIndexPage, now: datetime) -> Feed:
    """The last comments that were published, whatever the article."""
    shown = Comment.objects.approved().filter(post__in=PostPage.objects.published(now))
    return _feed(
        shown.select_related("post"),
        key=uuid.uuid5(blog.translation_key, "flux/commentaires"),
        title=f"{settings.WAGTAIL_SITE_NAME} — {blog.title}\u00a0: les commentaires",
        url=complete(blog.url),
        own=addresses("comments_feed"),
        since=blog.first_published_at,
    )


def comments_of_post(post: PostPage) -> Feed:
    """The last comments of one article."""
    address = complete(post.url)
    return _feed(
        Comment.objects.approved().filter(post=post).select_related("post"),
        key=uuid.uuid5(post.translation_key, "flux/commentaires"),
        title=f"Commentaires sur «\u00a0{post.title}\u00a0»",
        url=f"{address}#commentaires",
        own=addresses("comments_of_post_feed", post.slug),
        since=post.date,
    )


def _feed(
    shown: CommentQuerySet,
    *,
    key: uuid.UUID,
    title: str,
    url: str,
    own: dict[str, str],
    since: datetime | None,
) -> Feed:
    # By the day they were published: one that waited would come behind those already read.
    comments = list(shown.order_by("-state_changed_at", "-created_at", "-pk")[:LATEST])
    changes = [comment.state_changed_at for comment in comments]
    return Feed(
        id=key.urn,
        title=title,
        description=title,
        page_url=url,
        addresses=own,
        updated=max(changes, default=since or _NEVER),
        author=Person(settings.WAGTAIL_SITE_NAME, f"{settings.SITE_URL}/"),
        entries=[_entry(comment) for comment in comments],
    )


def _entry(comment: Comment) -> Entry:
    post = comment.post
    address = f"{complete(post.url)}#commentaire-{comment.pk}"
    name = for_xml(comment.name).strip() or "Anonyme"
    return Entry(
        # Not its `reference`: that one opens the page of who wrote it.
        id=uuid.uuid5(post.translation_key, f"commentaire/{comment.pk}").urn,
        url=address,
        title=f"{name} à propos de «\u00a0{post.title}\u00a0»",
        summary=Truncator(" ".join(comment.text.split())).chars(SUMMARY),
        html=for_readers(reader_text(comment.text), address),
        published=comment.created_at,
        author=Person(name),
    )
