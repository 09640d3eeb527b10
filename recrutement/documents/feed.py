"""The open offers as RSS, in full, for those who follow them elsewhere."""

from datetime import UTC, datetime
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from recrutement.models import JobOfferPage, RecruitmentIndexPage
from site_enys.feeds import Entry, Feed, Person, for_readers

LATEST = 50


def offers_feed(index: RecruitmentIndexPage, now: datetime) -> Feed:
    """The feed of the open offers, the latest first."""
    shown = JobOfferPage.objects.to_show(now).order_by("-first_published_at", "-pk")
    offers = list(shown.prefetch_related("tagged_items__tag", "diploma_items__tag")[:LATEST])
    changes = [offer.last_published_at or offer.first_published_at for offer in offers]
    since = index.first_published_at or datetime.fromtimestamp(0, UTC)
    return Feed(
        id=urljoin(settings.SITE_URL, index.url),
        title=f"{settings.WAGTAIL_SITE_NAME} — Offres d’emploi",
        description=index.summary or f"Les offres d’{settings.WAGTAIL_SITE_NAME}",
        page_url=urljoin(settings.SITE_URL, index.url),
        addresses={"rss": urljoin(settings.SITE_URL, reverse("recrutement_feed"))},
        updated=max(changes, default=since),
        author=Person(settings.WAGTAIL_SITE_NAME),
        entries=[_entry(offer) for offer in offers],
    )


def _entry(offer: JobOfferPage) -> Entry:
    address = urljoin(settings.SITE_URL, offer.url)
    html = render_to_string("recrutement/feed_content.html", {"page": offer})
    return Entry(
        id=address,
        url=address,
        title=offer.title,
        summary=offer.introduction,
        html=for_readers(html, address),
        published=offer.first_published_at,
        terms=sorted({str(item.tag) for item in offer.tagged_items.all()}),
    )
