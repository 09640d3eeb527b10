"""The sheets of a trainer: the code in the room, the countersignature, paper, corrections."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from formation.forms.attendance import CorrectionForm, CountersignForm, PaperForm, content_of
from formation.forms.follow import ConfirmForm
from formation.links import room_url
from formation.models import Attendance, TimeSlot, Trainer
from formation.services import attendance, sheets
from formation.services.attendance import expected
from formation.services.paper import record_on_paper
from formation.services.trainers import leads
from formation.words import slot_times
from site_enys.exceptions import Refused
from site_enys.french import of
from site_enys.public_forms import PublicForm, submit
from site_enys.qr import shown_qr
from site_enys.states import PERSON

from .trainer import of_half_day, session_address, show_form


def of_led_half_day(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of a half-day for which she answers; those of her colleagues are none for her."""

    @of_half_day
    @wraps(view)
    def wrapped(
        request: HttpRequest, trainer: Trainer, slot: TimeSlot, **kwargs: Any
    ) -> HttpResponse:
        if not leads(trainer, slot):
            raise Http404
        return view(request, trainer, slot, **kwargs)

    return wrapped


@of_led_half_day
@require_POST
def open_room(request: HttpRequest, trainer: Trainer, slot: TimeSlot) -> HttpResponse:
    """Open the sheet, and show its code: a button, since reading an address changes nothing."""
    try:
        attendance.open_sheet(slot, timezone.now())
    except Refused as refusal:
        return show_form(
            request,
            slot.session,
            ConfirmForm(),
            title="Émargement",
            kicker=slot_times(slot),
            refusal=str(refusal),
            back_url=session_address(trainer, slot.session),
        )
    return HttpResponseRedirect(_address("formation_trainer_room", trainer, slot), status=303)


@of_led_half_day
@require_safe
def room(request: HttpRequest, trainer: Trainer, slot: TimeSlot) -> HttpResponse:
    """The code of this minute, in large; the page comes back by itself with the next one."""
    now, sheet = timezone.now(), getattr(slot, "sheet", None)
    back = session_address(trainer, slot.session)
    if sheet is None or not attendance.is_open(slot, now):
        return HttpResponseRedirect(back, status=303)
    code = attendance.room_code(sheet, now)
    context = {
        "slot": slot,
        "session": slot.session,
        "code": f"{code[:3]} {code[3:]}",
        "qr": shown_qr(room_url(slot, code)),
        "seconds": attendance.seconds_left(now),
        "signed": Attendance.objects.filter(slot=slot).count(),
        "people": expected(slot.session).count(),
        "back_url": back,
    }
    return render(request, "formation/trainer/room.html", context)


@of_led_half_day
@require_http_methods(["GET", "HEAD", "POST"])
def countersign(request: HttpRequest, trainer: Trainer, slot: TimeSlot) -> HttpResponse:
    """Everybody, what is known of them, and what the trainer says of the others."""
    now = timezone.now()
    lines = {line.enrolment_id: line for line in Attendance.objects.filter(slot=slot)}
    people = list(expected(slot.session))
    without = [one for one in people if one.pk not in lines]
    form = CountersignForm(request.POST or None, people=without)
    page = session_address(trainer, slot.session)
    answer = _posted(
        request,
        form,
        page,
        lambda: sheets.countersign(slot, trainer, form.seen(), now=now),
        "contreseing",
    )
    if answer:
        return answer
    try:
        sheets.refuse_unless_to_countersign(slot, getattr(slot, "sheet", None), trainer, now)
        refusal = ""
    except Refused as obstacle:
        refusal = str(obstacle)
    known = [(one, lines[one.pk]) for one in people if one.pk in lines]
    return show_form(
        request,
        slot.session,
        form,
        title="Contresigner",
        kicker=slot_times(slot),
        refusal="" if form.is_bound else refusal,
        explanation=(
            "Votre contreseing atteste ce que dit la feuille. Ensuite, elle ne change plus que par "
            "une correction motivée."
        ),
        known=known,
        trainer=trainer,
        slot=slot,
        button=f"Contresigner au nom {of(trainer.name)}",
        back_url=page,
    )


@of_led_half_day
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, trainer: Trainer, slot: TimeSlot) -> HttpResponse:
    """The sheet was signed on paper: its scan, and what it says."""
    now = timezone.now()
    sheet = getattr(slot, "sheet", None)
    form = PaperForm(
        request.POST or None,
        request.FILES or None,
        people=list(expected(slot.session)),
        has_scan=bool(sheet and sheet.scan),
    )
    page = session_address(trainer, slot.session)
    answer = _posted(
        request,
        form,
        page,
        lambda: record_on_paper(
            slot,
            form.seen(),
            content_of(form.cleaned_data["scan"]),
            by=PERSON,
            now=now,
            reason=form.cleaned_data["reason"],
            trainer_writes=trainer,
        ),
        "papier",
    )
    return answer or show_form(
        request,
        slot.session,
        form,
        title="Saisir une feuille papier",
        kicker=slot_times(slot),
        explanation=(
            "Sans réseau ou sans téléphone, une feuille signée à la main convient\u00a0: "
            "joignez-la, "
            "et recopiez ce qu’elle dit. Vous contresignez ensuite comme d’habitude."
        ),
        button="Enregistrer la feuille",
        back_url=page,
    )


@of_led_half_day
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, trainer: Trainer, slot: TimeSlot, person: UUID) -> HttpResponse:
    """Change one line, with a reason."""
    now = timezone.now()
    enrolment = get_object_or_404(expected(slot.session), public_id=person)
    line = Attendance.objects.filter(slot=slot, enrolment=enrolment).first()
    initial = {"presence": line.presence, "minutes": line.minutes or None} if line else {}
    form = CorrectionForm(request.POST or None, initial=initial)
    page = session_address(trainer, slot.session)
    answer = _posted(
        request,
        form,
        page,
        lambda: sheets.correct(
            slot,
            enrolment,
            form.seen(),
            reason=form.cleaned_data["reason"],
            by=PERSON,
            now=now,
            trainer=trainer,
        ),
        "correction",
    )
    return answer or show_form(
        request,
        slot.session,
        form,
        title=f"Corriger la présence\u00a0: {enrolment.full_name}",
        kicker=slot_times(slot),
        explanation=f"La feuille dit\u00a0: {_said(line)}.",
        button="Enregistrer la correction",
        back_url=page,
    )


def _posted(
    request: HttpRequest, form: PublicForm, page: str, run: Callable[[], object], done: str
) -> HttpResponse | None:
    """What a form that was sent leads to; None when it has to be shown."""
    if request.method != "POST":
        return None

    def save() -> str:
        run()
        return f"{page}?fait={done}"

    address = submit(request, form, save)
    return HttpResponseRedirect(address, status=303) if address else None


def _said(line: Attendance | None) -> str:
    if line is None:
        return "rien encore"
    minutes = f", {line.minutes}\u00a0min" if line.minutes else ""
    return f"{line.get_presence_display().lower()}{minutes}"


def _address(name: str, trainer: Trainer, slot: TimeSlot) -> str:
    return reverse(name, args=[trainer.public_id, slot.session.public_id, slot.pk])
