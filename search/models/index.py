"""The index of the public search: what each page says, and the stems by which it is found.

Not Wagtail's own index: that one ranks differently on SQLite and on PostgreSQL, and on SQLite asks
the full-text table once more for every result. Here one plain query gives the same answers, in the
same order, on both. All that ranks a page stands in the row of the stem, so that a word which ten
thousand pages have is answered by one index alone.
"""

from django.db import models

from wagtail.models import Page

from site_enys.french import LONGEST_STEM


class Kind(models.TextChoices):
    """What a result is, for the person who searches."""

    PAGE = "page", "Page"
    COURSE = "formation", "Formation"
    OFFER = "offre", "Offre d’emploi"
    POST = "article", "Article"

    @property
    def plural(self) -> str:
        return {"offre": "Offres d’emploi"}.get(self.value, f"{self.label}s")


#: The kinds in the order in which they are shown; a row of the index keeps the place in it.
KINDS = tuple(Kind)


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
    facts = models.CharField("en une ligne", max_length=200, blank=True)
    text = models.TextField("texte")
    visible_from = models.DateTimeField("visible à partir du", null=True, blank=True, db_index=True)
    lexicon = models.CharField("façon de lire", max_length=16, blank=True)
    to_read_again = models.BooleanField("à relire", default=False)

    class Meta:
        verbose_name = "page indexée"
        verbose_name_plural = "pages indexées"
        indexes = [
            models.Index(
                fields=["page"], condition=models.Q(to_read_again=True), name="search_to_read_again"
            ),
            models.Index(fields=["lexicon"], name="search_by_lexicon"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} n°\u00a0{self.pk}"


class SearchStem(models.Model):
    """One stem of one page, how much it weighs there, and what ranks the page."""

    entry = models.ForeignKey(
        SearchEntry, verbose_name="page", on_delete=models.CASCADE, related_name="stems"
    )
    stem = models.CharField("racine", max_length=LONGEST_STEM)
    weight = models.PositiveSmallIntegerField("poids")
    kind = models.PositiveSmallIntegerField("rang de la nature", default=0)
    day = models.PositiveIntegerField("jour", default=0)  # counted from the year 1

    class Meta:
        verbose_name = "mot indexé"
        verbose_name_plural = "mots indexés"
        constraints = [
            models.UniqueConstraint(fields=["entry", "stem"], name="one_weight_per_page_and_stem")
        ]
        indexes = [
            models.Index(fields=["stem", "entry", "weight", "kind", "day"], name="search_by_stem")
        ]

    def __str__(self) -> str:
        return self.stem
