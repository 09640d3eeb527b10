from django.urls import URLPattern, path

from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from .admin import todo  # noqa: F401 - registers the lines of the desk
from .admin.applications import ApplicationViewSet
from .admin.documents import download
from .admin.offers import OfferListing


class RecruitmentGroup(SnippetViewSetGroup):
    menu_label = "Recrutement"
    menu_icon = "group"
    menu_order = 220
    items = (ApplicationViewSet, OfferListing)


register_snippet(RecruitmentGroup)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [path("recrutement/pieces/<int:pk>/", download, name="recrutement_document")]
