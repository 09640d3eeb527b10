"""« Contenus à rafraîchir » in the admin: the list, its workbook, and « Revu, rien à changer »."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST

from wagtail.admin.menu import MenuItem
from wagtail.models import Page, Site

from home.models import OrganisationSettings
from home.services import refresh
from home.services.refresh import AGE, REASONS, Line
from site_enys.admin import DeskPage, Todo, register_todo
from site_enys.admin.workbook import Sheet, workbook_response
from site_enys.french import fold
from site_enys.states import staff

PER_PAGE = 25
SORTS = {
    "age": ("Les plus anciennes", lambda line: line.fresh_at.timestamp() if line.fresh_at else 0),
    "titre": ("Le titre", lambda line: fold(line.page.title)),
    "conseils": ("Le nombre de conseils", lambda line: -line.count),
}


class RefreshView(DeskPage):
    """The pages to read again, among those that the reader may edit."""

    template_name = "home/admin/refresh.html"
    page_title = "Contenus à rafraîchir"
    header_icon = "rotate"

    def is_allowed(self, request: HttpRequest) -> bool:
        return refresh.may_use(request.user)

    @cached_property
    def all_lines(self) -> list[Line]:
        return refresh.lines(self.request.user, timezone.now())

    @cached_property
    def chosen(self) -> dict[str, str]:
        """What is asked in the address; what makes no sense counts as nothing."""
        asked = {name: self.request.GET.get(name, "") for name in ("raison", "nature", "tri")}
        return asked | {"tri": asked["tri"] if asked["tri"] in SORTS else "age"}

    @property
    def lines(self) -> list[Line]:
        reason, kind = self.chosen["raison"], self.chosen["nature"]
        shown = [
            line
            for line in self.all_lines
            if (not reason or reason in {one.name for one in line.reasons})
            and kind in {"", line.kind}
        ]
        return sorted(shown, key=SORTS[self.chosen["tri"]][1])

    def missing_facts(self) -> list[str]:
        """What the legal notice lacks, told to who may write it."""
        if not self.request.user.has_perm("home.change_organisationsettings"):
            return []
        site = Site.find_for_request(self.request)
        return OrganisationSettings.for_site(site).missing_legal_facts if site else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET.copy()
        query.pop("p", None)
        page = Paginator(self.lines, PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "page_obj": page,
            "reasons": REASONS,
            "kinds": sorted({line.kind for line in self.all_lines}),
            "sorts": [(name, label) for name, (label, _key) in SORTS.items()],
            "chosen": self.chosen,
            "query": query.urlencode(),
            "missing_facts": self.missing_facts(),
        }


class RefreshWorkbookView(RefreshView):
    """The same list as a workbook."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        sheet = Sheet(
            "À rafraîchir",
            ("Page", "Nature", "Publiée ou relue le", "Modifiée par", "Pourquoi", "Conseils"),
            (
                (
                    line.page.title,
                    line.kind,
                    line.fresh_at,
                    line.edited_by,
                    "\u202f; ".join(reason.label for reason in line.reasons),
                    line.count,
                )
                for line in self.lines
            ),
        )
        return workbook_response([sheet], "contenus-a-rafraichir")


@require_POST
def mark_read(request: HttpRequest, pk: int) -> HttpResponse:
    """« Revu, rien à changer »: dates a reading, publishes nothing."""
    page = get_object_or_404(Page.objects.live(), pk=pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    refresh.mark_read(page, by=staff(request.user), now=timezone.now())
    messages.success(request, f"«\u00a0{page.title}\u00a0»\u00a0: relue aujourd’hui.")
    return redirect(f"{reverse('refresh')}?{request.POST.get('suite', '')[:300]}")


class RefreshMenuItem(MenuItem):
    """For whoever writes pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return refresh.may_use(request.user)


@register_todo("wagtailadmin.access_admin")
def pages_to_refresh(request: HttpRequest, now: datetime) -> Todo | None:
    if not refresh.may_use(request.user):
        return None
    return Todo.of(
        refresh.stale(request.user, now),
        "fresh_at",
        singular="page à rafraîchir",
        plural="pages à rafraîchir",
        url=f"{reverse('refresh')}?raison={AGE.name}",
    )
