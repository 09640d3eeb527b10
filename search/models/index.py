"""The index of the public search: what each page says, and the stems by which it is found.

Not Wagtail's own index: that one ranks differently on SQLite and on PostgreSQL, and on SQLite asks
the full-text table once more for every result. Here one plain query gives the same answers, in the
same order, on both; the extract and the kind come with it, whatever the page types.
"""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Count, Q, Sum

from wagtail.models import Page, Site

from home.services.visibility import behind_a_door
from recrutement.models import JobOfferPage
from site_enys.french import LONGEST_STEM


class Kind(models.TextChoices):
    """What a result is, for the person who searches."""

    PAGE = "page", "Page"
    COURSE = "formation", "Formation"
    OFFER = "offre", "Offre d’emploi"
    POST = "article", "Article"


class SearchEntry(models.Model):
    """One page as the search knows it."""

    page = models.OneToOneField(
        Page,
        verbose_name="page",
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="search_entry",
    )
    kind = models.CharField("nature", max_length=20, choices=Kind)
    text = models.TextField("texte")
    visible_from = models.DateTimeField("visible à partir du", null=True, blank=True)

    class Meta:
        verbose_name = "page indexée"
        verbose_name_plural = "pages indexées"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} n°\u00a0{self.pk}"


class SearchStemQuerySet(models.QuerySet["SearchStem"]):
    def on_public_pages(self, site: Site, now: datetime) -> "SearchStemQuerySet":
        """Stems of pages that anybody may read now on this site."""
        return self.filter(
            ~behind_a_door("entry__page__path"),
            ~Q(entry__in=JobOfferPage.objects.closed(now).order_by().values("pk")),
            Q(entry__visible_from=None) | Q(entry__visible_from__lte=now),
            entry__page__live=True,
            entry__page__path__startswith=site.root_page.path,
        )

    def ranked(self, stems: list[str]) -> models.QuerySet[Any, Any]:
        """Pages that have all the stems, as {"entry", "score"}, the best first.

        All words are asked for, so how rare each is does not matter; weights are whole numbers,
        so that both databases add them up alike.
        """
        return (
            self.filter(stem__in=stems)
            .values("entry")
            .annotate(score=Sum("weight"), met=Count("stem"))
            .filter(met=len(stems))
            .order_by("-score", "-entry")
            .values("entry", "score")
        )


class SearchStem(models.Model):
    """One stem of one page, and how much it weighs there."""

    entry = models.ForeignKey(
        SearchEntry, verbose_name="page", on_delete=models.CASCADE, related_name="stems"
    )
    stem = models.CharField("racine", max_length=LONGEST_STEM)
    weight = models.PositiveSmallIntegerField("poids")

    objects = SearchStemQuerySet.as_manager()

    class Meta:
        verbose_name = "mot indexé"
        verbose_name_plural = "mots indexés"
        constraints = [
            models.UniqueConstraint(fields=["entry", "stem"], name="one_weight_per_page_and_stem")
        ]
        indexes = [models.Index(fields=["stem", "entry", "weight"], name="search_by_stem")]

    def __str__(self) -> str:
        return self.stem
