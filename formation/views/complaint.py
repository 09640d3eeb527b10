"""The form of complaints, and the page that says that one has arrived."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from formation.forms.complaint import ComplaintForm
from formation.models import Complaint
from formation.services import complaints
from site_enys.public_forms import submit


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest) -> HttpResponse:
    """The form; the address may name a session, for who comes from its page."""
    initial = {"about_session": request.GET.get("session", "").replace("\x00", "")[:160]}
    form = ComplaintForm(request.POST if request.method == "POST" else None, initial=initial)

    def save() -> str:
        arrival = complaints.Arrival(quarantined=form.quarantined, **form.shown)
        complaint = complaints.receive(
            form.answers(), form.now, session=form.session, arrival=arrival
        )
        return reverse("formation_complaint_received", args=[complaint.public_id])

    if form.is_bound and (address := submit(request, form, save)):
        return HttpResponseRedirect(address, status=303)
    context = {"form": form, **_delays()}
    return render(request, "formation/complaint.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def received(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The confirmation: a reference, no personal data, at an address that cannot be guessed."""
    complaint = get_object_or_404(Complaint, public_id=public_id)
    context = {
        "reference": complaint.reference,
        "by_email": bool(complaint.author_email),
        **_delays(),
    }
    return render(request, "formation/complaint_received.html", context)


def _delays() -> dict[str, object]:
    """What we announce, and what the register shows that we do."""
    return {
        "days": complaints.ANSWERED_WITHIN,
        "median_delay": complaints.median_delay(timezone.now()),
    }
