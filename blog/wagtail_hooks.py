"""« Blog » in the admin: comments to read, authors, categories, tags."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from home.services import starters
from site_enys.admin import DeskMenuItem

from .desk import (
    bulk,  # noqa: F401 - registers the bulk actions
    tag_screens,
    todo,  # noqa: F401 - registers the lines of the desk
)
from .desk.answer import AnswerScreen
from .desk.comments import CommentViewSet
from .desk.tags import TagsPage
from .desk.taxonomy import AuthorViewSet, CategoryViewSet
from .desk.userbar import CommentsItem
from .models import PostPage
from .services.starters import ARTICLE

starters.register(PostPage, *ARTICLE)


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
    return [
        path(
            "blog/commentaires/<int:pk>/repondre/",
            AnswerScreen.as_view(),
            name="blog_answer_comment",
        ),
        *tag_screens.urlpatterns,
    ]


@hooks.register("construct_wagtail_userbar")
def lead_to_the_comments_of_an_article(
    request: HttpRequest, items: list[Any], page: Page | None
) -> None:
    """In the bar that only the team sees, over an article under which something waits."""
    if item := CommentsItem.for_page(request, page):
        items.append(item)
