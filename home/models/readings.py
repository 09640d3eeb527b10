"""« Revu, rien à changer » : a page was read again, and still says what it should."""

from django.conf import settings
from django.db import models

from wagtail.models import Page

from site_enys.templatetags.typography import long_date


class PageReading(models.Model):
    """Somebody of the team has read a page that is online, and left it as it is."""

    page = models.ForeignKey(
        Page, verbose_name="page", on_delete=models.CASCADE, related_name="readings"
    )
    at = models.DateTimeField("le")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="par",
        null=True,
        on_delete=models.SET_NULL,  # the page has been read, whoever is still here
        related_name="+",
    )

    class Meta:
        verbose_name = "relecture de page"
        verbose_name_plural = "relectures de pages"
        indexes = [models.Index(fields=["page", "-at"], name="last_reading_of_page")]

    def __str__(self) -> str:
        return f"Relecture du {long_date(self.at)}"
