"""The space that the link of an e-mail opens to a candidate, without an account."""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from recrutement.enums import SEEN_BY_THE_PERSON, ApplicationState
from recrutement.links import APPLICATION
from recrutement.models import Application
from site_enys.links import LinkRefused, private


@private
@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Exchange the link for a grant, and lead to an address that does not give it away."""
    try:
        application = APPLICATION.open(token)
    except LinkRefused as refusal:
        return lost(request, str(refusal))
    APPLICATION.grant(request, application, timezone.now())
    page = reverse("recrutement_space", args=[application.pk])
    return HttpResponseRedirect(page, status=303, headers={"Referrer-Policy": "no-referrer"})


@private
@require_safe
def space(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Where the application stands, and what may be done now."""
    application = reach(request, pk)
    if application is None:
        return lost(request)
    context = {
        "application": application,
        "state": SEEN_BY_THE_PERSON[ApplicationState(application.state)],
    }
    return render(request, "recrutement/space.html", context)


def reach(request: HttpRequest, pk: uuid.UUID) -> Application | None:
    """The application, or None when this browser has opened no link to it."""
    application = get_object_or_404(Application.objects.select_related("offer"), pk=pk)
    granted = APPLICATION.is_granted(request, application, timezone.now())
    return application if granted else None


def lost(request: HttpRequest, refusal: str = "") -> HttpResponse:
    """The same page for a link that is altered, too old, revoked, or was never opened here."""
    context = {"refusal": refusal or str(LinkRefused())}
    return render(request, "recrutement/space_lost.html", context, status=403)
