"""The blog, its articles and comments."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from wagtail.models import Page, Site

import factory
import wagtail_factories
from factory.django import DjangoModelFactory

from blog.enums import CommentState

PAST = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


def site_root() -> Page:
    return Site.objects.get(is_default_site=True).root_page


class AuthorFactory(DjangoModelFactory):
    class Meta:
        model = "blog.Author"
        django_get_or_create = ("slug",)

    name = "Sylvie Yonli"
    slug = "sylvie-yonli"
    role = "Consultante"
    bio = "Elle écrit sur l’ingénierie sociale."


class CategoryFactory(DjangoModelFactory):
    class Meta:
        model = "blog.Category"
        django_get_or_create = ("slug",)

    name = factory.Sequence(lambda number: f"Catégorie {number}")
    slug = factory.Sequence(lambda number: f"categorie-{number}")


class BlogIndexPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = "blog.BlogIndexPage"

    title = "Blog"
    slug = "blog"
    parent = factory.LazyFunction(site_root)


def the_blog() -> Page:
    """The one blog, made when there is none."""
    return BlogIndexPageFactory._meta.get_model_class().objects.first() or BlogIndexPageFactory()


class PostPageFactory(wagtail_factories.PageFactory):
    """`PostPageFactory(draft=True)`, `(future=True)`, `(tag_names=["DEIS"])`."""

    class Meta:
        model = "blog.PostPage"

    class Params:
        draft = factory.Trait(live=False)
        future = factory.Trait(
            date=factory.LazyFunction(lambda: timezone.now() + timedelta(days=3))
        )

    title = factory.Sequence(lambda number: f"Article {number}")
    slug = factory.Sequence(lambda number: f"article-{number}")
    parent = factory.LazyFunction(the_blog)
    author = factory.SubFactory(AuthorFactory)
    introduction = "De quoi il est question."
    body = factory.LazyFunction(lambda: [("paragraph", "<h2>Un intertitre</h2><p>Le texte.</p>")])
    date = PAST

    @classmethod
    def _create_instance(cls, model_class: Any, parent: Page, kwargs: dict[str, Any]) -> Any:
        tags = kwargs.pop("tag_names", [])
        post = model_class(**kwargs)
        post.tags.add(*tags)
        return parent.add_child(instance=post)


class CommentFactory(DjangoModelFactory):
    """`CommentFactory(approved=True)`."""

    class Meta:
        model = "blog.Comment"

    class Params:
        approved = factory.Trait(state=CommentState.APPROVED)

    post = factory.SubFactory(PostPageFactory)
    name = "Aïcha"
    text = "Merci pour cet article."
    created_at = factory.LazyAttribute(lambda comment: comment.post.date + timedelta(days=1))
    state_changed_at = factory.SelfAttribute("created_at")
