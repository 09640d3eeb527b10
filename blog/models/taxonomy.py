"""Who writes, and under which headings: authors, categories, tags."""

from django.db import models
from django.urls import reverse

from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.search import index


class Author(index.Indexed, models.Model):
    """Somebody who signs articles; presented beside them and on a page of her own."""

    name = models.CharField("nom", max_length=120)
    slug = models.SlugField("adresse", max_length=120, unique=True, allow_unicode=False)
    role = models.CharField("fonction", max_length=120, blank=True)
    bio = models.TextField(
        "présentation",
        max_length=1200,
        blank=True,
        help_text="Quelques phrases, sans mise en page.",
    )
    photo = models.ForeignKey(
        "home.CustomImage",
        verbose_name="portrait",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        TitleFieldPanel("name", placeholder="Prénom Nom", targets=["slug"]),
        FieldPanel("slug"),
        FieldPanel("role"),
        FieldPanel("bio"),
        FieldPanel("photo"),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = "auteur"
        verbose_name_plural = "auteurs"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("blog:author", args=[self.slug])


class Category(index.Indexed, models.Model):
    """A heading of the blog."""

    name = models.CharField("nom", max_length=80, unique=True)
    slug = models.SlugField("adresse", max_length=80, unique=True, allow_unicode=False)
    description = models.TextField(
        "présentation",
        max_length=600,
        blank=True,
        help_text="Une ou deux phrases, montrées en tête de la page de la catégorie.",
    )

    panels = [
        TitleFieldPanel("name", placeholder="Nom", targets=["slug"]),
        FieldPanel("slug"),
        FieldPanel("description"),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = "catégorie"
        verbose_name_plural = "catégories"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("blog:category", args=[self.slug])


class PostTag(TaggedItemBase):
    """A tag on an article."""

    content_object = ParentalKey(
        "blog.PostPage",
        verbose_name="article",
        on_delete=models.CASCADE,
        related_name="tagged_items",
    )

    class Meta:
        verbose_name = "étiquette d’article"
        verbose_name_plural = "étiquettes d’articles"
        constraints = [
            models.UniqueConstraint(
                fields=["tag", "content_object"], name="one_mention_per_tag_and_post"
            )
        ]

    def __str__(self) -> str:
        return str(self.tag)
