"""« Émargement » of a session: who was there, each half-day, and what staff writes afterwards."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from formation.forms.attendance import (
    content_of,
    minutes_field,
    presence_field,
    reason_field,
    scan_field,
    seen_in,
)
from formation.models import Attendance, AttendanceSheet, Enrolment, Session, TimeSlot, Trainer
from formation.services import scans, sheets
from formation.services.attendance import expected
from formation.services.matrix import matrix, without_countersignature
from formation.services.paper import record_on_paper
from formation.services.trainers import leads_among, trainers_of
from formation.words import slot_times
from site_enys.admin import DeskForm, admin_url
from site_enys.french import plural
from site_enys.private_storage import serve_private_file

from .screens import Screen

SEES = "formation.view_attendancesheet"
WRITES = "formation.change_attendancesheet"


class AttendanceView(WagtailAdminTemplateMixin, TemplateView):
    """The matrix of people and half-days."""

    template_name = "formation/admin/attendance.html"
    page_title = "Émargement"
    header_icon = "calendar"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not (request.user.has_perm(SEES) and request.user.has_perm("formation.view_enrolment")):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def session(self) -> Session:
        sessions = Session.objects.select_related("course", "venue")
        return get_object_or_404(sessions, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.session.code

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        url = admin_url(Session, "inspect", self.session.pk)
        return [
            *self.breadcrumbs_items,
            {"url": url, "label": str(self.session)},
            {"url": "", "label": self.page_title, "sublabel": str(self.session)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = matrix(self.session, timezone.now())
        return super().get_context_data(
            session=self.session,
            half_days=found.half_days,
            rows=found.rows,
            corrections=[
                (row.enrolment, half.slot, correction)
                for row in found.rows
                for half, line in row.cells
                if line
                for correction in line.corrections.all()
            ],
            may_change=self.request.user.has_perm(WRITES),
            session_url=admin_url(Session, "inspect", self.session.pk),
            **kwargs,
        )


class LateSheetsView(WagtailAdminTemplateMixin, TemplateView):
    """The half-days of the past that no trainer has countersigned."""

    template_name = "formation/admin/attendance_late.html"
    page_title = "Demi-journées à contresigner"
    header_icon = "calendar"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm(SEES):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        slots = without_countersignature(timezone.now())
        return super().get_context_data(slots=slots, **kwargs)


class _HalfDayScreen(Screen):
    """Something that staff writes on the sheet of one half-day."""

    model = Session
    permission = WRITES
    header_icon = "calendar"
    rehearse = None
    takes_reason = False  # the form asks for it

    @cached_property
    def slot(self) -> TimeSlot:
        slots = TimeSlot.objects.select_related("sheet", "trainer")
        slot = get_object_or_404(slots, pk=self.kwargs["slot"], session=self.record)
        slot.session = self.record
        return slot

    @property
    def back_url(self) -> str:
        return reverse("formation_attendance", args=[self.record.pk])

    def get_page_subtitle(self) -> str:
        return f"{self.record.code}, {slot_times(self.slot)}"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": admin_url(Session, "inspect", self.record.pk), "label": str(self.record)},
            {"url": self.back_url, "label": "Émargement"},
            {"url": "", "label": self.get_page_title(), "sublabel": slot_times(self.slot)},
        ]


class CorrectionDeskForm(DeskForm):
    presence = presence_field(required=True)
    minutes = minutes_field()
    reason = reason_field("L’ancienne valeur est gardée avec ce motif.", required=True)


class CorrectLineScreen(_HalfDayScreen):
    """One line, with a reason."""

    title = "Corriger un émargement"
    button = "Enregistrer la correction"

    @cached_property
    def enrolment(self) -> Enrolment:
        return get_object_or_404(expected(self.record), pk=self.kwargs["who"])

    @cached_property
    def line(self) -> Attendance | None:
        return Attendance.objects.filter(slot=self.slot, enrolment=self.enrolment).first()

    def make_form(self, data: Any = None, files: Any = None) -> CorrectionDeskForm:
        line = self.line
        initial = {"presence": line.presence, "minutes": line.minutes or None} if line else {}
        return CorrectionDeskForm(data, initial=initial)

    def get_page_title(self) -> str:
        return f"Corriger l’émargement\u00a0: {self.enrolment.full_name}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        line = self.line
        said = "Personne n’a encore rien écrit pour cette demi-journée."
        if line:
            minutes = f", {line.minutes}\u00a0min" if line.minutes else ""
            said = f"La feuille dit\u00a0: {line.get_presence_display().lower()}{minutes}."
        return super().get_context_data(**{"explanation": said} | kwargs)

    def run(self, form: CorrectionDeskForm, reason: str) -> str:
        typed = form.cleaned_data
        sheets.correct(
            self.slot,
            self.enrolment,
            sheets.Seen(typed["presence"], typed["minutes"]),
            reason=typed["reason"],
            by=self.by,
            now=self.now,
        )
        return "La correction est enregistrée, avec l’ancienne valeur et le motif."


class PaperDeskForm(DeskForm):
    """The scan, whoever signed it, and what it says of each person."""

    trainer = forms.ModelChoiceField(
        label="Formateur qui a signé la feuille",
        queryset=Trainer.objects.none(),
        required=False,
        empty_label="Non signée par le formateur",
        help_text="Sa signature sur le papier vaut contreseing.",
    )

    def __init__(
        self,
        *args: Any,
        people: list[Enrolment],
        trainers: list[Trainer],
        has_scan: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"scan": scan_field(required=not has_scan)} | self.fields
        field: Any = self.fields["trainer"]
        field.queryset = Trainer.objects.filter(pk__in=[one.pk for one in trainers])
        for one in people:
            presence, minutes = presence_field(required=False), minutes_field()
            presence.label = one.full_name
            minutes.label = f"Minutes suivies par {one.full_name}"
            self.fields[f"presence_{one.pk}"] = presence
            self.fields[f"minutes_{one.pk}"] = minutes
        self.fields["reason"] = reason_field(
            "Nécessaire une demi-heure après la fin, ou pour changer ce qui est déjà écrit.",
            required=False,
        )


class PaperScreen(_HalfDayScreen):
    """A sheet that was signed on paper."""

    title = "Saisir une feuille papier"
    button = "Enregistrer la feuille"
    explanation = (
        "Joignez la feuille numérisée, puis recopiez ce qu’elle dit. Ce que vous laissez "
        "«\u00a0À indiquer\u202f» ne change pas."
    )

    @cached_property
    def people(self) -> list[Enrolment]:
        return list(expected(self.record))

    def make_form(self, data: Any = None, files: Any = None) -> PaperDeskForm:
        may_sign = leads_among(trainers_of(self.record), self.slot)
        sheet = getattr(self.slot, "sheet", None)
        has_scan = bool(sheet and sheet.scan)
        return PaperDeskForm(data, files, people=self.people, trainers=may_sign, has_scan=has_scan)

    def run(self, form: PaperDeskForm, reason: str) -> str:
        typed = form.cleaned_data
        record_on_paper(
            self.slot,
            seen_in(typed, self.people),
            content_of(typed["scan"]),
            by=self.by,
            now=self.now,
            reason=typed["reason"],
            signed_by_trainer=typed["trainer"],
        )
        return "La feuille papier est enregistrée."


def scan_file(request: HttpRequest, pk: int, slot: int) -> FileResponse:
    """The scan of a half-day; who opens it is written down."""
    if not request.user.has_perm(SEES):
        raise PermissionDenied
    sheet = get_object_or_404(AttendanceSheet, slot=slot, slot__session=pk)
    if not sheet.scan:
        raise Http404
    try:
        with sheet.scan.storage.open(sheet.scan.name or "", "rb") as stored:
            kind = scans.type_of(stored.read(16))
    except FileNotFoundError as gone:
        raise Http404 from gone
    return serve_private_file(
        request,
        sheet.scan,
        filename=f"feuille-emargement-{sheet.pk}{scans.SUFFIXES.get(kind, '')}",
        content_type=kind or "application/octet-stream",
        subject=str(sheet),
    )


def summary(session: Session) -> str:
    """« 3 demi-journées contresignées sur 4 »."""
    slots = session.slots.count()
    done = AttendanceSheet.objects.filter(
        slot__session=session, countersigned_at__isnull=False
    ).count()
    return f"{plural(done, 'demi-journée contresignée', 'demi-journées contresignées')} sur {slots}"
