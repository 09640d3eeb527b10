"""Authors and categories in the admin."""

from wagtail.snippets.views.snippets import SnippetViewSet

from blog.models import Author, Category


class AuthorViewSet(SnippetViewSet):
    model = Author
    icon = "user"
    menu_label = "Auteurs"
    list_display = ["name", "role"]
    copy_view_enabled = False


class CategoryViewSet(SnippetViewSet):
    model = Category
    icon = "folder-open-inverse"
    menu_label = "Catégories"
    list_display = ["name", "slug"]
    copy_view_enabled = False
