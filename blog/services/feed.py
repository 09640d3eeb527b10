"""The articles as RSS, in full, for those who read elsewhere."""

from datetime import UTC, datetime
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from blog.models import BlogIndexPage, PostPage
from site_enys.feeds import FullTextRss, absolute, for_xml

LATEST = 20
FILED = ("categories", "tagged_items__tag")


def rss(blog: BlogIndexPage, now: datetime) -> str:
    """The feed of the latest articles, as XML."""
    feed = FullTextRss(
        title=for_xml(f"{settings.WAGTAIL_SITE_NAME} — {blog.title}"),
        link=urljoin(settings.SITE_URL, blog.url),
        description=for_xml(blog.summary or f"Les articles d’{settings.WAGTAIL_SITE_NAME}"),
        language="fr",
        feed_url=urljoin(settings.SITE_URL, reverse("blog:feed")),
        since=blog.first_published_at or datetime.fromtimestamp(0, UTC),
    )
    posts = PostPage.objects.published(now).newest_first().select_related("author", "image")
    for post in posts.prefetch_related(*FILED, "image__renditions")[:LATEST]:
        address = urljoin(settings.SITE_URL, post.url)
        feed.add_item(
            title=for_xml(post.title),
            link=address,
            description=for_xml(post.introduction),
            unique_id=address,
            unique_id_is_permalink=True,
            pubdate=post.date,
            author_name=for_xml(str(post.author)) if post.author else None,
            categories=[for_xml(name) for name in _filed_under(post)],
            content=_content(post, address),
        )
    return feed.writeString("utf-8")


def _filed_under(post: PostPage) -> list[str]:
    names = {str(category) for category in post.categories.all()}
    return sorted(names | {str(item.tag) for item in post.tagged_items.all()})


def _content(post: PostPage, address: str) -> str:
    html = render_to_string("blog/feed_content.html", {"post": post})
    return for_xml(absolute(html, address)).strip()
