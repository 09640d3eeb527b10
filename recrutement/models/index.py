"""« Recrutement »: the list of open offers and the way we recruit."""

from datetime import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from home.models import BasePage
from recrutement.blocks import StepsBlock
from recrutement.opening import takes_spontaneous


class RecruitmentIndexPage(BasePage):
    """The one page under which every offer lives."""

    introduction = models.TextField("introduction", max_length=600, blank=True)
    process = StreamField(StepsBlock(), verbose_name="étapes du recrutement", blank=True)
    spontaneous_open = models.BooleanField("candidatures spontanées ouvertes", default=True)
    spontaneous_until = models.DateField(
        "jusqu’au",
        null=True,
        blank=True,
        help_text="Ce jour-là compris ; vide : sans limite.",
    )
    answer_by_days = models.PositiveSmallIntegerField(
        "réponse aux candidatures spontanées sous (jours)",
        default=30,
        help_text="Ce délai est promis à la personne dans l’accusé de réception.",
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("process"),
        MultiFieldPanel(
            [
                FieldPanel("spontaneous_open"),
                FieldPanel("spontaneous_until"),
                FieldPanel("answer_by_days"),
            ],
            heading="Candidatures spontanées",
        ),
    ]
    searched = ("introduction", "process")
    subpage_types = ["recrutement.JobOfferPage"]
    max_count = 1
    template = "recrutement/index.html"

    class Meta:
        verbose_name = "page «\u00a0Recrutement\u00a0»"
        verbose_name_plural = "pages «\u00a0Recrutement\u00a0»"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer_by_days__gte=1, answer_by_days__lte=90),
                name="spontaneous_answer_within_90_days",
                violation_error_message="Promettez une réponse sous 1 à 90 jours.",
            )
        ]

    def takes_spontaneous(self, now: datetime) -> bool:
        """Whether somebody may apply now without an offer."""
        return takes_spontaneous(
            is_open=self.live and self.spontaneous_open, until=self.spontaneous_until, now=now
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from recrutement.listing import offers_page  # noqa: PLC0415 - forms stand right of models

        now = timezone.now()
        context = super().get_context(request, *args, **kwargs)
        context["spontaneous"] = self.takes_spontaneous(now)
        return context | offers_page(request.GET, now)
