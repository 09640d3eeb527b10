from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, reverse

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from home.services import starters
from site_enys.admin.pages import DeskMenuItem
from site_enys.models import User

from .desk import (
    today,  # noqa: F401 - registers the figure of the desk
    todo,  # noqa: F401 - registers the lines of the desk
    urls,
)
from .desk.applications import ApplicationViewSet
from .desk.board import BoardMenuItem, BoardView
from .desk.bulk import RefuseTicked
from .desk.copy_sheet import may_copy
from .desk.light import FormLightPanel
from .desk.offers import OfferListing
from .desk.pool import PoolConsentViewSet
from .desk.retention import RetentionPage
from .models import JobOfferPage
from .services.starters import OFFER


class RecruitmentGroup(SnippetViewSetGroup):
    menu_label = "Recrutement"
    menu_icon = "group"
    menu_order = 220
    items = (ApplicationViewSet, OfferListing, PoolConsentViewSet)

    def get_submenu_items(self) -> list[MenuItem]:
        applications, *others = super().get_submenu_items()
        board = BoardMenuItem(BoardView, "recrutement_board", applications.order)
        kept = DeskMenuItem(RetentionPage, "recrutement_retention", 101)
        return [applications, board, *others, kept]


register_snippet(RecruitmentGroup)
hooks.register("register_bulk_action", RefuseTicked)
starters.register(JobOfferPage, *OFFER)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return urls.urlpatterns


@hooks.register("construct_homepage_panels")
def show_the_light(request: HttpRequest, panels: list[Any]) -> None:
    if request.user.has_perm("recrutement.view_application"):
        panels.append(FormLightPanel())


@hooks.register("register_page_header_buttons")
def lead_to_the_sheets_of_an_offer(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """In the menu of an offer, for whoever may write it."""
    if page.pk and page.specific_class is JobOfferPage and may_copy(user, page):
        address = reverse("recrutement_copy_sheet", args=[page.pk])
        yield Button("Copier pour les sites d’emploi", address, icon_name="copy", priority=66)
