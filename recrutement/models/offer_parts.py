"""What hangs on an offer: its tags, its diplomas, its questions, its criteria, its overrides."""

from django.conf import settings
from django.db import models

from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase, TaggedItemBase
from wagtail.models import Orderable

from recrutement.enums import QuestionKind
from site_enys.templatetags.typography import long_date


class OfferTag(TaggedItemBase):
    content_object = ParentalKey(
        "recrutement.JobOfferPage",
        verbose_name="offre",
        on_delete=models.CASCADE,
        related_name="tagged_items",
    )

    class Meta:
        verbose_name = "étiquette d’offre"
        verbose_name_plural = "étiquettes d’offres"


class Diploma(TagBase):
    """A diploma of the field: asked for by offers, told by the people of the pool."""

    class Meta:
        verbose_name = "diplôme"
        verbose_name_plural = "diplômes"
        ordering = ["name"]


class OfferDiploma(ItemBase):
    tag = models.ForeignKey(
        Diploma, verbose_name="diplôme", on_delete=models.CASCADE, related_name="offer_items"
    )
    content_object = ParentalKey(
        "recrutement.JobOfferPage",
        verbose_name="offre",
        on_delete=models.CASCADE,
        related_name="diploma_items",
    )

    class Meta:
        verbose_name = "diplôme d’une offre"
        verbose_name_plural = "diplômes des offres"


class OfferQuestion(Orderable):
    """One of the questions of an offer's own; three at most."""

    page = ParentalKey(
        "recrutement.JobOfferPage",
        verbose_name="offre",
        on_delete=models.CASCADE,
        related_name="questions",
    )
    label = models.CharField("question", max_length=200)
    kind = models.CharField(
        "réponse", max_length=10, choices=QuestionKind, default=QuestionKind.SHORT
    )
    choices = models.TextField(
        "choix proposés", max_length=600, blank=True, help_text="Un par ligne."
    )
    required = models.BooleanField("réponse obligatoire", default=False)

    class Meta(Orderable.Meta):
        verbose_name = "question"
        verbose_name_plural = "questions"

    def __str__(self) -> str:
        return self.label

    @property
    def listed_choices(self) -> list[str]:
        """The choices, one per line that says something."""
        return [line.strip() for line in self.choices.splitlines() if line.strip()]


class OfferCriterion(Orderable):
    """What each reviewer gives a mark for; without any, the usual criteria serve."""

    page = ParentalKey(
        "recrutement.JobOfferPage",
        verbose_name="offre",
        on_delete=models.CASCADE,
        related_name="criteria",
    )
    label = models.CharField("critère", max_length=80)

    class Meta(Orderable.Meta):
        verbose_name = "critère"
        verbose_name_plural = "critères"

    def __str__(self) -> str:
        return self.label


class OfferOverride(models.Model):
    """A warning that somebody has read and set aside, with the reason; only ever added."""

    offer = models.ForeignKey(
        "recrutement.JobOfferPage",
        verbose_name="offre",
        on_delete=models.CASCADE,
        related_name="overrides",
    )
    at = models.DateTimeField("le")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="par",
        null=True,
        on_delete=models.SET_NULL,  # the trace outlives the account
        related_name="+",
    )
    code = models.CharField("point", max_length=40)
    excerpt = models.CharField("passage", max_length=120, blank=True)
    article = models.CharField("texte", max_length=80)
    reason = models.CharField("motif", max_length=500)

    class Meta:
        verbose_name = "avertissement passé outre"
        verbose_name_plural = "avertissements passés outre"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "code", "excerpt"], name="one_override_per_warning"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} ({long_date(self.at)})"
