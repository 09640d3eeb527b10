"""« Étiquettes » : all the tags, what carries each, and what may be done with them."""

from typing import Any

from django.core.paginator import Paginator

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from blog.services import tags
from blog.services.tag_uses import lines
from site_enys.admin import DeskPage

PERMISSION = "blog.change_posttag"
LINES_PER_PAGE = 100
_LONGEST_SEARCH = 100


class TagsPage(DeskPage):
    permission = PERMISSION
    page_title = "Étiquettes"
    header_icon = "tag"
    template_name = "blog/admin/tags.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        search = self.request.GET.get("q", "").strip()[:_LONGEST_SEARCH]
        pages = Paginator(lines(search), LINES_PER_PAGE)
        page = pages.get_page(self.request.GET.get("p"))
        return super().get_context_data(search=search, page_obj=page, **kwargs)


class _Renamed(LogFormatter):
    label = "Renommer une étiquette"

    def format_message(self, log_entry: Any) -> str:
        former, name = log_entry.data["former"], log_entry.data["name"]
        return f"Étiquette «\u00a0{former}\u00a0» renommée «\u00a0{name}\u00a0»"


class _Merged(LogFormatter):
    label = "Fusionner des étiquettes"

    def format_message(self, log_entry: Any) -> str:
        names = ", ".join(log_entry.data["names"])
        return f"Étiquettes fusionnées ici\u00a0: {names}"


@hooks.register("register_log_actions")
def acts_on_tags(actions: LogActionRegistry) -> None:
    actions.register_action(tags.RENAMED)(_Renamed)
    actions.register_action(tags.MERGED)(_Merged)
    actions.register_action(tags.DELETED, "Supprimer une étiquette", "Étiquette supprimée")
