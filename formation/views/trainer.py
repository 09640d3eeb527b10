"""The space of a trainer, opened by her link: her sessions, and what is to be read of each."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any
from uuid import UUID

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from formation import links
from formation.documents.calendar import trainer_feed
from formation.enums import SurveyKind
from formation.forms.attendance import AssessmentForm, TrainerLinkForm
from formation.models import Session, TimeSlot, Trainer
from formation.services import assessment, trainers
from formation.services.attendance import expected
from formation.services.indicators import session_needs, session_results
from formation.services.matrix import matrix, sheets_in_force
from site_enys.links import LinkRefused, private
from site_enys.private_storage import serve_private_file
from site_enys.public_forms import submit
from site_enys.states import PERSON

#: How many past sessions the first page shows.
PAST_SHOWN = 20
View = Callable[..., Any]


def of_trainer(view: View) -> View:
    """A page of the trainer whom the address names, once this browser has opened her link."""

    @private
    @wraps(view)
    def wrapped(request: HttpRequest, who: UUID, **kwargs: Any) -> HttpResponse:
        trainer = Trainer.objects.filter(public_id=who).first()
        if trainer is None or not links.TRAINER.is_granted(request, trainer, timezone.now()):
            return lost(request)
        return view(request, trainer, **kwargs)

    return wrapped


def of_session(view: View) -> View:
    """A page of one of her sessions; the others are none for her."""

    @of_trainer
    @wraps(view)
    def wrapped(
        request: HttpRequest, trainer: Trainer, public_id: UUID, **kwargs: Any
    ) -> HttpResponse:
        session = get_object_or_404(trainers.sessions_of(trainer), public_id=public_id)
        return view(request, trainer, session, **kwargs)

    return wrapped


def of_half_day(view: View) -> View:
    """A page of one half-day of one of her sessions."""

    @of_session
    @wraps(view)
    def wrapped(
        request: HttpRequest, trainer: Trainer, session: Session, slot: int, **kwargs: Any
    ) -> HttpResponse:
        half_day = get_object_or_404(TimeSlot, pk=slot, session=session)
        half_day.session = session
        return view(request, trainer, half_day, **kwargs)

    return wrapped


@private
@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Exchange the link for a grant, and lead to an address that does not give it away."""
    try:
        trainer = links.TRAINER.open(token)
    except LinkRefused as refusal:
        return lost(request, str(refusal))
    links.TRAINER.grant(request, trainer, timezone.now())
    page = reverse("formation_trainer", args=[trainer.public_id])
    return HttpResponseRedirect(page, status=303, headers={"Referrer-Policy": "no-referrer"})


@private
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Send the link again; the answer is the same whether anybody was found."""
    form = TrainerLinkForm(request.POST or None)
    if request.method == "POST":
        address = submit(request, form, partial(_send_link, form))
        if address:
            return HttpResponseRedirect(address, status=303)
    context = {"form": form, "sent": "envoye" in request.GET}
    return render(request, "formation/trainer/find.html", context)


@private
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Her half-days, read by a program that keeps nothing but the address."""
    try:
        trainer = links.TRAINER_CALENDAR.open(token)
    except LinkRefused as refusal:
        return lost(request, str(refusal))
    return HttpResponse(
        trainer_feed(trainers.half_days_of(trainer), timezone.now()),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="mes-sessions.ics"'},
    )


@of_trainer
@require_safe
def home(request: HttpRequest, trainer: Trainer) -> HttpResponse:
    """Her sessions: today, to come, past."""
    today, now = timezone.localdate(), timezone.now()
    sessions = list(trainers.sessions_of(trainer))
    over = [one for one in sessions if one.ends_at and timezone.localdate(one.ends_at) < today]
    to_come = [one for one in sessions if one.starts_at and one.starts_at > now]
    later = [one for one in to_come if timezone.localdate(one.starts_at) > today]
    calendar_url = links.trainer_calendar_url(trainer)
    context = {
        "trainer": trainer,
        "today": [one for one in sessions if one not in over and one not in later],
        "later": later,
        "past": over[::-1][:PAST_SHOWN],
        "calendar_url": calendar_url,
        # What makes the device open its calendar, which then follows the address.
        "subscription_url": f"webcal:{calendar_url.partition(':')[2]}",
    }
    return render(request, "formation/trainer/home.html", context)


