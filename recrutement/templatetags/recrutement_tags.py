"""What the other pages show of recruitment."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from recrutement.documents import posting
from recrutement.models import JobOfferPage
from recrutement.services.promises import AnswerFigures, answer_figures
from site_enys.memory import kept_for_now

register = template.Library()


@register.simple_tag
def job_posting(offer: JobOfferPage) -> dict[str, Any] | None:
    """What search engines read of an offer; nothing of one that is not open."""
    # A preview may be of an offer that nobody has saved, or finished, yet.
    shown = offer.pk and offer.contract_type and offer.is_open(timezone.now())
    return posting.job_posting(offer) if shown else None


@register.simple_tag
def open_offers(count: int) -> SafeString:
    """The `count` open offers that close first; nothing at all when there is none."""
    return kept_for_now("open offers", lambda: _draw_open_offers(count), count)


def _draw_open_offers(count: int) -> SafeString:
    offers = list(JobOfferPage.objects.to_show(timezone.now())[:count])
    # They lie under the list of all: its address is the beginning of theirs.
    all_offers = offers[0].url.removesuffix(f"{offers[0].slug}/") if offers else ""
    context = {"offers": offers, "all_offers": all_offers}
    return render_to_string("recrutement/tags/open_offers.html", context)


@register.simple_tag
def answer_delay() -> AnswerFigures | None:
    """How long our answers take, when there are enough of them."""
    return answer_figures(timezone.now())
