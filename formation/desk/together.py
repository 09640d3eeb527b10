"""What staff does to everybody in a session at once: move its dates, act on many."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.functional import cached_property

from wagtail.admin.widgets import AdminDateTimeInput

from formation.models import Enrolment, Session, TimeSlot, Trainer
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from formation.services.sessions import refuse_unless_dates_may_change, reschedule
from site_enys.admin.transitions import told, typed_reason
from site_enys.exceptions import Refused, refusal_of
from site_enys.french import plural
from site_enys.states import Transition

from .screens import SessionScreen


class SlotForm(forms.ModelForm):
    class Meta:
        model = TimeSlot
        fields = ["starts_at", "ends_at", "subject", "trainer"]
        widgets = {"starts_at": AdminDateTimeInput, "ends_at": AdminDateTimeInput}


class BaseSlotFormSet(forms.BaseInlineFormSet):
    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["trainer"].choices = self.trainers
        form.fields["id"].error_messages["invalid_choice"] = (
            "Cette demi-journée a été changée entre-temps\u00a0: rouvrez cette page."
        )
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Supprimer cette demi-journée"

    @cached_property
    def trainers(self) -> list[tuple[Any, str]]:
        """Read once for all the half-days."""
        known = Trainer.objects.values_list("pk", "name")
        return [("", "À préciser"), *known]


SlotFormSet = forms.inlineformset_factory(
    Session,
    TimeSlot,
    form=SlotForm,
    formset=BaseSlotFormSet,
    extra=2,
    can_delete=True,
    can_delete_extra=False,
    max_num=60,
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
        "désister\u202f; son agenda suit. La session redevient «\u00a0Programmée\u202f»."
    )

    def make_form(self, data: Any = None, files: Any = None) -> Any:
        return SlotFormSet(data, instance=Session.objects.get(pk=self.record.pk))

    def obstacle(self) -> Refused | None:
        # Not the guard of the transition: past dates are what the screen is for.
        return refusal_of(refuse_unless_dates_may_change, self.record)

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
        return self._ask(self._row(request.GET), request.GET.getlist("qui"))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row, typed = self._row(request.POST), request.POST.getlist("qui")
        chosen, left = self._sorted(row, typed)
        if row is None or not chosen:
            return self._ask(row, typed)
        try:
            self._apply(row, chosen, typed_reason(request))
        except Refused as refusal:
            return self._ask(row, typed, **told(refusal, "reason"))
        done = f"«\u00a0{row.label}\u202f»\u00a0: {plural(len(chosen), 'inscription')}"
        aside = f", {plural(len(left), 'laissée', 'laissées')} de côté" if left else ""
        messages.success(request, f"{done}{aside}.")
        return redirect(self.back_url)

    @staticmethod
    def _row(typed: QueryDict) -> Transition | None:
        row = ENROLMENT_LIFECYCLE.by_name.get(typed.get("acte", ""))
        return None if row is None or row.own_screen else row

    def _ask(self, row: Transition | None, typed: list[str], **more: Any) -> HttpResponse:
        """Who is concerned, what they will read, and the button."""
        mails = []
        chosen, left = self._sorted(row, typed)
        cautions = [self._caution(row, enrolment) for enrolment in chosen if row]
        caution = next(filter(None, cautions), None)
        if row and chosen:
            # Other copies: in memory, what was rehearsed has happened.
            copies, _ = self._sorted(row, typed)
            try:
                mails = self.preview(partial(self._apply, row, copies))
            except Refused as refusal:
                more = {"refusal": str(refusal)} | more
        own = {
            "row": row,
            "chosen": chosen,
            "left": left,
            "mails": mails,
            "caution": str(caution or ""),
            "needs_reason": bool(row and row.needs_reason) or caution is not None,
        }
        return self.show(forms.Form(), **own | more)

    def _caution(self, row: Transition, enrolment: Enrolment) -> Refused | None:
        return ENROLMENT_LIFECYCLE.caution(enrolment, row.name, self.now)

    def _apply(self, row: Transition, chosen: list[Enrolment], reason: str) -> None:
        ENROLMENT_LIFECYCLE.apply_all(
            chosen, row.name, by=self.by, now=self.now, reason=reason, forced=True
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
