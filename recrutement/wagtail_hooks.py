from django.urls import URLPattern

from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from .desk import (
    todo,  # noqa: F401 - registers the lines of the desk
    urls,
)
from .desk.applications import ApplicationViewSet
from .desk.bulk import RefuseTicked
from .desk.offers import OfferListing


class RecruitmentGroup(SnippetViewSetGroup):
    menu_label = "Recrutement"
    menu_icon = "group"
    menu_order = 220
    items = (ApplicationViewSet, OfferListing)


register_snippet(RecruitmentGroup)
hooks.register("register_bulk_action", RefuseTicked)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return urls.urlpatterns
