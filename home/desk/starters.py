"""Adding a page: what it begins with is chosen first, when its kind has starters."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.generic import TemplateView

from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.create import CreateView
from wagtail.models import Page

from home.services.starters import BLANK, Starter, starters_of

#: Which starter, in the address of the form.
PARAMETER = "modele"


class StarterChoice(WagtailAdminTemplateMixin, TemplateView):
    """« Par quoi commencer ? », between the choice of a kind of page and its form."""

    page_title = "Par quoi commencer\u202f?"
    header_icon = "doc-empty"
    template_name = "home/admin/starters.html"
    parent_page: Any = None
    page_class: type[Page] = Page

    def get_page_subtitle(self) -> str:
        return str(self.page_class.get_verbose_name())

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        parent = self.parent_page
        return [
            *self.breadcrumbs_items,
            {
                "url": reverse("wagtailadmin_explore", args=[parent.pk]),
                "label": parent.get_admin_display_title(),
            },
            {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        choices = [(starter, self._address(starter)) for starter in starters_of(self.page_class)]
        return super().get_context_data(**kwargs) | {"choices": choices}

    def _address(self, starter: Starter) -> str:
        query = self.request.GET.copy()
        query[PARAMETER] = starter.key
        return f"?{query.urlencode()}"


class CreateFromStarter(CreateView):
    """Wagtail's form of a new page, with something written in it; it is sent as any other."""

    starter: Starter = BLANK

    def run_hook(self, name: str, *args: Any, **kwargs: Any) -> Any:
        # This one has run already: it is what brought us here.
        return None if name == "before_create_page" else super().run_hook(name, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        self.starter.fill(self.page)
        return super().get(request)


def begin(request: HttpRequest, parent: Page, page_class: type[Page]) -> HttpResponse | None:
    """The choice of a starter, or the form filled with the chosen one; None for a blank form.

    Wagtail has already checked that this person may add this kind of page here.
    """
    offered = starters_of(page_class)
    if request.method != "GET" or not offered:
        return None
    wanted = request.GET.get(PARAMETER, "")
    starter = next((one for one in offered if one.key == wanted), None)
    if starter is None:
        return StarterChoice.as_view(parent_page=parent, page_class=page_class)(request)
    if starter is BLANK:
        return None
    meta = page_class._meta
    return CreateFromStarter.as_view(starter=starter)(
        request, meta.app_label, meta.model_name, parent.pk
    )
