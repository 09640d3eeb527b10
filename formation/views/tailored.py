"""Asking for a course made for one organisation, and the page that says it has arrived."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from formation.forms.tailored import TailoredRequestForm
from formation.models import CoursePage, TailoredRequest
from formation.services import tailored
from site_enys.public_forms import submit


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """The form, in general or from the page of a course."""
    course = get_object_or_404(CoursePage.objects.live(), slug=slug) if slug else None
    form = TailoredRequestForm(request.POST if request.method == "POST" else None)

    def save() -> str:
        demand = tailored.receive(
            form.answers(),
            form.now,
            course=course,
            quarantined=form.quarantined,
            **form.shown,
        )
        return reverse("formation_tailored_received", args=[demand.public_id])

    if form.is_bound and (address := submit(request, form, save)):
        return HttpResponseRedirect(address, status=303)
    context = {"course": course, "form": form}
    return render(request, "formation/tailored.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def received(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The confirmation: a reference, no personal data, at an address that cannot be guessed."""
    demands = TailoredRequest.objects.select_related("course")
    demand = get_object_or_404(demands, public_id=public_id)
    return render(request, "formation/tailored_received.html", {"demand": demand})
