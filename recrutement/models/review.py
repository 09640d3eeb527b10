"""What the team writes about an application; its author may ask to read it (RGPD, art. 15)."""

from typing import Any, NoReturn

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from site_enys.templatetags.typography import long_date

from .applications import Application


class ApplicationAnswer(models.Model):
    """The answer to one question of the offer, with the question as it was then."""

    application = models.ForeignKey(
        Application, verbose_name="candidature", on_delete=models.CASCADE, related_name="answers"
    )
    position = models.PositiveSmallIntegerField("rang")
    question = models.CharField("question", max_length=200)
    answer = models.TextField("réponse", max_length=3000, blank=True)

    class Meta:
        verbose_name = "réponse"
        verbose_name_plural = "réponses"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "position"], name="one_answer_per_question"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application.reference}, question {self.position}"


class AccommodationRequest(models.Model):
    """What a person asks for to come to an interview; kept apart from what is assessed."""

    application = models.OneToOneField(
        Application,
        verbose_name="candidature",
        on_delete=models.CASCADE,
        related_name="accommodation_request",
    )
    text = models.TextField("aménagement demandé", max_length=1000)
    at = models.DateTimeField("demandé le")

    class Meta:
        verbose_name = "demande d’aménagement"
        verbose_name_plural = "demandes d’aménagement"

    def __str__(self) -> str:
        return f"Aménagement de la candidature {self.application.reference}"


class ApplicationNote(models.Model):
    application = models.ForeignKey(
        Application, verbose_name="candidature", on_delete=models.CASCADE, related_name="notes"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="par",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField("le")
    text = models.TextField("note", max_length=3000)

    class Meta:
        verbose_name = "note interne"
        verbose_name_plural = "notes internes"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"Note du {long_date(self.at)}"


class ApplicationRating(models.Model):
    """The mark that one reviewer gives for one criterion, from 1 to 4."""

    application = models.ForeignKey(
        Application, verbose_name="candidature", on_delete=models.CASCADE, related_name="ratings"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="par",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    criterion = models.CharField("critère", max_length=80)
    score = models.PositiveSmallIntegerField(
        "note", validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    at = models.DateTimeField("le")

    class Meta:
        verbose_name = "évaluation"
        verbose_name_plural = "évaluations"
        ordering = ["criterion", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "reviewer", "criterion"],
                name="one_rating_per_reviewer_and_criterion",
            ),
            models.CheckConstraint(
                condition=models.Q(score__gte=1, score__lte=4),
                name="rating_from_one_to_four",
                violation_error_message="Une note va de 1 à 4.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}\u00a0: {self.score}"


class ApplicationReveal(models.Model):
    """Who has asked to see the identity of a blind application, when and why; only ever added."""

    application = models.ForeignKey(
        Application, verbose_name="candidature", on_delete=models.CASCADE, related_name="reveals"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="par",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField("le")
    reason = models.CharField("motif", max_length=500)

    class Meta:
        verbose_name = "levée d’anonymat"
        verbose_name_plural = "levées d’anonymat"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "user"], name="one_reveal_per_reader")
        ]

    def __str__(self) -> str:
        return f"Levée d’anonymat du {long_date(self.at)}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("Une levée d’anonymat ne se modifie pas.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("Une levée d’anonymat ne s’efface qu’avec la candidature.")
