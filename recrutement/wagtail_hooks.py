from django.urls import URLPattern

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from site_enys.admin.pages import DeskMenuItem

from .desk import (
    todo,  # noqa: F401 - registers the lines of the desk
    urls,
)
from .desk.applications import ApplicationViewSet
from .desk.offers import OfferListing
from .desk.pool import PoolConsentViewSet
from .desk.retention import RetentionPage


class RecruitmentGroup(SnippetViewSetGroup):
    menu_label = "Recrutement"
    menu_icon = "group"
    menu_order = 220
    items = (ApplicationViewSet, OfferListing, PoolConsentViewSet)

    def get_submenu_items(self) -> list[MenuItem]:
        lists = super().get_submenu_items()
        return [*lists, DeskMenuItem(RetentionPage, "recrutement_retention", 101)]


register_snippet(RecruitmentGroup)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return urls.urlpatterns
