"""How people come into a session through the team: enrolled by hand, or from a list."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property

from courrier.services.rehearsal import rehearse
from formation.enums import BuyerType
from formation.exceptions import SessionFull
from formation.forms.sign_up import (
    ADD_PEOPLE,
    CompanyEnrolmentForm,
    EnrolmentForm,
    IndividualEnrolmentForm,
)
from formation.models import EnrolmentRequest
from formation.services.availability import refuse_unless_decided_to_hold
from formation.services.enrolment import enrol, refuse_unless_open_to
from formation.services.roster import Enrolled, Line, check_lines, enrol_roster, read_roster
from site_enys.admin.screens import NO_REASON
from site_enys.admin.transitions import told, typed_reason
from site_enys.exceptions import Refused, refusal_of
from site_enys.french import plural
from site_enys.public_forms import Section

from .forms import FileForm, LineForm
from .screens import SessionScreen

BY_HAND = "par l’équipe"  # instead of the version of a notice that nobody has shown
#: What the public form says to the person who fills it in, said to the team.
LABELS = {
    "contact_name": "Nom du contact",
    "contact_email": "Adresse électronique du contact",
    "contact_phone": "Téléphone du contact",
    "order_reference": "Référence de commande",
    "wants_accommodation_call": "À contacter au sujet d’un aménagement (handicap, santé)",
}
HELP_TEXTS = {
    "siret": "14 chiffres.",
    "signatory_name": "Si ce n’est pas le contact.",
    "wants_accommodation_call": "Une case suffit\u00a0: ne décrivez pas la situation ici.",
}
LEGENDS = {"Votre organisme et vous": "L’organisme et son contact"}
#: How many employers of the session are offered again.
_EMPLOYERS_OFFERED = 6


class GatheringScreen(SessionScreen):
    """Somebody more in the session; what it is worth is said before."""

    def obstacle(self) -> Refused | None:
        return refusal_of(refuse_unless_decided_to_hold, self.record)

    @property
    def explanation(self) -> str:  # type: ignore[override]
        session = self.record
        if session.seats_left and not session.waiting_count:
            left = plural(session.seats_left, "place est libre", "places sont libres")
            return f"{left.capitalize()} dans cette session."
        if not session.accepts_waiting_list:
            return SessionFull.sentence
        rank = session.waiting_count + 1
        return f"Session complète\u00a0: la prochaine personne attend, au rang {rank}."


class EnrolScreen(GatheringScreen):
    """As on the public page; a reason passes over closed enrolments and short delays."""

    title = "Inscrire quelqu’un"
    button = "Inscrire"
    template_name = "formation/admin/enrol.html"
    FORMS: dict[str, type[EnrolmentForm]] = {
        "entreprise": CompanyEnrolmentForm,
        "particulier": IndividualEnrolmentForm,
    }

    @property
    def buyer(self) -> str:
        """The word of the address for who pays; nearly all are employers."""
        asked = self.request.GET.get("pour", "")
        return asked if asked in self.FORMS else "entreprise"

    def make_form(self, data: Any = None, files: Any = None) -> Any:
        return worded_for_the_team(self.FORMS[self.buyer](data, initial=self._same_employer()))

    def caution(self) -> Refused | None:
        buyer = self.FORMS[self.buyer].buyer_type
        refusal = refusal_of(refuse_unless_open_to, self.record, buyer, self.now)
        return None if isinstance(refusal, SessionFull) else refusal

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if ADD_PEOPLE in request.POST and isinstance(form, CompanyEnrolmentForm):
            return self.show(worded_for_the_team(form.more_lines(request.POST[ADD_PEOPLE])))
        return super().post(request, *args, **kwargs)

    def run(self, form: Any, reason: str) -> str:
        data = form.sign_up({"notice_version": BY_HAND})
        request = enrol(self.record, data, self.now, by=self.by, reason=reason)
        seats = request.enrolments.seated().count()
        return f"{request}\u00a0: {in_words(seats, len(data.trainees) - seats)}."

    @cached_property
    def employers(self) -> list[EnrolmentRequest]:
        """The last request of each employer of this session."""
        if not self.request.user.has_perm("formation.view_enrolmentrequest"):
            return []
        by_company = self.record.requests.filter(buyer_type=BuyerType.COMPANY, suspect=False)
        latest = {one.organisation: one for one in by_company.order_by("created_at", "pk")}
        return list(latest.values())[::-1][:_EMPLOYERS_OFFERED]

    def _same_employer(self) -> dict[str, Any]:
        asked = self.request.GET.get("comme", "")
        for request in self.employers:
            if request.reference == asked:
                names = CompanyEnrolmentForm.base_fields.keys() - {"message", "accept_partial"}
                return {name: getattr(request, name) for name in names if hasattr(request, name)}
        return {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sections = kwargs["form"].sections
        for section in sections:
            section.legend = LEGENDS.get(section.legend, section.legend)
        own = {"sections": without_the_trap(sections), "buyer": self.buyer}
        return super().get_context_data(**own | kwargs) | {"employers": self.employers}


class ImportScreen(GatheringScreen):
    """A list is read and checked, shown, and only then enrolled: all its lines or none."""

    title = "Importer des stagiaires"
    template_name = "formation/admin/import.html"
    SALT = "formation-import"

    def make_form(self, data: Any = None, files: Any = None) -> FileForm:
        return FileForm(data, files)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.obstacle():
            return self.show(self.make_form())
        if "people" in request.POST:
            return self._enrol(request.POST["people"])
        form = self.make_form(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form)
        try:
            lines = read_roster(form.content, form.employer)
        except Refused as refusal:
            form.add_error("file", str(refusal))
            return self.show(form)
        return self._preview(form, lines)

    def _preview(
        self, form: Any, lines: Sequence[Line], *, refused: Refused | None = None
    ) -> HttpResponse:
        """The lines, with what is wrong in them or else with what would become of them."""
        faulty = check_lines(self.record, lines, LineForm().fields)
        foreseen = {} if faulty else self._foresee(lines)
        if refused:
            foreseen |= told(NO_REASON if foreseen.get("caution") else refused, "reason")
        return self.show(form, lines=lines, faulty=faulty, **foreseen)

    def _foresee(self, lines: Sequence[Line]) -> dict[str, Any]:
        done: list[Enrolled] = []

        def run(reason: str) -> None:
            done.append(enrol_roster(self.record, lines, by=self.by, now=self.now, reason=reason))

        caution = refusal_of(lambda: rehearse(lambda: run("")))
        try:
            mails = self.preview(run)
        except Refused as refusal:
            return {"refusal": str(refusal)}
        people = [[line.number, line.values] for line in lines]
        return {
            "mails": mails,
            "caution": str(caution or ""),
            "needs_reason": caution is not None,
            "outcome": in_words(*done[-1].numbers),
            "people": signing.dumps([self.record.pk, people], salt=self.SALT, compress=True),
        }

    def _enrol(self, signed: str) -> HttpResponse:
        try:
            pk, people = signing.loads(signed, salt=self.SALT, max_age=3600)
        except signing.BadSignature:
            pk, people = None, []
        if pk != self.record.pk:
            return self.show(
                self.make_form(),
                refusal="Cette liste n’est plus valable\u00a0: importez-la de nouveau.",
            )
        lines, reason = [Line(*one) for one in people], typed_reason(self.request)
        try:
            done = enrol_roster(self.record, lines, by=self.by, now=self.now, reason=reason)
        except Refused as refusal:
            return self._preview(self.make_form(), lines, refused=refusal)
        requests, enrolled = plural(len(done.requests), "demande"), in_words(*done.numbers)
        messages.success(self.request, f"{requests}\u00a0: {enrolled}.")
        return redirect(self.back_url)


def in_words(seats: int, waiting: int) -> str:
    """What became of people, or would."""
    counted = plural(seats, "place comptée", "places comptées")
    if not waiting:
        return counted
    return f"{counted}, {plural(waiting, 'personne')} sur la liste d’attente"


def worded_for_the_team(form: forms.Form) -> forms.Form:
    """The public form, as somebody fills it in for another; a browser would offer her own name."""
    for key, field in form.fields.items():
        name = key.rstrip("_0123456789")
        field.label = LABELS.get(name, field.label)
        field.help_text = HELP_TEXTS.get(name, field.help_text)
        field.widget.attrs["autocomplete"] = "off"
    return form


def without_the_trap(sections: list[Section]) -> list[Section]:
    for section in sections:
        section.fields = [field for field in section.fields if field.widget_type != "honeypot"]
    return sections
