"""What the other pages show of recruitment."""

from typing import Any

from django import template
from django.utils import timezone

from recrutement.documents import posting
from recrutement.models import JobOfferPage, RecruitmentIndexPage
from recrutement.services.promises import AnswerFigures, answer_figures

register = template.Library()


@register.simple_tag
def job_posting(offer: JobOfferPage) -> dict[str, Any] | None:
    """What search engines read of an offer; nothing of one that is not open."""
    # A preview may be of an offer that nobody has saved, or finished, yet.
    shown = offer.pk and offer.contract_type and offer.is_open(timezone.now())
    return posting.job_posting(offer) if shown else None


@register.inclusion_tag("recrutement/tags/open_offers.html")
def open_offers(count: int) -> dict[str, Any]:
    """The `count` open offers that close first; nothing at all when there is none."""
    offers = list(JobOfferPage.objects.to_show(timezone.now())[:count])
    index = RecruitmentIndexPage.objects.live().first() if offers else None
    return {"offers": offers, "all_offers": index.url if index else "/recrutement/"}


@register.simple_tag
def answer_delay() -> AnswerFigures | None:
    """How long our answers take, when there are enough of them."""
    return answer_figures(timezone.now())
