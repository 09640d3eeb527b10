"""What the pages of a desk share that are about no record: who, and the way back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

#: The first year that the site may hold.
FIRST_YEAR = 2020


class DeskPage(WagtailAdminTemplateMixin, TemplateView):
    """A page of the desk, for whoever has `permission`; subclasses say what it shows."""

    permission: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.is_allowed(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def is_allowed(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.needed(request))

    def needed(self, request: HttpRequest) -> str:
        return self.permission

    def above(self) -> list[dict[str, str]]:
        """The pages between the desk and this one."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        here = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, *self.above(), here]


class Yearly:
    """A page about one year, that of `?annee=` or else the usual one."""

    request: HttpRequest

    @cached_property
    def year(self) -> int:
        asked = self.request.GET.get("annee", "")
        if asked.isascii() and asked.isdigit() and len(asked) == 4 and int(asked) in self.years:
            return int(asked)
        return self.usual_year()

    def usual_year(self) -> int:
        return timezone.localdate().year

    @property
    def years(self) -> range:
        """From next year, whose sessions are known, back to the first that the site may hold."""
        return range(timezone.localdate().year + 1, FIRST_YEAR - 1, -1)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {"year": self.year, "years": self.years}


class DeskMenuItem(MenuItem):
    """An entry for whoever may open the page that it leads to."""

    def __init__(self, page: type[DeskPage], url_name: str, order: int) -> None:
        self.page = page
        super().__init__(
            str(page.page_title), reverse(url_name), icon_name=page.header_icon, order=order
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.page.permission)
