"""« Vie privée » in the admin: the record, what is kept, the requests."""

from django.urls import URLPattern

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from site_enys.admin import DeskMenuItem
from site_enys.admin.viewsets import FIELD_LINKS

from .desk import (
    columns,  # noqa: F401 - registers « Effacement » in the lists
    urls,
)
from .desk.conservation import ConservationPage
from .desk.notices import NoticeVersionViewSet, words_url
from .desk.person import FindPerson
from .desk.record import RecordPage
from .desk.requests import RightsRequestViewSet


class PersonalDataGroup(SnippetViewSetGroup):
    menu_label = "Vie privée"
    menu_icon = "lock"
    menu_order = 260
    items = (RightsRequestViewSet, NoticeVersionViewSet)

    def get_submenu_items(self) -> list[MenuItem]:
        return [
            *super().get_submenu_items(),
            DeskMenuItem(FindPerson, "rgpd_find_person", 210),
            DeskMenuItem(ConservationPage, "rgpd_conservation", 220),
            DeskMenuItem(RecordPage, "rgpd_record", 230),
        ]


register_snippet(PersonalDataGroup)
FIELD_LINKS.append(words_url)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return urls.urlpatterns
