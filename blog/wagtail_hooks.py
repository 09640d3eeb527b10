"""« Blog » in the admin: comments to read, authors, categories, tags."""

from django.urls import URLPattern

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from site_enys.admin import DeskMenuItem

from .desk import tag_screens
from .desk.comments import CommentViewSet
from .desk.tags import TagsPage
from .desk.taxonomy import AuthorViewSet, CategoryViewSet


class BlogGroup(SnippetViewSetGroup):
    items = (CommentViewSet, AuthorViewSet, CategoryViewSet)
    menu_label = "Blog"
    menu_icon = "openquote"
    menu_order = 230

    def get_submenu_items(self) -> list[MenuItem]:
        return [*super().get_submenu_items(), DeskMenuItem(TagsPage, "blog_tags", 300)]


register_snippet(BlogGroup)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return tag_screens.urlpatterns
