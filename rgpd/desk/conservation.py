"""« Conservation » : what is held, what ends soon, how the purge went, and a rehearsal of it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone

from rgpd.models import PurgeRun
from rgpd.services import conservation
from rgpd.services.purge import purge
from site_enys.admin import DeskPage
from site_enys.french import plural
from site_enys.states import staff

PER_PAGE = 20


class ConservationPage(DeskPage):
    template_name = "rgpd/admin/conservation.html"
    page_title = "Conservation"
    header_icon = "history"
    permission = "rgpd.view_purgerun"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        page = Paginator(conservation.runs(), PER_PAGE).get_page(self.request.GET.get("p"))
        own = {
            "lines": conservation.lines(now),
            "page_obj": page,
            "runs": [_told(run, conservation.how_it_went(run, now)) for run in page],
        }
        return super().get_context_data(**own | kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """« Purge à blanc » : counts, erases nothing, and is noted like the others."""
        counts = purge(timezone.now(), apply=False, by=staff(request.user))
        total = plural(sum(counts.values()), "fiche")
        messages.success(request, f"Purge à blanc\u00a0: {total} à effacer, rien ne l’a été.")
        return redirect("rgpd_conservation")


def _told(run: PurgeRun, outcome: str) -> dict[str, Any]:
    """A run, with what it erased and what it could not; kinds of rows without any are left out."""
    counts = [(name, *pair) for name, pair in run.counts.items() if any(pair)]
    return {
        "run": run,
        "outcome": outcome,
        "counts": counts,
        "erased": sum(erased for _name, erased, _failed in counts),
        "failed": sum(failed for _name, _erased, failed in counts),
    }


urlpatterns: list[URLPattern] = [
    path("rgpd/conservation/", ConservationPage.as_view(), name="rgpd_conservation"),
]