@of_session
@require_safe
def session(request: HttpRequest, trainer: Trainer, session: Session) -> HttpResponse:
    """One session: its half-days, its people, what they need and what they say of it."""
    now = timezone.now()
    found = matrix(session, now)
    documents, hers = sheets_in_force(session), trainers.half_days_led(trainer, session)
    people = [row.enrolment for row in found.rows]
    begins = assessment.may_assess_from(session)
    context = {
        "trainer": trainer,
        "session": session,
        "half_days": [
            (half, half.slot.pk in hers, documents.get(half.slot.pk)) for half in found.half_days
        ],
        "rows": found.rows,
        # Whether somebody wishes it, and not who: the disability contact knows.
        "accommodation": any(one.wants_accommodation_call for one in people),
        "needs": session_needs(session),
        "opinions": [one for one in session_results(session) if one.kind == SurveyKind.HOT],
        "may_assess": bool(people and begins and now >= begins),
        "done": _DONE.get(request.GET.get("fait", ""), ""),
    }
    return render(request, "formation/trainer/session.html", context)


@of_session
@require_http_methods(["GET", "HEAD", "POST"])
def assess(request: HttpRequest, trainer: Trainer, session: Session) -> HttpResponse:
    """What was learnt, person by person."""
    people = list(expected(session))
    form = AssessmentForm(request.POST or None, people=people)
    page = session_address(trainer, session)

    def save() -> str:
        assessment.assess(session, form.found(), by=PERSON, now=timezone.now())
        return f"{page}?fait=acquis"

    if request.method == "POST":
        address = submit(request, form, save)
        if address:
            return HttpResponseRedirect(address, status=303)
    return show_form(
        request,
        session,
        form,
        title="Évaluer les acquis",
        explanation=(
            "Ce que chaque personne a acquis des objectifs de la formation\u00a0: "
            "l’attestation de fin "
            "de formation le dira."
        ),
        button="Enregistrer",
        back_url=page,
    )


@of_half_day
@require_safe
def document(request: HttpRequest, trainer: Trainer, slot: TimeSlot) -> FileResponse:
    """The attendance sheet that was issued for the half-day."""
    issued = sheets_in_force(slot.session).get(slot.pk)
    if issued is None:
        raise Http404
    return serve_private_file(
        request,
        issued.file,
        filename=issued.filename,
        content_type="application/pdf",
        subject=f"{issued} (formateur n°\u00a0{trainer.pk})",
    )


def session_address(trainer: Trainer, session: Session) -> str:
    return reverse("formation_trainer_session", args=[trainer.public_id, session.public_id])


def show_form(
    request: HttpRequest, session: Session, form: Any, *, back_url: str, **words: Any
) -> HttpResponse:
    """A form of her space, with what it does and the way back."""
    context = {"session": session, "form": form, "back_url": back_url} | words
    return render(request, "formation/trainer/form.html", context)


def lost(request: HttpRequest, refusal: str = "") -> HttpResponse:
    """The same page for a link that is altered, too old, revoked, or was never opened here."""
    context = {
        "form": TrainerLinkForm(),
        "sent": False,
        "refusal": refusal or str(LinkRefused()),
    }
    return render(request, "formation/trainer/find.html", context, status=403)


def _send_link(form: TrainerLinkForm) -> str:
    if not form.trapped:
        trainers.send_desk_to(form.cleaned_data["email"])
    return reverse("formation_trainer_find") + "?envoye"


#: What is said once something is done.
_DONE = {
    "contreseing": "La demi-journée est contresignée.",
    "papier": "La feuille papier est enregistrée.",
    "correction": "La correction est enregistrée, avec l’ancienne valeur et le motif.",
    "acquis": "Les acquis sont enregistrés.",
}
