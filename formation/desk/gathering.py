"""What staff does to a whole session: enrol by hand, from a file, move its dates, act on many."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import URLPattern, path

from wagtail.admin.widgets import AdminDateTimeInput

from courrier.services.rehearsal import rehearse
from formation.forms.fields import email_field, name_field, phone_field
from formation.forms.sign_up import ADD_PEOPLE, CompanyEnrolmentForm, IndividualEnrolmentForm
from formation.models import Enrolment, Session, TimeSlot
from formation.services.enrolment import enrol
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from formation.services.roster import Line, check_lines, enrol_roster, read_roster
from formation.services.sessions import SESSION_LIFECYCLE, reschedule
from formation.validators import clean_siret
from site_enys.admin.transitions import typed_reason
from site_enys.exceptions import Refused
from site_enys.french import plural
from site_enys.states import Transition

from .screens import SessionScreen

BY_HAND = "par l’équipe"  # instead of the version of a notice that nobody has shown


class EnrolScreen(SessionScreen):
    """As on the public page; a reason passes over closed enrolments."""

    title = "Inscrire quelqu’un"
    button = "Inscrire"
    template_name = "formation/admin/enrol.html"
    explanation = (
        "Un motif permet de passer outre des inscriptions closes ou un délai trop court, "
        "jamais le nombre de places."
    )
    FORMS = {"entreprise": CompanyEnrolmentForm, "particulier": IndividualEnrolmentForm}

    def make_form(self, data: Any = None, files: Any = None) -> Any:
        return self.FORMS.get(self.request.GET.get("pour", ""), CompanyEnrolmentForm)(data)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if ADD_PEOPLE in request.POST and isinstance(form, CompanyEnrolmentForm):
            return self.show(form.more_lines(request.POST[ADD_PEOPLE]))
        return super().post(request, *args, **kwargs)

    def run(self, form: Any, reason: str) -> str:
        reason = "" if "preview" in self.request.POST and reason == "…" else reason
        data = form.sign_up(BY_HAND)
        request = enrol(self.record, data, self.now, by=self.by, reason=reason)
        return f"{request} : {request.get_answered_state_display().lower()}."


class FileForm(forms.Form):
    file = forms.FileField(
        label="Liste des stagiaires (CSV ou XLSX)",
        help_text=(
            "Une ligne par personne, et une première ligne de titres : prénom, nom, courriel, "
            "et si vous les avez téléphone, organisme, SIRET, contact, courriel du contact. "
            "Sans organisme, la personne s’inscrit à titre personnel."
        ),
    )


class SiretField(forms.CharField):
    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        return clean_siret(typed) if typed else ""


#: What each column must be, the same as on the public form.
CHECKS: dict[str, forms.Field] = {
    "first_name": name_field("Prénom", "off"),
    "last_name": name_field("Nom", "off"),
    "email": email_field("Courriel"),
    "phone": phone_field("Téléphone"),
    "organisation": forms.CharField(required=False, max_length=160),
    "siret": SiretField(required=False, max_length=30),
    "contact_name": forms.CharField(required=False, max_length=160),
    "contact_email": email_field("Courriel du contact", required=False),
}


class ImportScreen(SessionScreen):
    """A file is read and checked, shown, and only then enrolled: all its lines or none."""

    title = "Importer des stagiaires"
    template_name = "formation/admin/import.html"
    SALT = "formation-import"

    def make_form(self, data: Any = None, files: Any = None) -> FileForm:
        return FileForm(data, files)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "people" in request.POST:
            return self._enrol(request)
        form = self.make_form(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form)
        upload = form.cleaned_data["file"]
        try:
            lines = read_roster(upload.name, upload.read())
        except Refused as refusal:
            form.add_error("file", str(refusal))
            return self.show(form)
        check_lines(lines, CHECKS)
        return self._preview(form, lines)

    def _preview(self, form: Any, lines: list[Line], **more: Any) -> HttpResponse:
        people = [line.values for line in lines]
        context = {"lines": lines, "faulty": sum(bool(line.faults) for line in lines)} | more
        if not context["faulty"]:
            context["people"] = signing.dumps(
                [self.record.pk, people], salt=self.SALT, compress=True
            )
            context |= self._rehearse(people)
        return self.show(form, **context)

    def _rehearse(self, people: list[dict[str, str]]) -> dict[str, Any]:
        """What would become of them; the reason of a refusal can be overcome by another one."""
        try:
            mails = rehearse(lambda: self._enrol_all(people, typed_reason(self.request)))
        except Refused as refusal:
            return {"refusal": str(refusal), "needs_reason": True}
        return {"mails": mails}

    def _enrol(self, request: HttpRequest) -> HttpResponse:
        try:
            pk, people = signing.loads(request.POST["people"], salt=self.SALT, max_age=3600)
        except signing.BadSignature:
            pk, people = None, []
        if pk != self.record.pk:
            return self.show(
                self.make_form(), refusal="Cette liste n’est plus valable : importez-la de nouveau."
            )
        try:
            made = self._enrol_all(people, typed_reason(request))
        except Refused as refusal:
            lines = [Line(number, values) for number, values in enumerate(people, start=2)]
            return self._preview(self.make_form(), lines, refusal=str(refusal), needs_reason=True)
        messages.success(
            request,
            f"{plural(len(people), 'personne inscrite', 'personnes inscrites')}, "
            f"{plural(len(made), 'demande')}.",
        )
        return redirect(self.back_url)

    def _enrol_all(self, people: list[dict[str, str]], reason: str) -> list[Any]:
        return enrol_roster(self.record, people, by=self.by, now=self.now, reason=reason)


class SlotForm(forms.ModelForm):
    class Meta:
        model = TimeSlot
        fields = ["starts_at", "ends_at", "subject", "trainer"]
        widgets = {"starts_at": AdminDateTimeInput, "ends_at": AdminDateTimeInput}


SlotFormSet = forms.inlineformset_factory(
    Session, TimeSlot, form=SlotForm, extra=2, can_delete=True, max_num=60
)


class RescheduleScreen(SessionScreen):
    """New half-days, with what each person will read."""

    title = "Changer les dates"
    button = "Changer les dates et prévenir tout le monde"
    permission = "formation.change_session"
    template_name = "formation/admin/reschedule.html"
    needs_reason = True
    explanation = (
        "Chaque inscrit garde sa place ou son rang, reçoit les nouvelles dates et peut se "
        "désister ; son agenda suit. La session redevient « Programmée »."
    )

    def make_form(self, data: Any = None, files: Any = None) -> Any:
        return SlotFormSet(data, instance=Session.objects.get(pk=self.record.pk))

    def obstacle(self) -> Refused | None:
        row = SESSION_LIFECYCLE.by_name["reschedule"]
        if self.record.state in row.sources:
            return None
        return SESSION_LIFECYCLE.refusal(self.record, "reschedule", self.by, self.now)

    def run(self, form: Any, reason: str) -> str:
        slots = [
            one.save(commit=False)
            for one in form.forms
            if one.cleaned_data.get("starts_at") and not one.cleaned_data.get("DELETE")
        ]
        reschedule(self.record, slots, by=self.by, now=self.now, reason=reason)
        return "Les dates sont changées, et tout le monde est prévenu."


class ManyScreen(SessionScreen):
    """One transition for several people, with what each of them will read."""

    title = "Agir sur plusieurs inscriptions"
    template_name = "formation/admin/many.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._answer(self._row(request.GET), request.GET.getlist("qui"))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._answer(self._row(request.POST), request.POST.getlist("qui"), act=True)

    @staticmethod
    def _row(typed: QueryDict) -> Transition | None:
        row = ENROLMENT_LIFECYCLE.by_name.get(typed.get("acte", ""))
        return None if row is None or row.own_screen else row

    def _answer(
        self, row: Transition | None, typed: list[str], *, act: bool = False
    ) -> HttpResponse:
        chosen, left = self._sorted(row, typed)
        refusal, mails = "", []
        if row and chosen:
            apply = partial(
                ENROLMENT_LIFECYCLE.apply_all,
                chosen,
                row.name,
                by=self.by,
                now=self.now,
                forced=True,
            )
            try:
                if act:
                    apply(reason=typed_reason(self.request))
                    done = f"{row.label} : {plural(len(chosen), 'inscription')}."
                    messages.success(self.request, done)
                    return redirect(self.back_url)
                mails = rehearse(partial(apply, reason="…"))
            except Refused as why:
                refusal = str(why)
        return self.show(
            forms.Form(),
            row=row,
            chosen=chosen,
            left=left,
            mails=mails,
            refusal=refusal,
            needs_reason=bool(row and (row.needs_reason or row.caution)),
        )

    def _sorted(
        self, row: Transition | None, typed: list[str]
    ) -> tuple[list[Enrolment], list[tuple[Enrolment, Refused]]]:
        """Those of the session for whom the act is possible now, and why not for the others."""
        possible: list[Enrolment] = []
        left: list[tuple[Enrolment, Refused]] = []
        if row is None:
            return possible, left
        ticked = [int(pk) for pk in typed if pk.isascii() and pk.isdigit() and len(pk) < 18]
        people = self.record.enrolments.filter(pk__in=ticked).select_related("request")
        for enrolment in people.order_by("pk"):
            refusal = ENROLMENT_LIFECYCLE.refusal(enrolment, row.name, self.by, self.now)
            if refusal is None:
                possible.append(enrolment)
            else:
                left.append((enrolment, refusal))
        return possible, left


#: The word of the address, the screen.
SCREENS: dict[str, type[SessionScreen]] = {
    "inscrire": EnrolScreen,
    "importer": ImportScreen,
    "dates": RescheduleScreen,
    "ensemble": ManyScreen,
}

urlpatterns: list[URLPattern] = [
    path(
        f"formation/sessions/<int:pk>/{word}/",
        screen.as_view(),
        name=f"formation_session_{word}",
    )
    for word, screen in SCREENS.items()
]
