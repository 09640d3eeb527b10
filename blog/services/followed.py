"""What of the blog can be followed by a feed, and where its feeds are."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.db.models import Model
from django.urls import reverse

from taggit.models import Tag

from blog.models import Author, BlogIndexPage, Category, PostPage
from blog.querysets import PostQuerySet
from site_enys.feeds import FORMATS


@dataclass(frozen=True)
class Followed:
    """The whole blog or a part of it. `key` names it for ever, whatever its title and address."""

    key: uuid.UUID
    title: str
    description: str
    url: str
    addresses: dict[str, str]
    posts: PostQuerySet = field(repr=False)


@dataclass(frozen=True)
class Kind:
    """A way of dividing the articles: by what field, and how a part of it is called."""

    model: type[Model]
    lookup: str
    title: str
    #: The view of its list, in `blog.urls`.
    view: str
    #: The field that presents it, when it has one.
    presented_by: str = ""


#: By the first word of its addresses.
KINDS = {
    "categorie": Kind(Category, "categories", "{}", "category", "description"),
    "etiquette": Kind(Tag, "tagged_items__tag", "Étiquette\u00a0: {}", "tag"),
    "auteur": Kind(Author, "author", "Articles de {}", "author", "bio"),
}


def whole_blog(blog: BlogIndexPage, now: datetime) -> Followed:
    return Followed(
        key=uuid.uuid5(blog.translation_key, "flux"),
        title=blog.title,
        description=blog.summary or f"Les articles d’{settings.WAGTAIL_SITE_NAME}",
        url=complete(blog.url),
        addresses=addresses("feed"),
        posts=PostPage.objects.published(now),
    )


def part_of(blog: BlogIndexPage, name: str, slug: str, now: datetime) -> Followed | None:
    """The part `slug` of KINDS[name]; None when it shows nothing: it has no page either.

    So no feed gives away a tag, a category or an author that only drafts know of.
    """
    kind = KINDS[name]
    row = kind.model._default_manager.filter(slug=slug).first()
    if row is None:
        return None
    posts = PostPage.objects.published(now).filter(**{kind.lookup: row})
    if not posts.exists():
        return None
    title = kind.title.format(row)
    about = f"{title}, sur le blog d’{settings.WAGTAIL_SITE_NAME}"
    return Followed(
        key=uuid.uuid5(blog.translation_key, f"flux/{name}/{row.pk}"),
        title=f"{blog.title} — {title}",
        description=getattr(row, kind.presented_by, "") or about,
        url=complete(reverse(f"blog:{kind.view}", args=[slug])),
        addresses=addresses("part_feed", name, slug),
        posts=posts,
    )


def addresses(view: str, *args: str) -> dict[str, str]:
    """The complete address of a feed in each format."""
    return {form: complete(path) for form, path in paths(view, *args).items()}


def paths(view: str, *args: str) -> dict[str, str]:
    """The address of a feed in each format, from the root of the site."""
    return {
        form: reverse(f"blog:{view}", args=[*args, *([] if form == "rss" else [form])])
        for form in FORMATS
    }


def complete(path: str) -> str:
    """A path of this site as a full address."""
    return urljoin(settings.SITE_URL, path)
