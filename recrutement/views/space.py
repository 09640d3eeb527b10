"""The space that the link of an e-mail opens to a candidate, without an account.

Every act is a page that says what will happen, with a button that posts; no GET changes anything.
"""

import uuid
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from recrutement.forms.space import ConfirmForm, EraseForm, LinkAgainForm
from recrutement.links import APPLICATION
from recrutement.models import Application, RecruitmentSettings
from recrutement.services import space as rules
from recrutement.services.agenda import upcoming
from recrutement.services.retention import countdown
from site_enys.exceptions import Refused
from site_enys.links import LinkRefused, private
from site_enys.public_forms import PublicForm, submit
from site_enys.refusals import note_refused_access

from .acts import ACCOMMODATION_ACTS, ACTS, ERASE, OWN_ACTS, POOL_ACTS, Act, Space

with_a_form = require_http_methods(["GET", "HEAD", "POST"])
CONFIRMED = "Votre nouvelle adresse est enregistrée\u00a0: les liens reçus avant sont fermés."


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
@with_a_form
def find(request: HttpRequest) -> HttpResponse:
    """Send the link again; the answer is the same whether anything was found."""
    form = LinkAgainForm(request.POST or None)
    if request.method == "POST":
        address = submit(request, form, partial(_send_link, form))
        if address:
            return HttpResponseRedirect(address, status=303)
    context = {"form": form, "sent": "envoye" in request.GET, "refusal": ""}
    return render(request, "recrutement/space_lost.html", context)


def for_its_holder(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A private page that takes the space its address names; whoever did not open it is lost."""

    @private
    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, pk: uuid.UUID, **named: Any) -> HttpResponseBase:
        opened = reach(request, pk)
        return lost(request) if opened is None else view(request, opened, **named)

    return wrapped


@for_its_holder
def space(request: HttpRequest, opened: Space) -> HttpResponse:
    """Where the application stands, what it holds, and what may be done now."""
    application, done = opened.application, ACTS.get(request.GET.get("fait", ""))
    context = {
        "space": opened,
        "application": application,
        "done": CONFIRMED if "confirmee" in request.GET else done.done if done else "",
        "countdown": countdown(application, RecruitmentSettings.load()),
        "documents": application.documents.all(),
        "answers": application.answers.all(),
        "meetings": upcoming(application, opened.now),
        "pool_acts": _possible(opened, POOL_ACTS),
        "accommodation_acts": _possible(opened, ACCOMMODATION_ACTS),
        "own_acts": _possible(opened, OWN_ACTS),
    }
    return render(request, "recrutement/space.html", context)


@private
@with_a_form
def act(request: HttpRequest, pk: uuid.UUID, name: str) -> HttpResponse:
    """One act: what it does, then a button."""
    chosen = ACTS.get(name)
    if chosen is None:
        raise Http404
    opened = reach(request, pk)
    if opened is None:
        return _again(request, EraseForm) if name == ERASE else lost(request)
    form = chosen.form(opened, *([request.POST] if request.method == "POST" else []))
    if request.method == "POST":
        address = submit(request, form, partial(_run, opened, form, name))
        if address:
            return HttpResponseRedirect(address, status=303)
    refusal = chosen.refusal(opened)
    context = {
        "space": opened,
        "application": opened.application,
        "act": chosen,
        "form": form,
        "refusal": "" if refusal is None or form.is_bound else str(refusal),
    }
    return render(request, "recrutement/space_act.html", context)


@private
@with_a_form
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """The link sent to a new address: a page with a button, which takes the address."""
    try:
        asked = rules.new_address(token)
    except LinkRefused:
        return _again(request, ConfirmForm)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST":
        address = submit(request, form, partial(_confirm, request, token))
        if address:
            return HttpResponseRedirect(address, status=303)
    context = {"form": form, "email": asked.email}
    return render(request, "recrutement/space_address.html", context)


@private
@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """What remains to be said once everything is erased."""
    return render(request, "recrutement/space_erased.html")


def reach(request: HttpRequest, pk: uuid.UUID) -> Space | None:
    """What the address names, or None when this browser has opened no link to it."""
    application = Application.objects.select_related("offer").filter(pk=pk).first()
    now = timezone.now()
    if application is None or not APPLICATION.is_granted(request, application, now):
        return None
    return Space(application, now)


def lost(request: HttpRequest, refusal: str = "") -> HttpResponse:
    """The same page for a link that is altered, too old, revoked, or was never opened here."""
    note_refused_access(request, "Espace d’une candidature")
    context = {"form": LinkAgainForm(), "sent": False, "refusal": refusal or str(LinkRefused())}
    return render(request, "recrutement/space_lost.html", context, status=403)


def _again(request: HttpRequest, form_class: type[PublicForm]) -> HttpResponse:
    """A form sent twice, the first of which closed its own page: the first answer, or none."""
    if request.method == "POST":
        address = submit(request, form_class(request.POST), _refuse)
        if address:
            return HttpResponseRedirect(address, status=303)
    return lost(request)


def _refuse() -> str:
    raise LinkRefused


def _possible(opened: Space, names: tuple[str, ...]) -> list[tuple[str, Act]]:
    return [(name, ACTS[name]) for name in names if ACTS[name].refusal(opened) is None]


def _run(opened: Space, form: PublicForm, name: str) -> str:
    chosen = ACTS[name]
    refusal = chosen.refusal(opened)
    if refusal:
        raise refusal
    chosen.run(opened, form)
    return reverse("recrutement_erased") if name == ERASE else f"{opened.url}?fait={name}"


def _confirm(request: HttpRequest, token: str) -> str:
    now = timezone.now()
    try:
        application = rules.confirm_address(token, now=now)
    except Refused as refusal:
        raise Refused(str(refusal)) from refusal  # the page has no field to say it beside
    APPLICATION.grant(request, application, now)
    return f"{Space(application, now).url}?confirmee"


def _send_link(form: LinkAgainForm) -> str:
    if not form.trapped:
        data = form.cleaned_data
        rules.send_link(data["reference"], data["email"], now=form.now)
    return reverse("recrutement_find") + "?envoye"
