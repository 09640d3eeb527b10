"""The pages that the link of an e-mail opens: where a request stands, and what may be changed.

A buyer's link opens the whole request, a trainee's her own enrolment. Every act is a page that
says what will happen, with a button that posts.
"""

import io
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from formation import links
from formation.documents.calendar import invitation
from formation.enums import LIVE, OUTCOMES, TO_SIGN, BuyerType, EnrolmentState
from formation.exceptions import DocumentDamaged
from formation.forms.follow import (
    ContactForm,
    LinkAgainForm,
)
from formation.models import Enrolment, EnrolmentRequest, IssuedDocument
from formation.services import agreements, attendance, changes, paperwork, stored_files
from site_enys.links import LinkRefused, Purpose, private
from site_enys.private_storage import private_response
from site_enys.public_forms import PublicForm, submit

from .acts import ACTS, CONTACT, Act, Follow

#: The word of the address for each kind of link.
PURPOSES: dict[str, Purpose] = {"demande": links.REQUEST, "inscription": links.ENROLMENT}


@private
@require_safe
def open_link(request: HttpRequest, word: str, token: str) -> HttpResponse:
    """Exchange the link for a grant, and lead to an address that does not give it away."""
    purpose = _purpose(word)
    try:
        obj = purpose.open(token)
    except LinkRefused as refusal:
        return lost(request, str(refusal))
    purpose.grant(request, obj, timezone.now())
    page = reverse("formation_follow", args=[word, obj.public_id])
    return HttpResponseRedirect(page, status=303, headers={"Referrer-Policy": "no-referrer"})


@private
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Send the link again; the answer is the same whether anything was found."""
    form = LinkAgainForm(request.POST or None)
    if request.method == "POST":
        address = submit(request, form, partial(_send_links, form))
        if address:
            return HttpResponseRedirect(address, status=303)
    context = {"form": form, "sent": "envoye" in request.GET}
    return render(request, "formation/follow_find.html", context)


@private
@require_safe
def follow(request: HttpRequest, word: str, public_id: UUID) -> HttpResponse:
    """Where the request stands, and what may be done now."""
    opened = reach(request, word, public_id)
    if opened is None:
        return lost(request)
    done = ACTS.get(request.GET.get("fait", ""))
    context = {
        "follow": opened,
        "demand": opened.demand,
        "session": opened.demand.session,
        "done": done.done if done else CONTACT.done if "contact" in request.GET else "",
        "company": opened.demand.buyer_type == BuyerType.COMPANY,
        **_agreement_of(opened),
        "lines": [
            {
                "enrolment": enrolment,
                "acts": [
                    (name, act) for name, act in ACTS.items() if act.is_open(opened, enrolment)
                ],
                "calendar": enrolment.state in LIVE - OUTCOMES and enrolment.session.starts_at,
                "signs": signs_today(opened, enrolment),
            }
            for enrolment in opened.people
        ],
        # What was signed has its own place on the page.
        "documents": [one for one in documents_of(opened) if one.kind not in TO_SIGN],
        "unavailable": "indisponible" in request.GET,
    }
    return render(request, "formation/follow.html", context)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, word: str, public_id: UUID, name: str, who: UUID) -> HttpResponse:
    """One act: what it does, then a button."""
    opened = reach(request, word, public_id)
    if opened is None:
        return lost(request)
    chosen, enrolment = ACTS.get(name), opened.person(who)
    if chosen is None or (chosen.buyer_only and not opened.decides):
        raise Http404
    form = chosen.form(opened, enrolment, *([request.POST] if request.method == "POST" else []))
    if request.method == "POST":
        run = partial(_run, request, opened, enrolment, form, name=name)
        address = submit(request, form, run)
        if address:
            return HttpResponseRedirect(address, status=303)
    return _show_act(request, opened, form, chosen, enrolment)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Correct who follows the request in the company."""
    opened = reach(request, "demande", public_id)
    if opened is None:
        return lost(request)
    if opened.demand.buyer_type != BuyerType.COMPANY:
        raise Http404
    initial = {name: getattr(opened.demand, name) for name in ContactForm.NAMES}
    form = ContactForm(request.POST or None, initial=initial)
    if request.method == "POST":
        address = submit(request, form, partial(_correct_contact, request, opened, form))
        if address:
            return HttpResponseRedirect(address, status=303)
    return _show_act(request, opened, form, CONTACT, None)


