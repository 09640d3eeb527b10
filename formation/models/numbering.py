"""The numbers that people read out on the telephone follow each other, by year."""

from django.db import models


class Numbering(models.Model):
    """The last number given in a year under a prefix: references follow without a gap."""

    prefix = models.CharField("préfixe", max_length=8, default="F")
    year = models.PositiveSmallIntegerField("année")
    last = models.PositiveIntegerField("dernier numéro", default=0)

    class Meta:
        verbose_name = "numérotation"
        verbose_name_plural = "numérotations"
        constraints = [
            models.UniqueConstraint(fields=["prefix", "year"], name="one_numbering_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.prefix} {self.year}\u00a0: {self.last}"
