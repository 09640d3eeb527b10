"""« Pages légales » in the admin: each of them complete, or what it lacks."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from home.services.legal import reviews
from site_enys.admin import DeskPage, Todo, register_todo

PERMISSION = "home.change_organisationsettings"


class LegalPagesView(DeskPage):
    """The five pages that the law asks for."""

    permission = PERMISSION
    template_name = "home/admin/legal_pages.html"
    page_title = "Pages légales"
    header_icon = "tick-inverse"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"reviews": reviews()}


@register_todo(PERMISSION)
def incomplete_legal_pages(request: HttpRequest, now: datetime) -> Todo | None:
    return Todo(
        count=sum(not review.is_complete for review in reviews()),
        singular="page légale incomplète",
        plural="pages légales incomplètes",
        url=reverse("legal_pages"),
    )
