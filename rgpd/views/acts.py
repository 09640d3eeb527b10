"""What a person does on « Mes données »: each act is a page that says it, with a button."""

from collections.abc import Callable, Mapping
from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rgpd import emails
from rgpd.enums import RequestKind
from rgpd.exceptions import NotYours
from rgpd.forms import AskForm, CorrectionForm, EraseForm, WithdrawForm
from rgpd.services import access as rules
from rgpd.services import own_acts
from rgpd.services.erasure import erase as erase_all
from rgpd.services.erasure import foreseen
from rgpd.services.held import held_by
from rgpd.services.requests import receive
from site_enys.links import LinkRefused, private
from site_enys.public_forms import PublicForm, submit
from site_enys.states import PERSON

from .visit import Visit, for_its_holder, leave, lost, reach

with_a_form = require_http_methods(["GET", "HEAD", "POST"])
#: What the page says once it is done.
DONE = {
    "correction": "C’est corrigé.",
    "accord": "C’est noté\u00a0: votre accord est retiré.",
    "demande": "Votre demande est enregistrée. Un courriel vous le confirme.",
}


@for_its_holder
@with_a_form
def correct(request: HttpRequest, visit: Visit, model: str, pk: str) -> HttpResponse:
    """The fields that she may correct by herself; the rest is asked for."""
    entry, row = own_acts.own_row(visit.person, model, pk)
    if not entry.corrections:
        raise NotYours
    form = CorrectionForm(request.POST or None, entry=entry, row=row)

    def save() -> str:
        own_acts.correct(entry, row, form.values, now=visit.now)
        return _done("correction")

    context = {"entry": entry, "row": row}
    return _page(request, "rgpd/correct.html", form, save, context)


@for_its_holder
@with_a_form
def withdraw(request: HttpRequest, visit: Visit, model: str, pk: str, place: int) -> HttpResponse:
    """Take a consent back: as easily as it was given, and without having to say why."""
    entry, row = own_acts.own_row(visit.person, model, pk)
    if place >= len(entry.consents):
        raise NotYours
    form = WithdrawForm(request.POST or None)

    def save() -> str:
        own_acts.withdraw(entry, row, place, now=visit.now)
        return _done("accord")

    context = {"entry": entry, "row": row, "consent": entry.consents[place]}
    return _page(request, "rgpd/withdraw.html", form, save, context)


@for_its_holder
@with_a_form
def ask(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A right that no button of the page exercises: somebody of the team answers."""
    subjects = list(dict.fromkeys(held.entry.processing for held in held_by(visit.person)))
    initial = {"about": request.GET.get("sujet", ""), "kind": request.GET.get("droit", "")}
    form = AskForm(request.POST or None, subjects=subjects, initial=initial)

    def save() -> str:
        data = form.cleaned_data
        asked = receive(
            visit.person.email,
            RequestKind(data["kind"]),
            by=PERSON,
            now=visit.now,
            text=data["text"],
            about=data["about"],
        )
        emails.received(asked)
        return _done("demande")

    return _page(request, "rgpd/ask.html", form, save, {})


@private
@with_a_form
def erase(request: HttpRequest) -> HttpResponse:
    """What goes and what stays, then a button; afterwards the visit is over."""
    visit = reach(request)
    form = EraseForm(request.POST or None)
    if visit is None:
        return _again(request, form)
    context = {"foreseen": foreseen(visit.person, visit.now)}
    return _page(request, "rgpd/erase.html", form, partial(_erase, request, visit), context)


@private
@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """What remains to be said once it is done."""
    return render(request, "rgpd/erased.html")


def _erase(request: HttpRequest, visit: Visit) -> str:
    erase_all(visit.person, by=PERSON, now=visit.now)
    rules.close(visit.access)
    leave(request)
    return reverse("rgpd_erased")


def _again(request: HttpRequest, form: PublicForm) -> HttpResponse:
    """Sent twice, the first of which closed its own page: the first answer, or none."""
    if request.method == "POST" and (url := submit(request, form, _refuse)):
        return HttpResponseRedirect(url, status=303)
    return lost(request)


def _refuse() -> str:
    raise LinkRefused


def _done(name: str) -> str:
    return f"{reverse('rgpd_space')}?fait={name}"


def _page(
    request: HttpRequest,
    template: str,
    form: PublicForm,
    save: Callable[[], str],
    context: Mapping[str, object],
) -> HttpResponse:
    if request.method == "POST" and (url := submit(request, form, save)):
        return HttpResponseRedirect(url, status=303)
    status = 422 if form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)
