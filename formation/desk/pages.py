"""What the screens of the training desk share that are about no record: who, and the way back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.views.generic import TemplateView

from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin


class DeskPage(WagtailAdminTemplateMixin, TemplateView):
    """A page of the desk, for whoever has `permission`; subclasses say what it shows."""

    permission = "formation.view_session"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm(self.needed(request)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def needed(self, request: HttpRequest) -> str:
        return self.permission

    def above(self) -> list[dict[str, str]]:
        """The pages between the desk and this one."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        here = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, *self.above(), here]


class DeskMenuItem(MenuItem):
    """An entry for whoever may open the page that it leads to."""

    def __init__(self, page: type[DeskPage], url_name: str, order: int) -> None:
        self.page = page
        super().__init__(
            str(page.page_title), reverse(url_name), icon_name=page.header_icon, order=order
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.page.permission)
