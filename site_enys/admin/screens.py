"""The screens where staff does something about one record, in one step."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from site_enys.exceptions import Refused
from site_enys.public_forms import limits_of
from site_enys.states import Actor, TransitionRefused, staff

from .transitions import told, typed_reason
from .viewsets import admin_url

NO_REASON = TransitionRefused("Écrivez pourquoi\u00a0: le motif manque.", field="reason")


class DeskForm(forms.Form):
    """What staff types about somebody is checked like what the person types."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.validators.extend(limits_of(field))


class Screen(WagtailAdminTemplateMixin, TemplateView):
    """A form about one record, a button, and the record's own screen again.

    Subclasses say what the form is and what `run` does with it; a Refused that it raises is said
    above the form, with what was typed still there.
    """

    model: type[Model]
    permission: str
    template_name = "site_enys/admin/screen.html"
    title = ""
    button = ""
    explanation = ""
    header_icon = "group"
    needs_reason = False
    #: Whether why it is done can be written down.
    takes_reason = True
    #: Whether the person reads the reason, and not the journal alone.
    tells_reason = False
    #: Whether somebody loses what was given or awaited: the button is red.
    takes_away = False
    #: Runs an act and undoes it; returns the messages that it wrote. With it, the form has a
    #: second button, to read them before.
    rehearse: Callable[[Callable[[], object]], list[Any]] | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.is_allowed(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def is_allowed(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)

    @cached_property
    def record(self) -> Any:
        return self.viewset.reach(self.request, self.kwargs["pk"])

    @property
    def viewset(self) -> Any:
        return self.model.snippet_viewset  # type: ignore[attr-defined]

    @cached_property
    def now(self) -> datetime:
        return timezone.now()

    @property
    def by(self) -> Actor:
        return staff(self.request.user)

    def make_form(self, data: Any = None, files: Any = None) -> Any:
        return forms.Form(data)

    def run(self, form: Any, reason: str) -> str:
        """Do it, and return the sentence that says so."""
        raise NotImplementedError

    def obstacle(self) -> Refused | None:
        """What makes the whole screen useless now."""
        return None

    def caution(self) -> Refused | None:
        """The custom that it would break now, and that a written reason sets aside."""
        return None

    @property
    def back_url(self) -> str:
        return admin_url(self.model, "inspect", self.record.pk)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(self.make_form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST, request.FILES)
        if self.obstacle() or not form.is_valid():
            return self.show(form)
        try:
            if "preview" in request.POST and self.rehearse:
                return self.show(form, mails=self.preview(lambda reason: self.run(form, reason)))
            if self.caution() and not typed_reason(request).strip():
                raise NO_REASON
            done = self.run(form, typed_reason(request))
        except Refused as refusal:
            return self.refuse(form, refusal)
        messages.success(request, done)
        return redirect(self.back_url)

    def preview(self, run: Callable[[str], object]) -> list[Any]:
        """The e-mails that `run` would send, whether or not the reason is written yet."""
        if self.rehearse is None:
            return []
        try:
            mails = self.rehearse(lambda: run(typed_reason(self.request).strip() or "…"))
        finally:
            self.__dict__.pop("record", None)  # in memory, what was rehearsed has happened
        return self.viewset.mails_as_read(self.request, mails)

    def refuse(self, form: Any, refusal: Refused, **more: Any) -> HttpResponse:
        """The form again, with the refusal beside the field that it speaks of."""
        if refusal.field in getattr(form, "fields", {}):
            form.add_error(refusal.field, str(refusal))
            return self.show(form, **more)
        return self.show(form, **more | told(refusal, "reason"))

    def show(self, form: Any, **more: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, **more))

    def get_page_title(self) -> str:
        return self.title

    def get_page_subtitle(self) -> str:
        return self.viewset.name_of(self.record)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": self.back_url, "label": str(self.record)},
            {"url": "", "label": self.title, "sublabel": str(self.record)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        obstacle, caution = self.obstacle(), self.caution()
        own = {
            "record": self.record,
            "button": self.button,
            "explanation": self.explanation,
            "needs_reason": self.needs_reason or caution is not None,
            "takes_reason": self.takes_reason,
            "tells_reason": self.tells_reason,
            "takes_away": self.takes_away,
            "reason": typed_reason(self.request),
            "reason_error": "",
            "rehearsed": self.rehearse is not None,
            "back_url": self.back_url,
            "refusal": "",
            "obstacle": str(obstacle or ""),
            "caution": str(caution or ""),
            "mails": [],
        }
        return super().get_context_data(**own | kwargs)
