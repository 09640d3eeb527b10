"""The screen of one transition of a record: what will happen, then a button that does it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.views.generic import TemplateView

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from site_enys.exceptions import Refused
from site_enys.states import Transition, staff


def may_change(request: HttpRequest, obj: Any) -> bool:
    """Whether the person asking has the right to act on records of this model."""
    opts = obj._meta
    return request.user.has_perm(f"{opts.app_label}.change_{opts.model_name}")


def typed_reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").replace("\x00", "")[:2000]


def told(refusal: Refused, *fields: str) -> dict[str, str]:
    """Where a page says why not: beside one of these fields, or at its top."""
    place = f"{refusal.field}_error" if refusal.field in fields else "refusal"
    return {place: str(refusal)}


class TransitionView(WagtailAdminTemplateMixin, TemplateView):
    """One button of the lifecycle: a page that says what will happen, then a POST."""

    template_name = "site_enys/admin/transition.html"
    viewset: Any = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        lifecycle = self.viewset.lifecycle
        if lifecycle is None or kwargs["name"] not in lifecycle.by_name:
            raise Http404
        self.lifecycle = lifecycle
        self.row: Transition = lifecycle.by_name[kwargs["name"]]
        if self.row.own_screen:
            raise Http404
        self.object = self.viewset.reach(request, kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_change(request, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reason = typed_reason(request)
        try:
            # Whoever posts has read the caution on this page, and gives a reason for going on.
            self._apply(self.object, reason)
        except Refused as refusal:
            own = told(refusal, "reason") | {"reason": reason}
            return self.render_to_response(self.get_context_data(**own))
        self.object.refresh_from_db()
        state = self.object.get_state_display().lower()
        messages.success(request, f"{self.viewset.name_of(self.object)}\u00a0: {state}.")
        return redirect(self.inspect_url)

    def _apply(self, obj: Any, reason: str) -> None:
        self.lifecycle.apply(
            obj,
            self.row.name,
            by=staff(self.request.user),
            now=timezone.now(),
            reason=reason,
            forced=True,
        )

    def _messages(self) -> list[Any]:
        """The very e-mails that the button would send; none when it would be refused."""
        allowed = self.request.user.has_perm(self.viewset.rehearsed_for)
        if self.viewset.rehearse is None or not allowed:
            return []
        # Another copy: in memory, what was rehearsed has happened.
        copy = self.viewset.get_queryset(self.request).get(pk=self.object.pk)
        try:
            mails = self.viewset.rehearse(lambda: self._apply(copy, "…"))
        except Refused:
            return []
        return self.viewset.mails_as_read(self.request, mails)

    @property
    def inspect_url(self) -> str:
        return reverse(self.viewset.get_url_name("inspect"), args=[self.object.pk])

    def get_page_title(self) -> str:
        return self.row.label

    def get_page_subtitle(self) -> str:
        return self.viewset.name_of(self.object)

    def get_header_icon(self) -> str:
        return self.viewset.icon

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        records = self.object._meta.verbose_name_plural
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.viewset.get_url_name("list")), "label": capfirst(records)},
            {"url": self.inspect_url, "label": str(self.object)},
            {"url": "", "label": self.row.label, "sublabel": str(self.object)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by, now = staff(self.request.user), timezone.now()
        own = {
            "object": self.object,
            "row": self.row,
            # Not `row.message`: a template would call it.
            "sends_message": self.row.message is not None,
            "mails": self._messages(),
            # Who posts reads the refusal above what she typed.
            "obstacle": self.request.method != "POST"
            and self.lifecycle.refusal(self.object, self.row.name, by, now),
            "caution": self.lifecycle.caution(self.object, self.row.name, now),
            "inspect_url": self.inspect_url,
            "refusal": "",
            "reason": "",
            "reason_error": "",
        }
        shown = own | kwargs
        needed = self.row.needs_reason or bool(shown["caution"])
        return super().get_context_data(needs_reason=needed, **shown)
