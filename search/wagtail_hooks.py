"""« Recherche » in the admin: what is put forward, and what was not found."""

from django.urls import URLPattern, path

from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from .desk.misses import SearchMissViewSet, miss_handled
from .desk.promotions import PromotionViewSet


class SearchGroup(SnippetViewSetGroup):
    items = (PromotionViewSet, SearchMissViewSet)
    menu_label = "Recherche"
    menu_icon = "search"
    menu_order = 235


register_snippet(SearchGroup)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("recherches-sans-resultat/<int:pk>/traite/", miss_handled, name="search_miss_handled")
    ]
