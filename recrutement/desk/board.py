"""« Tableau »: the applications under way, a column for each state."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

from recrutement.enums import ApplicationState
from recrutement.models import Application, JobOfferPage
from recrutement.models.applications import ApplicationQuerySet
from recrutement.services import access
from recrutement.services.board import Card, Column, acts_of, board
from site_enys.admin import admin_url
from site_enys.admin.pages import DeskMenuItem, DeskPage

from .acts import act_url
from .filters import followed_by, offers_of
from .masking import name_shown

SPONTANEOUS = "spontanees"


class BoardView(DeskPage):
    template_name = "recrutement/admin/board.html"
    page_title = "Tableau"
    header_icon = "table"
    permission = access.READ_ALL

    def needed(self, request: HttpRequest) -> str:
        """A reviewer has a board too, of what was given to her."""
        return access.READ_ALL if access.reads_all(request.user) else access.REVIEW

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        offers = list(offers_of(self.request))
        asked = self.request.GET.get("offre", "")
        offer = next((one for one in offers if one.reference == asked), None)
        mine = self.request.GET.get("a_moi") == "oui"
        rows, facets = self.narrowed(offer, spontaneous=asked == SPONTANEOUS, mine=mine)
        found = board(rows, user, timezone.now())
        return super().get_context_data(
            offers=offers,
            offer=offer,
            chosen=offer.reference if offer else asked if asked == SPONTANEOUS else "",
            mine=mine,
            reads_all=access.reads_all(user),
            list_url=list_url(facets),
            columns=[self.column(column, facets) for column in found.columns],
            ended=[
                (state.label, count, list_url(facets | {"state": state}))
                for state, count in found.ended
            ],
            **kwargs,
        )

    def narrowed(
        self,
        offer: JobOfferPage | None,
        *,
        spontaneous: bool,
        mine: bool,
    ) -> tuple[ApplicationQuerySet, dict[str, Any]]:
        """The applications of the board, and the same choice in the words of the list."""
        rows, facets = access.visible(self.request.user), {}
        if offer:
            rows, facets["offer"] = rows.filter(offer=offer), offer.pk
        if spontaneous:
            rows, facets["kind"] = rows.filter(offer=None), "spontanee"
        if mine:
            rows, facets["mine"] = rows.filter(followed_by(self.request.user)), "oui"
        return rows, facets

    def column(self, column: Column, facets: dict[str, Any]) -> dict[str, Any]:
        decides = access.may_decide(self.request.user)
        acts = acts_of(column.state) if decides else []
        return {
            "label": ApplicationState(column.state).label,
            "state": column.state,
            "count": column.count,
            "others": column.others,
            "url": list_url(facets | {"state": column.state}),
            "cards": [self.card(card, acts) for card in column.cards],
        }

    def card(self, card: Card, acts: list[Any]) -> dict[str, Any]:
        application: Any = card.application
        return {
            "application": application,
            "name": name_shown(application),
            "overdue": card.overdue,
            "review": card.review,
            "url": admin_url(Application, "inspect", application.pk),
            "acts": [(row.label, act_url(application, row)) for row in acts],
        }


def list_url(facets: dict[str, Any]) -> str:
    return f"{admin_url(Application, 'list')}?{urlencode(facets)}"


class BoardMenuItem(DeskMenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return access.reads_some(request.user)
