"""Until when files are kept: the countdown of each, the hold for a dispute, the daily work."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from wagtail.admin.ui.tables import Column

from recrutement.exceptions import HoldRefused
from recrutement.models import Application, DailyRun, RecruitmentSettings
from recrutement.services import erasure, hold, retention
from recrutement.services.access import HOLD
from recrutement.services.daily import RUN_IS_LATE, failures_of
from site_enys.admin import DeskForm, DeskPage, Screen, admin_url
from site_enys.admin.viewsets import SafeDeleteView
from site_enys.exceptions import Refused
from site_enys.templatetags.typography import long_date

SOON = timedelta(days=30)


class ErasedOnColumn(Column):
    """« 12/02/2027 » : the day on which the daily work erases the file."""

    def get_cell_context_data(
        self, instance: Application, parent_context: dict[str, Any]
    ) -> dict[str, Any]:
        settings = RecruitmentSettings.load(parent_context["request"])  # kept with the request
        day = retention.erased_on(instance, settings)
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"value": long_date(day) if day else "—"}


class ForgetView(SafeDeleteView):
    """« Effacer » : as the purge does it, messages and statistics included."""

    def delete_action(self) -> None:
        erasure.forget(self.object, timezone.now())

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            erasure.refuse_if_held(self.object)
        except Refused as refusal:
            messages.error(self.request, str(refusal))
            return redirect(admin_url(Application, "inspect", self.object.pk))
        return super().form_valid(form)


class HoldForm(DeskForm):
    reason = forms.CharField(
        label="Motif",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Le litige, sa date, qui le suit. Seule la direction le lit.",
    )


class HoldScreen(Screen):
    model = Application
    permission = HOLD
    title = "Garder pour un litige"
    button = "Garder"
    takes_reason = False  # it has its own field, which the journal does not repeat
    header_icon = "lock"

    @property
    def explanation(self) -> str:  # type: ignore[override]
        years = RecruitmentSettings.load().hold_years
        return (
            f"La candidature n’est plus effacée, pendant {years} ans au plus (Code du travail, "
            "art. L1134-5). Une fois passée sa durée ordinaire, seule la direction la voit encore."
        )

    def make_form(self, data: Any = None, files: Any = None) -> HoldForm:
        return HoldForm(data)

    def obstacle(self) -> Refused | None:
        held = self.record.held_at
        return HoldRefused("Elle est déjà gardée pour un litige.") if held else None

    def run(self, form: HoldForm, reason: str) -> str:
        hold.hold(self.record, form.cleaned_data["reason"], by=self.by, now=self.now)
        return "La candidature est gardée pour un litige."


class LiftScreen(Screen):
    model = Application
    permission = HOLD
    title = "Ne plus garder pour un litige"
    button = "Lever"
    takes_reason = False
    header_icon = "lock-open"
    explanation = (
        "La candidature suit de nouveau la règle ordinaire. Si sa durée est déjà passée, elle est "
        "effacée au prochain passage quotidien."
    )

    def obstacle(self) -> Refused | None:
        held = self.record.held_at
        return None if held else HoldRefused("Elle n’est pas gardée pour un litige.")

    def run(self, form: forms.Form, reason: str) -> str:
        hold.lift(self.record, by=self.by, now=self.now)
        return "La candidature n’est plus gardée pour un litige."


class RetentionPage(DeskPage):
    """« Conservation » : the last run of the daily work, what it will erase, what is held."""

    template_name = "recrutement/admin/retention.html"
    page_title = "Conservation"
    header_icon = "history"
    permission = HOLD

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now, settings = timezone.now(), RecruitmentSettings.load()
        last = DailyRun.objects.filter(applied=True).first()
        held = retention.with_retention(Application.objects.exclude(held_at=None))
        return super().get_context_data(
            last=last,
            late=last is None or last.at < now - RUN_IS_LATE,
            failed=failures_of(last) if last else [],
            due=retention.due(now, settings).count(),
            soon=retention.due(now + SOON, settings).count(),
            held=self._rows(held, settings),
            **kwargs,
        )

    def _rows(self, held: QuerySet[Application], settings: RecruitmentSettings) -> list[Any]:
        return [
            (one, admin_url(Application, "inspect", one.pk), retention.countdown(one, settings))
            for one in held.select_related("offer").order_by("held_at")
        ]
