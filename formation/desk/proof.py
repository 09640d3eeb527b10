"""« Preuve datée » : what the page of a course said on a past day."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from formation.documents.proof import proof_data
from formation.forms.proof import ProofForm
from formation.models import CoursePage
from formation.services.proof import proof_of
from home.models import OrganisationSettings
from home.services.history import versions, versions_on
from site_enys.pdf import render_pdf

from .breadcrumbs import page_breadcrumbs


class ProofView(WagtailAdminTemplateMixin, TemplateView):
    """A day is asked for; the versions that were online on it are offered, or said to be none."""

    template_name = "formation/admin/proof.html"
    page_title = "Preuve datée"
    header_icon = "history"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, *page_breadcrumbs(self.course, self.page_title)]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.course = _editable_course(request, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET if "jour" in self.request.GET else None
        form = ProofForm(asked, timezone.now())
        context = super().get_context_data(**kwargs) | {"form": form, "course": self.course}
        if form.is_valid():
            day = form.cleaned_data["jour"]
            context |= {
                "day": day,
                "shown": versions_on(self.course, day),
                "first": next(iter(versions(self.course)), None),
            }
        return context


@never_cache
@require_safe
def proof_document(request: HttpRequest, pk: int, publication: int) -> HttpResponse:
    """The proof itself, for `?jour=`; 404 when that version was not online on that day."""
    course = _editable_course(request, pk)
    now = timezone.now()
    form = ProofForm(request.GET, now)
    proof = form.is_valid() and proof_of(course, publication, form.cleaned_data["jour"], now)
    if not proof:
        raise Http404
    data = proof_data(proof, OrganisationSettings.for_request(request), now)
    name = f"preuve-{course.slug}-{proof.asked_for:%Y-%m-%d}.pdf"
    return HttpResponse(
        render_pdf("documents/proof.typ", data),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def _editable_course(request: HttpRequest, pk: int) -> CoursePage:
    course = get_object_or_404(CoursePage, pk=pk)
    if not course.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return course
