"""« Offres »: every offer in one table, and who waits behind each."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html

from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet

from recrutement.enums import ONGOING, OfferStatus
from recrutement.models import JobOfferPage
from recrutement.opening import TOO_LATE


def situation(offer: JobOfferPage) -> str:
    """The status; « Échue » when an offer left open has passed its closing day."""
    if offer.status == OfferStatus.OPEN and offer.why_closed(timezone.now()) == TOO_LATE:
        return "Échue"
    return offer.get_status_display()


def waiting(offer: JobOfferPage) -> str:
    """How many applications are under way, with a way to their board."""
    url = f"{reverse('recrutement_board')}?{urlencode({'offre': offer.reference})}"
    return format_html(
        '<a href="{}">{}<span class="w-sr-only"> en cours pour {}</span></a>',
        url,
        offer.ongoing_count,
        offer.title,
    )


class EndColumn(Column):
    """Where everybody who waits gets an answer: some refused, or the whole offer closed."""

    cell_template_name = "recrutement/admin/parts/offer_acts.html"


class RecruitersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("recrutement.view_application")


class OfferIndexView(IndexView):
    default_ordering = "-closing_date"

    def get_base_queryset(self) -> Any:
        counted = Q(applications__state__in=ONGOING, applications__synthetic=False)
        ongoing = Count("applications", filter=counted)
        return super().get_base_queryset().annotate(ongoing_count=ongoing)


class OfferListing(PageListingViewSet):
    name = "offres"
    model = JobOfferPage
    index_view_class = OfferIndexView
    icon = "doc-full"
    menu_label = "Offres"
    list_display = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label="Intitulé", sort_key="title", classname="title"),
        Column("reference", label="Référence", sort_key="reference"),
        Column("situation", label="Situation", accessor=situation, sort_key="status"),
        Column("closing_date", label="Date limite", sort_key="closing_date"),
        Column("ongoing_count", label="Candidatures en cours", accessor=waiting),
        PageStatusColumn("live", label="Publication", sort_key="live"),
        EndColumn("pk", label="Répondre"),
    ]
    list_filter = {"status": ["exact"], "closing_date": ["lte", "gte"], "contract_type": ["exact"]}

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        return RecruitersMenuItem
