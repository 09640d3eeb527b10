"""The hardened base of every admin list that shows people."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.views.generic import TemplateView

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.snippets.views import snippets

from site_enys.exceptions import Refused
from site_enys.states import Lifecycle, Transition, staff

from .exports import SafeExportMixin
from .policies import OfferedActionsPolicy, register_permission_policy


class PerObject:
    """Ask the policy about the object itself: Wagtail's views ask about the model only."""

    object_actions = ("view",)

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        obj = super().get_object(*args, **kwargs)  # type: ignore[misc]
        allowed = self.permission_policy.user_has_any_permission_for_instance(  # type: ignore[attr-defined]
            self.request.user,  # type: ignore[attr-defined]
            self.object_actions,
            obj,
        )
        if not allowed:
            raise PermissionDenied
        return obj


class SafeIndexView(SafeExportMixin, snippets.IndexView):
    pass


class SafeEditView(PerObject, snippets.EditView):
    object_actions = ("change",)


class SafeDeleteView(PerObject, snippets.DeleteView):
    object_actions = ("delete",)


class SafeHistoryView(PerObject, snippets.HistoryView):
    pass


class SafeUsageView(PerObject, snippets.UsageView):
    pass


class SafeInspectView(PerObject, snippets.InspectView):
    """The record, what may be done with it now, and what happened to it."""

    lifecycle: Lifecycle | None = None
    transition_url_name = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if self.lifecycle:
            context["transitions"] = self._offered_transitions()
            context["events"] = self._events_with_labels()
        return context

    def _events_with_labels(self) -> list[dict[str, Any]]:
        labels = dict(self.object._meta.get_field("state").choices)
        return [
            {
                "event": event,
                "from": labels.get(event.from_state, "création"),
                "to": labels.get(event.to_state, event.to_state),
            }
            for event in self.object.events.select_related("user")
        ]

    def _offered_transitions(self) -> list[dict[str, Any]]:
        if not self.lifecycle or not _may_change(self.request, self.object):
            return []
        by, now = staff(self.request.user), timezone.now()
        return [
            {"row": row, "url": reverse(self.transition_url_name, args=[self.object.pk, row.name])}
            for row in self.lifecycle.possible(self.object, by, now)
        ]


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
        self.object = get_object_or_404(self.viewset.get_queryset(request), pk=kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not _may_change(request, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reason = request.POST.get("reason", "").replace("\x00", "")[:2000]
        try:
            self.lifecycle.apply(
                self.object,
                self.row.name,
                by=staff(request.user),
                now=timezone.now(),
                reason=reason,
            )
        except Refused as refusal:
            return self.render_to_response(
                self.get_context_data(refusal=str(refusal), reason=reason)
            )
        messages.success(request, f"{self.object} : {self.object.get_state_display().lower()}.")
        return redirect(self.inspect_url)

    @property
    def inspect_url(self) -> str:
        return reverse(self.viewset.get_url_name("inspect"), args=[self.object.pk])

    def get_page_title(self) -> str:
        return self.row.label

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{"object": self.object, "row": self.row, "inspect_url": self.inspect_url} | kwargs
        )


def _may_change(request: HttpRequest, obj: Any) -> bool:
    opts = obj._meta
    return request.user.has_perm(f"{opts.app_label}.change_{opts.model_name}")


class PersonalDataViewSet(snippets.SnippetViewSet):
    """Lists, inspection, export and transitions of a model that holds personal data.

    Subclasses declare columns, filters, searches and exports; they own no rule. Only the actions
    of `offered_actions` exist as generic forms. With a `lifecycle`, the inspection shows the
    transitions that are possible now and the events.
    """

    offered_actions: tuple[str, ...] = ("view",)
    lifecycle: Lifecycle | None = None

    index_view_class = SafeIndexView
    edit_view_class = SafeEditView
    delete_view_class = SafeDeleteView
    history_view_class = SafeHistoryView
    usage_view_class = SafeUsageView
    inspect_view_class = SafeInspectView
    inspect_view_enabled = True
    inspect_template_name = "site_enys/admin/inspect.html"
    copy_view_enabled = False
    add_to_reference_index = False
    list_per_page = 50

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if register_permission_policy:
            register_permission_policy(self.model, self._policy)

    @property
    def _policy(self) -> OfferedActionsPolicy:
        return OfferedActionsPolicy(self.model, self.offered_actions)

    if not register_permission_policy:

        @property
        def permission_policy(self) -> OfferedActionsPolicy:
            return self._policy

    def register_chooser_viewset(self) -> None:
        """No chooser: it would show every record to any admin user."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.permission_policy.instances_user_has_any_permission_for(
            request.user, self.offered_actions
        )

    def get_inspect_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        own = (
            {
                "lifecycle": self.lifecycle,
                "transition_url_name": self.get_url_name("transition"),
            }
            if issubclass(self.inspect_view_class, SafeInspectView)
            else {}
        )
        return super().get_inspect_view_kwargs(**own | kwargs)

    def get_urlpatterns(self) -> list[Any]:
        patterns = super().get_urlpatterns()
        if self.lifecycle:
            patterns.append(
                path(
                    f"<{self.pk_path_converter}:pk>/<slug:name>/",
                    TransitionView.as_view(viewset=self),
                    name="transition",
                )
            )
        return patterns
