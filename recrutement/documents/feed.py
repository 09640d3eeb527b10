"""The open offers as RSS, in full, for those who follow them elsewhere."""

from datetime import UTC, datetime
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from recrutement.models import JobOfferPage, RecruitmentIndexPage
from site_enys.feeds import FullTextRss, absolute, for_xml

LATEST = 50


def rss(index: RecruitmentIndexPage, now: datetime) -> str:
    """The feed of the open offers, the latest first, as XML."""
    feed = FullTextRss(
        title=for_xml(f"{settings.WAGTAIL_SITE_NAME} — Offres d’emploi"),
        link=urljoin(settings.SITE_URL, index.url),
        description=for_xml(index.summary or f"Les offres d’{settings.WAGTAIL_SITE_NAME}"),
        language="fr",
        feed_url=urljoin(settings.SITE_URL, reverse("recrutement_feed")),
        since=index.first_published_at or datetime.fromtimestamp(0, UTC),
    )
    shown = JobOfferPage.objects.to_show(now).order_by("-first_published_at", "-pk")
    for offer in shown.prefetch_related("tagged_items__tag", "diploma_items__tag")[:LATEST]:
        address = urljoin(settings.SITE_URL, offer.url)
        feed.add_item(
            title=for_xml(offer.title),
            link=address,
            description=for_xml(offer.introduction),
            unique_id=address,
            unique_id_is_permalink=True,
            pubdate=offer.first_published_at,
            updateddate=offer.last_published_at or offer.first_published_at,
            categories=sorted({for_xml(str(item.tag)) for item in offer.tagged_items.all()}),
            content=_content(offer, address),
        )
    return feed.writeString("utf-8")


def _content(offer: JobOfferPage, address: str) -> str:
    html = render_to_string("recrutement/feed_content.html", {"page": offer})
    return for_xml(absolute(html, address)).strip()
