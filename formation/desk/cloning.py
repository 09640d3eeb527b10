"""« Dupliquer », « Nouvelle session par journées »: the dates, what they meet, then a draft."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from wagtail import hooks
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from formation.enums import Rhythm
from formation.models import CoursePage, Session, Trainer, Venue
from formation.models.session import code_format
from formation.services import cloning
from site_enys.admin import admin_url
from site_enys.exceptions import Refused
from site_enys.states import staff


class PlanForm(forms.Form):
    """When; what the plan is made from is known to the subclasses."""

    first_day = forms.DateField(
        label="Premier jour",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="Un rythme de jours ouvrés commence au premier jour ouvré à partir de celui-ci.",
    )
    rhythm = forms.ChoiceField(
        label="Rythme",
        choices=Rhythm.choices,
        widget=forms.RadioSelect,
        initial=Rhythm.CONSECUTIVE,
        help_text="Les jours ouvrés passent les week-ends et les jours fériés.",
    )
    code = forms.CharField(
        label="Code",
        max_length=40,
        required=False,
        validators=[code_format],
        help_text="Vide\u00a0: le prochain code libre est proposé.",
    )

    def session(self) -> Session:
        """The session that the answers describe, not saved; raises a PlanRefused."""
        raise NotImplementedError


class CopyForm(PlanForm):
    """A session on other dates."""

    def __init__(self, *args: Any, original: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.original = original

    def session(self) -> Session:
        answers = self.cleaned_data
        return cloning.copy_of(
            self.original, answers["first_day"], answers["rhythm"], answers["code"]
        )


class WholeDaysForm(PlanForm):
    """A new session of whole days."""

    course: forms.ModelChoiceField = forms.ModelChoiceField(
        CoursePage.objects.order_by("title"), label="Formation"
    )
    days = forms.IntegerField(
        label="Nombre de journées",
        min_value=1,
        max_value=30,
        initial=2,
        help_text="De 9\u00a0h à 12\u00a0h\u00a030 et de 14\u00a0h à 17\u00a0h\u00a030.",
    )
    venue = forms.ModelChoiceField(Venue.objects.all(), label="Lieu", required=False)
    trainer = forms.ModelChoiceField(Trainer.objects.all(), label="Formateur", required=False)
    field_order = ("course", "first_day", "rhythm", "days", "venue", "trainer", "code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rhythm: Any = self.fields["rhythm"]
        rhythm.choices = [row for row in Rhythm.choices if row[0] != Rhythm.SAME_GAPS]

    def session(self) -> Session:
        answers = self.cleaned_data
        return cloning.whole_days(
            answers["course"],
            answers["first_day"],
            answers["rhythm"],
            answers["days"],
            venue=answers["venue"],
            trainer=answers["trainer"],
            code=answers["code"],
        )


class PlanView(WagtailAdminTemplateMixin, TemplateView):
    """GET shows the plan of what is asked in the address; POST keeps it as a draft."""

    template_name = "formation/admin/plan.html"
    header_icon = "calendar"
    original: Any = None  # the session that is copied, if there is one

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm("formation.add_session"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form(self, data: Any = None) -> PlanForm:
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.GET if "first_day" in request.GET else None)
        return self._show(form, self._plan(form, timezone.now()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form, now = self.form(request.POST), timezone.now()
        session = self._plan(form, now)
        if session:
            try:
                cloning.keep(session, staff(request.user), now, original=self.original)
            except Refused as refusal:
                form.add_error(refusal.field, str(refusal))
            else:
                messages.success(
                    request, f"{session}\u00a0: brouillon créé. Relisez-le, puis programmez-le."
                )
                return redirect(admin_url(Session, "inspect", session.pk))
        return self._show(form, session)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        sessions = {"url": admin_url(Session, "list"), "label": "Sessions"}
        return [*self.breadcrumbs_items, sessions, {"url": "", "label": self.page_title}]

    def _plan(self, form: PlanForm, now: datetime) -> Session | None:
        if not form.is_valid():
            return None
        try:
            session = form.session()
            cloning.refuse_unless_new(session, now)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
            return None
        return session

    def _show(self, form: PlanForm, session: Session | None) -> HttpResponse:
        planned = cloning.review(session) if session else []
        # What the button keeps is what is shown, whatever is typed above meanwhile; the code that
        # is proposed is not typed: another day asked for has its own.
        shown = dict(form.data.items()) | {"code": session.code} if session else {}
        return self.render_to_response(
            self.get_context_data(
                form=form,
                session=session,
                planned=planned,
                answers=[(name, shown.get(name, "")) for name in form.fields if session],
                warned=sum(bool(line.warnings) for line in planned),
                original=self.original,
            )
        )


class CopyView(PlanView):
    page_title = "Dupliquer une session"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        sessions = Session.objects.select_related("course", "venue")
        self.original = get_object_or_404(sessions, pk=kwargs["pk"])

    def form(self, data: Any = None) -> PlanForm:
        return CopyForm(data, original=self.original)


class WholeDaysView(PlanView):
    page_title = "Nouvelle session par journées"

    def form(self, data: Any = None) -> PlanForm:
        return WholeDaysForm(data, initial={"course": self.request.GET.get("course")})


@hooks.register("register_snippet_listing_buttons")
def duplicate_button(snippet: Any, user: Any, next_url: str | None = None) -> list[Button]:
    """« Dupliquer » beside each session of the list."""
    if not isinstance(snippet, Session) or not user.has_perm("formation.add_session"):
        return []
    url = reverse("formation_duplicate", args=[snippet.pk])
    return [Button("Dupliquer", url=url, icon_name="copy", priority=20)]
