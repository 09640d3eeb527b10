"""A trainee signs a half-day on her phone: from her own link, with the code that the room shows."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from formation import links
from formation.enums import HELD
from formation.exceptions import TooManyCodes
from formation.forms.attendance import RoomLinkForm, SignForm
from formation.models import Enrolment, TimeSlot
from formation.services import attendance
from site_enys.links import private
from site_enys.public_forms import submit

from .acts import Follow
from .follow import lost, reach


@private
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, word: str, public_id: UUID, who: UUID) -> HttpResponse:
    """The half-days of today, and the code to type; the link of the QR code brings it."""
    opened = reach(request, word, public_id)
    if opened is None:
        return lost(request)
    enrolment = opened.person(who)
    form = SignForm(request.POST or None, initial={"code": _code_in(request)})
    # Her employer's link follows the request: it does not sign for her.
    hers = not opened.decides or links.is_buyer(enrolment)
    if request.method == "POST" and hers:
        address = _sign(request, opened, enrolment, form)
        if address:
            return HttpResponseRedirect(address, status=303)
    half_days = attendance.half_days_of_today(enrolment, opened.now)
    context = {
        "follow": opened,
        "enrolment": enrolment,
        "session": enrolment.session,
        "form": form,
        "hers": hers,
        "half_days": half_days,
        "to_sign": hers and any(half.to_sign for half in half_days),
        "signed": "signe" in request.GET,
    }
    return render(request, "formation/sign.html", context)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def room(request: HttpRequest, slot: int) -> HttpResponse:
    """What the QR code of the room opens: her own page when this phone knows her, or its link."""
    half_day = get_object_or_404(
        TimeSlot.objects.select_related("session__course", "session__venue"),
        pk=slot,
        session__state__in=HELD,
    )
    own_page = _own_page(request, half_day)
    if own_page:
        return HttpResponseRedirect(own_page, status=303)
    form = RoomLinkForm(request.POST or None)
    if request.method == "POST":
        address = submit(request, form, partial(_send_link, half_day, form))
        if address:
            return HttpResponseRedirect(address, status=303)
    context = {"slot": half_day, "session": half_day.session, "form": form}
    return render(request, "formation/sign_room.html", context | {"sent": "envoye" in request.GET})


def _sign(request: HttpRequest, opened: Follow, enrolment: Enrolment, form: SignForm) -> str | None:
    try:
        attendance.count_try(enrolment, opened.now)
    except TooManyCodes as refusal:
        form.full_clean()
        form.add_error("code", str(refusal))
        return None
    page = sign_address(opened, enrolment)

    def save() -> str:
        attendance.sign(enrolment, form.cleaned_data["code"], opened.now)
        return f"{page}?signe"

    return submit(request, form, save)


def sign_address(opened: Follow, enrolment: Enrolment) -> str:
    """The page where she signs."""
    names = [opened.word, opened.obj.public_id, enrolment.public_id]
    return reverse("formation_sign", args=names)


def _own_page(request: HttpRequest, slot: TimeSlot) -> str:
    """Where whoever has opened her link in this browser signs; nothing when nobody has."""
    now = timezone.now()
    for enrolment in attendance.expected(slot.session):
        for purpose, obj, word in (
            (links.ENROLMENT, enrolment, "inscription"),
            (links.REQUEST, enrolment.request, "demande"),
        ):
            own = word == "inscription" or links.is_buyer(enrolment)
            if own and purpose.is_granted(request, obj, now):
                names = [word, obj.public_id, enrolment.public_id]
                return f"{reverse('formation_sign', args=names)}?code={_code_in(request)}"
    return ""


def _code_in(request: HttpRequest) -> str:
    typed = request.GET.get("code", "")
    figures = typed.isascii() and typed.isdigit() and len(typed) == attendance.CODE_FIGURES
    return typed if figures else ""


def _send_link(slot: TimeSlot, form: RoomLinkForm) -> str:
    if not form.trapped:
        attendance.send_link_in_room(slot, form.cleaned_data["email"], timezone.now())
    return reverse("formation_sign_room", args=[slot.pk]) + "?envoye"
