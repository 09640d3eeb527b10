"""« Vivier » : the people who agree that we write to them about other posts."""

from datetime import datetime

from django.contrib.admin import display
from django.db import models

from recrutement.opening import day_in_paris

from .applications import Application
from .offer_parts import Diploma


class PoolConsentQuerySet(models.QuerySet["PoolConsent"]):
    def active(self, now: datetime) -> "PoolConsentQuerySet":
        """Given, not withdrawn, not run out."""
        return self.filter(withdrawn_at=None, expires_on__gte=day_in_paris(now))


class PoolConsent(models.Model):
    """A consent, not a state: somebody who was not retained may well be in the pool.

    It holds what the person chose to say of herself for it, and nothing that the team thinks.
    """

    application = models.OneToOneField(
        Application,
        verbose_name="candidature",
        on_delete=models.CASCADE,
        related_name="pool_consent",
    )
    given_at = models.DateTimeField("donné le")
    text_version = models.CharField("texte accepté (version)", max_length=20)
    skills = models.TextField("ce que la personne sait faire", max_length=1000, blank=True)
    diplomas = models.ManyToManyField(
        Diploma, verbose_name="diplômes", blank=True, related_name="consents"
    )
    places = models.CharField("où la personne veut travailler", max_length=200, blank=True)
    expires_on = models.DateField("jusqu’au")
    renewal_asked_at = models.DateTimeField("renouvellement proposé le", null=True, blank=True)
    renewed_at = models.DateTimeField("renouvelé le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)

    objects = PoolConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "accord pour le vivier"
        verbose_name_plural = "accords pour le vivier"
        ordering = ["-given_at", "pk"]
        indexes = [models.Index(fields=["expires_on"], name="recrutement_pool")]

    def __str__(self) -> str:
        return f"Vivier, candidature {self.application.reference}"

    def is_active(self, now: datetime) -> bool:
        return self.withdrawn_at is None and day_in_paris(now) <= self.expires_on

    @property
    @display(description="diplômes")
    def diploma_names(self) -> str:
        return ", ".join(diploma.name for diploma in self.diplomas.all())
