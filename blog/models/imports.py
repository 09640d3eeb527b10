"""What was brought over from the old site, so that it is brought over once."""

from django.db import models

from wagtail.models import Page


class ImportedThing(models.Model):
    """One thing of the old site and what became of it.

    The row outlives what it made: an article that staff has deleted is not brought over again, nor
    one that staff has changed put back as it was.
    """

    class Kind(models.TextChoices):
        POST = "post", "article"
        PAGE = "page", "page"
        COMMENT = "comment", "commentaire"
        IMAGE = "image", "image"
        REDIRECT = "redirect", "redirection"

    kind = models.CharField("nature", max_length=10, choices=Kind)
    key = models.CharField("repère sur l’ancien site", max_length=255)
    page = models.ForeignKey(
        Page,
        verbose_name="page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    digest = models.CharField("empreinte de ce qui a été écrit", max_length=64, blank=True)
    links_wait = models.BooleanField("liens à compléter", default=False)
    at = models.DateTimeField("repris le")

    class Meta:
        verbose_name = "reprise de l’ancien site"
        verbose_name_plural = "reprises de l’ancien site"
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="brought_over_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} repris n°\u00a0{self.pk}"
