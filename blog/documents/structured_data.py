"""An article in the words of schema.org."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils import timezone

from taggit.models import Tag

from blog.models import PostPage


def blog_posting(
    post: PostPage, tags: Iterable[Tag], *, words: int, comments: int, picture: str = ""
) -> dict[str, Any]:
    """What a search engine reads of an article; `picture` is the address of its image, if any."""
    published = timezone.localtime(post.date)
    data = {
        "@type": "BlogPosting",
        "headline": post.title,
        "description": post.summary,
        "datePublished": published.isoformat(),
        "dateModified": (post.shown_update or published).isoformat(),
        "author": _author(post),
        "image": urljoin(settings.SITE_URL, picture) if picture else "",
        "wordCount": words,
        "keywords": [tag.name for tag in tags],
        "mainEntityOfPage": _address(post.url),
        "inLanguage": "fr",
        "publisher": {
            "@type": "Organization",
            "name": settings.WAGTAIL_SITE_NAME,
            "url": settings.SITE_URL,
        },
    }
    return {name: value for name, value in data.items() if value} | {"commentCount": comments}


def _author(post: PostPage) -> dict[str, str]:
    if post.author is None:
        return {}
    person = {
        "@type": "Person",
        "name": post.author.name,
        "jobTitle": post.author.role,
        "url": _address(post.author.get_absolute_url()),
    }
    return {name: value for name, value in person.items() if value}


def _address(path: str | None) -> str:
    return urljoin(settings.SITE_URL, path) if path else ""
