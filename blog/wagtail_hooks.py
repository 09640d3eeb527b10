"""« Blog » in the admin: comments to read, authors, categories."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from .desk.comments import CommentViewSet
from .desk.taxonomy import AuthorViewSet, CategoryViewSet


class BlogGroup(SnippetViewSetGroup):
    items = (CommentViewSet, AuthorViewSet, CategoryViewSet)
    menu_label = "Blog"
    menu_icon = "openquote"
    menu_order = 230


register_snippet(BlogGroup)