@private
@require_safe
def calendar(request: HttpRequest, word: str, public_id: UUID, who: UUID) -> HttpResponse:
    """The half-days of one person, for a calendar."""
    opened = reach(request, word, public_id)
    if opened is None:
        return lost(request)
    enrolment = opened.person(who)
    if enrolment.state not in LIVE:
        raise Http404
    confirmed = enrolment.state == EnrolmentState.CONFIRMED
    return HttpResponse(
        invitation(enrolment, "REQUEST" if confirmed else "PUBLISH"),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="formation.ics"'},
    )


@private
@require_safe
def document(request: HttpRequest, word: str, public_id: UUID, pk: int) -> HttpResponseBase:
    """A document of the people of this link, as it was delivered."""
    opened = reach(request, word, public_id)
    if opened is None:
        return lost(request)
    for own in documents_of(opened):
        if own.pk == pk:
            return _send(own, opened)
    raise Http404


def _send(own: IssuedDocument, opened: Follow) -> HttpResponseBase:
    try:
        content = stored_files.read(own)
    except DocumentDamaged:
        return HttpResponseRedirect(f"{opened.url}?indisponible", status=303)
    return private_response(
        io.BytesIO(content), filename=own.filename, content_type="application/pdf"
    )


def documents_of(opened: Follow) -> list[IssuedDocument]:
    """The buyer reads those of everybody and of the request, a trainee her own."""
    return paperwork.of_people(opened.people, opened.demand.pk if opened.decides else None)


def _agreement_of(opened: Follow) -> dict[str, Any]:
    """What the buyer signs, or has signed, and whether it is hers to sign."""
    agreement = agreements.current(opened.demand) if opened.decides else None
    return {
        "agreement": agreement,
        "may_sign": agreement is not None and agreements.is_for_buyer(agreement),
    }


def _purpose(word: str) -> Purpose:
    if word not in PURPOSES:
        raise Http404
    return PURPOSES[word]


def reach(request: HttpRequest, word: str, public_id: UUID) -> Follow | None:
    """What the address names, or None when this browser has opened no link to it."""
    purpose = _purpose(word)
    obj: Any = get_object_or_404(purpose.model, public_id=public_id)
    if not purpose.is_granted(request, obj, timezone.now()):
        return None
    rows = Enrolment.objects.select_related("session__course", "session__venue", "request")
    if isinstance(obj, EnrolmentRequest):
        people = list(rows.filter(request=obj).order_by("pk"))
    else:
        people = [rows.get(pk=obj.pk)]
    return Follow(word, obj, people[0].request, people)


def signs_today(opened: Follow, enrolment: Enrolment) -> bool:
    """Whether this link shows a half-day of today to the person who signs it."""
    hers = not opened.decides or links.is_buyer(enrolment)
    return hers and bool(attendance.half_days_of_today(enrolment, opened.now))


def _run(
    request: HttpRequest, opened: Follow, enrolment: Enrolment, form: PublicForm, *, name: str
) -> str:
    chosen = ACTS[name]
    refusal = chosen.refusal(opened, enrolment)
    if refusal:
        raise refusal
    chosen.run(opened, enrolment, form)
    _grant_again(request, opened)
    return f"{opened.url}?fait={name}"


def _correct_contact(request: HttpRequest, opened: Follow, form: ContactForm) -> str:
    CONTACT.run(opened, opened.people[0], form)
    _grant_again(request, opened)
    return f"{opened.url}?contact"


def _grant_again(request: HttpRequest, opened: Follow) -> None:
    """A new address closes the links, not the page of the one who has just given it."""
    opened.obj.refresh_from_db()
    PURPOSES[opened.word].grant(request, opened.obj, opened.now)


def _send_links(form: LinkAgainForm) -> str:
    if not form.trapped:
        changes.send_links(form.cleaned_data["reference"], form.cleaned_data["email"])
    return reverse("formation_follow_find") + "?envoye"


def _show_act(
    request: HttpRequest,
    opened: Follow,
    form: PublicForm,
    chosen: Act,
    enrolment: Enrolment | None,
) -> HttpResponse:
    refusal = chosen.refusal(opened, enrolment) if enrolment else None
    context = {
        "follow": opened,
        "demand": opened.demand,
        "session": opened.demand.session,
        "form": form,
        "act": chosen,
        "enrolment": enrolment,
        "refusal": "" if refusal is None or form.is_bound else str(refusal),
    }
    return render(request, "formation/follow_act.html", context)


def lost(request: HttpRequest, refusal: str = "") -> HttpResponse:
    """The same page for a link that is altered, too old, revoked, or was never opened here."""
    context = {"form": LinkAgainForm(), "sent": False, "refusal": refusal or str(LinkRefused())}
    return render(request, "formation/follow_find.html", context, status=403)
