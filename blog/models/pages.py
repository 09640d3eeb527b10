"""The blog and its articles."""

from datetime import date as day
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalManyToManyField
from taggit.models import Tag
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.url_routing import RouteResult

from blog.listing import listing
from blog.querysets import PostQuerySet
from home.blocks import TextStreamBlock
from home.models import BasePage
from site_enys.french import fold

from .comments import Conversation

PostManager = PageManager.from_queryset(PostQuerySet)

# Where the project's URLs mount the archives, the feed and the form.
SLUG = "blog"
# First words of the blog's own addresses: an article of that name could not be reached.
RESERVED_SLUGS = frozenset(
    {
        "archives",
        "auteur",
        "categorie",
        "commentaire",
        "etiquette",
        "etiquettes",
        "flux",
        "moderation",
        "reponse",
    }
)


class BlogIndexPage(BasePage):
    """The blog: all the articles, the latest first."""

    introduction = models.TextField("introduction", max_length=600, blank=True)
    comment_days = models.PositiveSmallIntegerField(
        "commentaires ouverts pendant (jours)",
        default=180,
        help_text="Compté depuis la date de l’article\u202f; 0\u00a0: sans limite.",
    )
    comment_links = models.PositiveSmallIntegerField(
        "liens admis dans un commentaire",
        default=2,
        help_text="Au-delà, le commentaire est mis de côté.",
    )
    blocked_words = models.TextField(
        "mots et sites bloqués",
        max_length=4000,
        blank=True,
        help_text=(
            "Un par ligne, sans souci des accents ni des majuscules. Un commentaire qui en "
            "contient un est mis de côté\u202f; ceux déjà reçus ne changent pas."
        ),
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [
                FieldPanel("comment_days"),
                FieldPanel("comment_links"),
                FieldPanel("blocked_words"),
            ],
            heading="Commentaires",
        ),
    ]
    searched = ("introduction",)
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["blog.PostPage"]
    template = "blog/post_list.html"

    class Meta:
        verbose_name = "blog"
        verbose_name_plural = "blogs"

    def clean(self) -> None:
        super().clean()
        if self.slug != SLUG:
            sentence = (
                f"L’adresse du blog reste «\u00a0{SLUG}\u202f»\u00a0: ses archives en dépendent."
            )
            raise ValidationError({"slug": sentence})

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find an article with all it shows at once, where Wagtail would ask four times."""
        if len(path_components) != 1:
            return super().route(request, path_components)
        posts = PostPage.objects.child_of(self).select_related("author__photo", "image")
        post = get_object_or_404(posts, slug=path_components[0])
        post._cached_parent_obj = self  # noqa: SLF001 - as Wagtail does on its own way
        return post.route(request, [])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | listing(
            request,
            self,
            PostPage.objects.published(timezone.now()),
            heading=self.title,
            introduction=self.introduction,
        )


class PostPage(BasePage):
    """An article."""

    date = models.DateTimeField(
        "date de l’article",
        default=timezone.now,
        help_text="Dans l’avenir, l’article publié reste caché jusqu’à ce moment.",
    )
    updated = models.DateField(
        "mis à jour le",
        null=True,
        blank=True,
        help_text="À remplir quand le fond a changé, pas pour une coquille.",
    )
    author = models.ForeignKey(
        "blog.Author",
        verbose_name="auteur",
        null=True,  # a draft may not have one yet
        on_delete=models.PROTECT,
        related_name="posts",
    )
    categories = ParentalManyToManyField(
        "blog.Category", verbose_name="catégories", blank=True, related_name="posts"
    )
    tags = ClusterTaggableManager(
        through="blog.PostTag", verbose_name="étiquettes", blank=True, help_text=""
    )
    introduction = models.TextField(
        "introduction", max_length=600, help_text="Une ou deux phrases, montrées dans les listes."
    )
    body = StreamField(TextStreamBlock(), verbose_name="texte")
    image = models.ForeignKey(
        "home.CustomImage",
        verbose_name="image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    comments_open = models.BooleanField("commentaires ouverts", default=True)

    objects = PostManager()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("image"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("author"), FieldPanel("date"), FieldPanel("updated")], heading="Signature"
        ),
        MultiFieldPanel([FieldPanel("categories"), FieldPanel("tags")], heading="Classement"),
        FieldPanel("comments_open"),
    ]
    searched = ("introduction", "body")
    opens_over = True
    appears_at_its_time = True
    read_again_after_months = 24
    parent_page_types = ["blog.BlogIndexPage"]
    subpage_types: list[str] = []
    template = "blog/post_page.html"

    class Meta:
        verbose_name = "article"
        verbose_name_plural = "articles"
        # Each list counts the articles by month and by author: never by their long rows.
        indexes = [models.Index(fields=["date", "author"], name="posts_by_date")]

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS:
            sentence = (
                f"«\u00a0{self.slug}\u202f» sert déjà au blog\u202f; choisissez une autre adresse."
            )
            raise ValidationError({"slug": sentence})
        # The archives have no address for another century.
        if self.date and not 1900 <= timezone.localtime(self.date).year < 2100:
            raise ValidationError({"date": "Cette année n’est pas possible\u00a0: vérifiez-la."})

    def check_publishable(self, values: dict[str, Any] | None = None) -> None:
        author = values.get("author") if values is not None else self.author_id
        if not author:
            raise ValidationError(
                {"author": ("Un article publié est signé\u00a0: choisissez l’auteur.")}
            )

    @property
    def visible_from(self) -> datetime:
        return self.date

    @property
    def shown_update(self) -> day | None:
        """The day of the last change worth saying: later than that of the article."""
        published_on = timezone.localdate(self.date)
        return self.updated if self.updated and self.updated > published_on else None

    @property
    def tag_list(self) -> list[Tag]:
        """The tags in alphabetical order."""
        return sorted(self.tags.all(), key=lambda tag: fold(tag.name))

    @property
    def answer_url(self) -> str:
        """Where « Laisser une réponse » leads: forms live at their own addresses."""
        # A preview comes before the slug.
        return reverse("blog:answer", args=[self.slug or "apercu"])

    def comments_close_at(self) -> datetime | None:
        """When comments close by age, or None when they do not."""
        days = self.get_parent().specific.comment_days
        return self.date + timedelta(days=days) if days else None

    def accepts_comments(self, now: datetime) -> bool:
        closing = self.comments_close_at() if self.comments_open else None
        return self.comments_open and (closing is None or now < closing)

    def texts(self) -> list[str]:
        """With the words under which the article is filed."""
        filed = [*self.categories.all(), *self.tags.all(), self.author or ""]
        return [*super().texts(), *map(str, filed)]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.date > timezone.now():
            raise Http404
        return super().serve(request, *args, **kwargs)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        if self.date > timezone.now():
            return []
        # Written last month for today, it is new today.
        (entry,) = super().get_sitemap_urls(request)
        return [entry | {"lastmod": max(entry["lastmod"] or self.date, self.date)}]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        conversation = Conversation.of(self.pk)
        return super().get_context(request, *args, **kwargs) | {
            "blog": self.get_parent(),
            "comments": conversation.comments,
            "threads": conversation.threads,
            "accepts_comments": self.accepts_comments(timezone.now()),
            "filed": sorted(self.categories.all(), key=lambda category: fold(category.name)),
            "tags": self.tag_list,
        }
