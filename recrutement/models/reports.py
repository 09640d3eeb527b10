"""What remains when people are forgotten, and what the site noted of its own work."""

from typing import Any

from django.db import models

from recrutement.enums import ApplicationState, ContractType, RejectReason, Source
from site_enys.templatetags.typography import long_moment


class AnonymizedApplication(models.Model):
    """One application that has been erased: nothing that leads to the person."""

    offer_reference = models.CharField("référence de l’offre", max_length=20, blank=True)
    contract_type = models.CharField("contrat", max_length=20, choices=ContractType, blank=True)
    submitted_month = models.DateField("mois de l’envoi")  # always a first day
    decided_month = models.DateField("mois de la décision", null=True, blank=True)
    state = models.CharField("issue", max_length=12, choices=ApplicationState)
    reject_reason = models.CharField("raison", max_length=20, choices=RejectReason, blank=True)
    source = models.CharField("a connu l’offre par", max_length=20, choices=Source, blank=True)
    days_to_answer = models.PositiveSmallIntegerField(
        "jours jusqu’à la première réponse", null=True, blank=True
    )

    class Meta:
        verbose_name = "candidature oubliée"
        verbose_name_plural = "candidatures oubliées"
        ordering = ["submitted_month", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(submitted_month__day=1)
                & (models.Q(decided_month=None) | models.Q(decided_month__day=1)),
                name="forgotten_applications_know_months_only",
            )
        ]

    def __str__(self) -> str:
        return f"{self.offer_reference or 'spontanée'}, {self.submitted_month:%m/%Y}"


class FormCheck(models.Model):
    """What the site found when it sent itself an application through its own form."""

    at = models.DateTimeField("le", db_index=True)
    passed = models.BooleanField("réussi")
    door = models.CharField("par", max_length=80, blank=True)
    detail = models.TextField("constat", max_length=1000)

    class Meta:
        verbose_name = "vérification du formulaire"
        verbose_name_plural = "vérifications du formulaire"
        ordering = ["-at"]

    def __str__(self) -> str:
        return long_moment(self.at)


class DailyRun(models.Model):
    """One run of `recrutement_daily`: how many of each, nobody's name."""

    at = models.DateTimeField("le", db_index=True)
    applied = models.BooleanField("pour de bon")
    counts: Any = models.JSONField("décompte")

    class Meta:
        verbose_name = "passage quotidien"
        verbose_name_plural = "passages quotidiens"
        ordering = ["-at"]

    def __str__(self) -> str:
        return long_moment(self.at)
