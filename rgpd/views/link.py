"""How « Mes données » is entered and left: an address, a link that opens once, a way out."""

from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from rgpd.forms import AddressForm, OpenForm
from rgpd.services import access as rules
from site_enys.links import LinkRefused, private
from site_enys.public_forms import submit

from .visit import enter, leave, lost, reach

with_a_form = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@with_a_form
def mine(request: HttpRequest) -> HttpResponse:
    """Send a link to an address; the answer is the same whatever the site holds."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and (url := submit(request, form, partial(_send, form))):
        return HttpResponseRedirect(url, status=303)
    said = {"sent": "envoye" in request.GET, "closed": "ferme" in request.GET}
    context = {"form": form, "refusal": "", **said}
    return render(request, "rgpd/mine.html", context, status=422 if form.errors else 200)


@private
@with_a_form
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a button, since mail scanners follow links; the button opens, once."""
    form = OpenForm(request.POST or None)
    if request.method == "POST" and (url := submit(request, form, partial(_open, request, token))):
        return HttpResponseRedirect(url, status=303)
    try:
        rules.waiting(token, timezone.now())
    except LinkRefused as refusal:
        return lost(request, str(refusal))
    response = render(request, "rgpd/open.html", {"form": form})
    # The address of this page holds the token: not even our own pages learn it.
    response["Referrer-Policy"] = "strict-origin"
    return response


@private
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """End the visit at once."""
    visit = reach(request)
    if visit:
        rules.close(visit.access)
    leave(request)
    return HttpResponseRedirect(reverse("rgpd_mine") + "?ferme", status=303)


def _send(form: AddressForm) -> str:
    if not form.trapped:
        rules.ask(form.cleaned_data["email"], now=form.now, shown=form.shown)
    return reverse("rgpd_mine") + "?envoye"


def _open(request: HttpRequest, token: str) -> str:
    now = timezone.now()
    access = rules.waiting(token, now)
    rules.open_once(access, now=now)
    enter(request, access, now)
    return reverse("rgpd_space")
