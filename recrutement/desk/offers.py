"""« Offres »: every offer in one table, and who waits behind each."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet
from wagtail.admin.viewsets.pages import PageListingViewSet

from recrutement.enums import ONGOING, ApplicationState, OfferStatus
from recrutement.models import Application, JobOfferPage
from recrutement.opening import TOO_LATE
from site_enys.french import plural
from site_enys.models import User

#: What a member of the team is called by.
NAMES = ("username", "first_name", "last_name")


def situation(offer: JobOfferPage) -> str:
    """The status; « Échue » when an offer left open has passed its closing day."""
    if offer.status == OfferStatus.OPEN and offer.why_closed(timezone.now()) == TOO_LATE:
        return "Échue"
    return offer.get_status_display()


class EndColumn(Column):
    """Where everybody who waits gets an answer: some refused, or the whole offer closed."""

    cell_template_name = "recrutement/admin/parts/offer_acts.html"


class RecruitersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("recrutement.view_application")


def counts(offer: Any) -> str:
    """« 3 en cours, dont 2 à lire (8 reçues) » ; an offer nobody answered says so."""
    if not offer.all_count:
        return "Aucune"
    to_read = f", dont {offer.to_read_count} à lire" if offer.to_read_count else ""
    received = plural(offer.all_count, "reçue")
    return f"{offer.ongoing_count} en cours{to_read} ({received})"


def follower(offer: Any) -> str:
    """Who follows the offer, of whom the list has read the names in its own query."""
    names = {name: getattr(offer, f"recruiter_{name}") for name in NAMES}
    return str(User(**names)) if names["username"] else "—"


class CandidatesColumn(Column):
    """The counts, leading to the candidates of the offer."""

    cell_template_name = "recrutement/admin/candidates_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        address = reverse(Application.snippet_viewset.get_url_name("list"))
        context["url"] = f"{address}?offer={instance.pk}" if instance.all_count else ""
        query = urlencode({"offre": instance.reference})
        context["board_url"] = f"{reverse('recrutement_board')}?{query}"
        context["copy_url"] = reverse("recrutement_copy_sheet", args=[instance.pk])
        return context


class OfferFilterSet(PageFilterSet):
    """Without those of any page, each of which asks the database for what it offers."""

    owner = edited_by = site = has_child_pages = None

    class Meta:
        model = JobOfferPage
        fields = {"status": ["exact"], "closing_date": ["lte", "gte"], "contract_type": ["exact"]}


class OfferIndexView(IndexView):
    default_ordering = "-closing_date"

    def get_base_queryset(self) -> Any:
        real = Q(applications__synthetic=False)
        return (
            super()
            .get_base_queryset()
            .annotate(
                **{f"recruiter_{name}": F(f"recruiter__{name}") for name in NAMES},
                ongoing_count=Count(
                    "applications", filter=real & Q(applications__state__in=ONGOING)
                ),
                to_read_count=Count(
                    "applications", filter=real & Q(applications__state=ApplicationState.RECEIVED)
                ),
                all_count=Count("applications", filter=real),
            )
        )


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
        CandidatesColumn("candidates", label="Candidatures", accessor=counts),
        Column("recruiter", label="Suivie par", accessor=follower),
        PageStatusColumn("live", label="Publication", sort_key="live"),
        EndColumn("pk", label="Répondre"),
    ]
    filterset_class = OfferFilterSet

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        return RecruitersMenuItem
