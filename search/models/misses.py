"""« Recherches sans résultat » : what people look for and do not find."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

KEPT = timedelta(days=90)


class MissQuerySet(models.QuerySet["SearchMiss"]):
    def waiting(self) -> "MissQuerySet":
        """What nobody has dealt with, or what has been asked again since."""
        return self.filter(Q(handled_at=None) | Q(last_at__gt=F("handled_at")))

    def not_asked_since(self, limit: datetime) -> "MissQuerySet":
        return self.filter(last_at__lt=limit)


class SearchMiss(models.Model):
    """Words that were searched and found nothing."""

    words = models.CharField("recherche", max_length=60, unique=True)
    count = models.PositiveIntegerField("fois", default=1)
    first_at = models.DateTimeField("première fois", db_index=True)
    last_at = models.DateTimeField("dernière fois", db_index=True)
    # How often on that day, so that a robot does not make a need.
    day = models.DateField("jour compté")
    count_of_day = models.PositiveSmallIntegerField("fois ce jour-là", default=1)
    handled_at = models.DateTimeField("traitée le", null=True, blank=True)

    objects = MissQuerySet.as_manager()

    class Meta:
        verbose_name = "recherche sans résultat"
        verbose_name_plural = "recherches sans résultat"
        ordering = ["-count", "-last_at", "-pk"]

    def __str__(self) -> str:
        # No words: Wagtail's journal keeps this text after the row is erased.
        return f"Recherche sans résultat n°\u00a0{self.pk}"
