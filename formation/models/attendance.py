"""Who was there, half-day by half-day."""

from typing import Any, NoReturn

from django.db import models
from django.db.models import Q, Sum
from django.utils.crypto import get_random_string

from formation.enums import WAS_THERE, Presence, SignedBy
from site_enys.models import random_name
from site_enys.private_storage import private_storage
from site_enys.states import Role

from .enrolment import Enrolment
from .people import Trainer
from .session import TimeSlot


def new_room_secret() -> str:
    return get_random_string(32)


def sheet_path(instance: models.Model, filename: str) -> str:
    return f"emargement/{random_name(instance, filename)}"


class AttendanceSheet(models.Model):
    """The sheet of one half-day: the secret of the code shown in the room, and what closes it.

    The trainer countersigns once everybody has a line. A scan replaces the signatures on a phone
    when the sheet was signed on paper.
    """

    slot = models.OneToOneField(
        TimeSlot, verbose_name="demi-journée", on_delete=models.PROTECT, related_name="sheet"
    )
    secret = models.CharField("secret du code", max_length=32, default=new_room_secret)
    countersigned_at = models.DateTimeField("contresignée le", null=True)
    countersigned_by = models.ForeignKey(
        Trainer,
        verbose_name="contresignée par",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # What the trainer was called that day: the proof outlives the record of the trainer.
    countersigned_name = models.CharField("nom du formateur", max_length=120, blank=True)
    scan = models.FileField(
        "feuille numérisée",
        storage=private_storage,
        upload_to=sheet_path,
        max_length=200,
        blank=True,
    )
    scanned_at = models.DateTimeField("numérisée le", null=True)

    class Meta:
        verbose_name = "feuille d’émargement"
        verbose_name_plural = "feuilles d’émargement"
        constraints = [
            models.CheckConstraint(
                condition=Q(countersigned_at=None) | ~Q(countersigned_name=""),
                name="countersigned_sheet_has_its_trainer",
                violation_error_message="Une feuille contresignée l’est par quelqu’un.",
            ),
        ]

    def __str__(self) -> str:
        return f"Feuille d’émargement n°\u00a0{self.pk}"


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def taught(self) -> "AttendanceQuerySet":
        return self.filter(presence__in=WAS_THERE)

    def minutes_by_enrolment(self) -> dict[int, int]:
        """How many minutes each person was taught, by the key of the enrolment."""
        totals = self.taught().order_by().values_list("enrolment").annotate(Sum("minutes"))
        return dict(totals)


class Attendance(models.Model):
    """One person in one half-day. No line means that nothing is known yet."""

    enrolment = models.ForeignKey(
        Enrolment, verbose_name="inscription", on_delete=models.CASCADE, related_name="attendances"
    )
    slot = models.ForeignKey(
        TimeSlot, verbose_name="demi-journée", on_delete=models.PROTECT, related_name="attendances"
    )
    presence = models.CharField("présence", max_length=10, choices=Presence)
    # Taught, in minutes: the whole half-day unless the person came late or left early.
    minutes = models.PositiveSmallIntegerField("minutes suivies")
    signed_by = models.CharField("attesté par", max_length=10, choices=SignedBy)
    signed_at = models.DateTimeField("signé le")

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = "émargement"
        verbose_name_plural = "émargements"
        ordering = ["slot__starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "slot"],
                name="one_attendance_per_half_day",
                violation_error_message="Cette demi-journée est déjà émargée.",
            ),
            models.CheckConstraint(
                condition=Q(presence__in=sorted(WAS_THERE), minutes__gt=0)
                | (~Q(presence__in=sorted(WAS_THERE)) & Q(minutes=0)),
                name="attendance_minutes_follow_presence",
                violation_error_message="Seule une personne présente a des minutes suivies.",
            ),
        ]

    def __str__(self) -> str:
        return f"Émargement n°\u00a0{self.pk}"


class AttendanceCorrection(models.Model):
    """What a line said before it was corrected, by whom and why; only ever added."""

    attendance = models.ForeignKey(
        Attendance,
        verbose_name="émargement",
        on_delete=models.CASCADE,
        related_name="corrections",
    )
    at = models.DateTimeField("le")
    role = models.CharField("par", max_length=10, choices=Role)
    user = models.ForeignKey(
        "site_enys.User",
        verbose_name="compte",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    old_presence = models.CharField("ancienne présence", max_length=10, choices=Presence)
    old_minutes = models.PositiveSmallIntegerField("anciennes minutes")
    new_presence = models.CharField("nouvelle présence", max_length=10, choices=Presence)
    new_minutes = models.PositiveSmallIntegerField("nouvelles minutes")
    reason = models.TextField("motif", max_length=1000)

    class Meta:
        verbose_name = "correction d’émargement"
        verbose_name_plural = "corrections d’émargement"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="attendance_correction_has_its_reason",
                violation_error_message="Une correction a un motif.",
            ),
        ]

    def __str__(self) -> str:
        return f"Correction n°\u00a0{self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("Une correction ne se modifie pas.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("Une correction ne s’efface qu’avec ce dont elle parle.")
