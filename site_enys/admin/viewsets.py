"""The hardened base of every admin list that shows people."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import DateTimeField, Field, Model, ProtectedError, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import linebreaksbr
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html

from wagtail.admin.active_filters import (
    ActiveFilter,
    BaseFilterAdapter,
    register_filter_adapter_class,
)
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.hooks import search_for_hooks
from wagtail.snippets.views import snippets

from django_filters import BooleanFilter, DateFromToRangeFilter

from site_enys.french import fold
from site_enys.states import Lifecycle, staff

from .additions import Addition, additions_to
from .exports import SafeExportMixin
from .policies import OfferedActionsPolicy, register_permission_policy
from .transitions import TransitionView, may_change

#: Asked, with the request, a record and the name of one of its fields, for the screen that the
#: value of the field leads to; an empty address leads nowhere.
FIELD_LINKS: list[Callable[[HttpRequest, Model, str], str]] = []


def admin_url(model: type[Model], view: str, *args: Any) -> str:
    """The address of a screen (« list », « inspect »…) of a model that has a viewset."""
    search_for_hooks()  # a command may ask before any address has been resolved
    registered: Any = model
    return reverse(registered.snippet_viewset.get_url_name(view), args=args)


class PerObject:
    """Open only what the list shows: Wagtail's views ask about the model, not about the object."""

    viewset: "PersonalDataViewSet | None" = None

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        """The record as the list shows it, with what its query adds for this reader."""
        if self.viewset is None:
            raise PermissionDenied
        request = self.request  # type: ignore[attr-defined]
        try:
            obj = super().get_object(*args, **kwargs)  # type: ignore[misc]
        except Http404:
            self.viewset.note_refused(request, None)
            raise
        shown = self.viewset.get_queryset(request).filter(pk=obj.pk).first()
        if shown is None:
            self.viewset.note_refused(request, obj)
            raise PermissionDenied
        return shown


class YesColumn(Column):
    """« oui » where it is so, and nothing elsewhere: Wagtail's cross would alarm for the rest."""

    def get_value(self, instance: Any) -> str:
        return "oui" if super().get_value(instance) else ""


class YesOrNo(BaseFilterAdapter):
    """What is chosen, in French: Wagtail would say « True »."""

    def get_active_filters(self) -> Iterator[ActiveFilter]:
        for chosen in super().get_active_filters():
            yield chosen._replace(value="Oui" if self.value else "Non")


register_filter_adapter_class(BooleanFilter, adapter_class=YesOrNo)


class SafeFilterSet(WagtailFilterSet):
    """Asks for days, from one to another, where Wagtail would want the very second."""

    @classmethod
    def filter_for_lookup(cls, field: Field, lookup_type: str) -> tuple[type, dict[str, Any]]:
        if isinstance(field, DateTimeField) and lookup_type == "exact":
            return DateFromToRangeFilter, {"widget": DateRangePickerWidget}
        return super().filter_for_lookup(field, lookup_type)


class SafeIndexView(SafeExportMixin, snippets.IndexView):
    """The list; with boxes to tick only when there is something to do with what is ticked."""

    base_filterset_class = SafeFilterSet

    @cached_property
    def filterset_class(self) -> Any:
        base = super().filterset_class
        added = {
            name: one
            for addition in additions_to(self.model)
            for name, one in addition.filters.items()
        }
        return type(base.__name__, (base,), added) if base and added else base

    @cached_property
    def added(self) -> list[Addition]:
        return [one for one in additions_to(self.model) if one.in_lists]

    def get_base_queryset(self) -> QuerySet[Any]:
        related = sorted({name for one in self.added for name in one.relations})
        rows: QuerySet[Any] = super().get_base_queryset()
        return rows.prefetch_related(*related) if related else rows

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Every word, in any of the fields, whatever the accents and the capitals."""
        for word in fold(self.search_query).split():
            matches = (Q(**{f"{name}__folded__contains": word}) for name in self.search_fields)
            queryset = queryset.filter(reduce(or_, matches))
        return queryset

    def _get_title_column(self, *args: Any, **kwargs: Any) -> Any:
        """The name of a record opens what says everything of it; its form is one click further."""
        column = super()._get_title_column(*args, **kwargs)
        column.get_link_url = lambda one, _: self.get_inspect_url(one) or self.get_edit_url(one)
        return column

    @cached_property
    def columns(self) -> list[Any]:
        opts = self.model._meta
        added = [
            Column(f"added_{place}", label=one.label, accessor=one.value)
            for place, one in enumerate(self.added)
        ]
        if bulk_action_registry.get_bulk_actions_for_model(opts.app_label, opts.model_name):
            return [*super().columns, *added]
        own = (one for one in super().columns if not isinstance(one, BulkActionsCheckboxColumn))
        return [*own, *added]


class SafeEditView(PerObject, snippets.EditView):
    """Checks and saves in one transaction: a form may lock what its check relies on."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            return super().post(*args, **kwargs)


class SafeDeleteView(PerObject, snippets.DeleteView):
    """Says in French, rather than by an error 500, that other records need this one."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ProtectedError:
            messages.error(
                self.request,
                f"{self.object}\u00a0: d’autres fiches en dépendent, rien n’est effacé.",
            )
            return redirect(self.index_url_name)


class SafeHistoryView(PerObject, snippets.HistoryView):
    pass


class SafeUsageView(PerObject, snippets.UsageView):
    pass


class SafeInspectView(PerObject, snippets.InspectView):
    """The record, what may be done with it now, and what happened to it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"transitions": [], "events": []} | super().get_context_data(**kwargs)
        if self.viewset and self.viewset.lifecycle:
            context["transitions"] = self._offered_transitions(self.viewset)
            context["events"] = self._events_with_labels()
        return context

    def get_fields_context(self) -> list[dict[str, Any]]:
        added = (
            {"label": one.label, "value": one.value(self.object), "component": None}
            for one in additions_to(self.model)
        )
        return [*super().get_fields_context(), *added]

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """As Wagtail, but local time, French yes and no, lines kept, and a dash for nothing."""
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, datetime):
            return timezone.localtime(value)
        if isinstance(value, bool):
            return "oui" if value else "non"
        if type(value) is str and "\n" in value:
            return linebreaksbr(value)
        links = (link(self.request, self.object, field_name) for link in FIELD_LINKS)
        if url := next(filter(None, links), ""):
            return format_html('<a href="{}">{}</a>', url, value)
        return "—" if value is None or value == "" else value

    def _events_with_labels(self) -> list[dict[str, Any]]:
        labels = dict(self.object._meta.get_field("state").flatchoices)
        return [
            {
                "event": event,
                # The event of a creation has the same state on both sides.
                "from": ""
                if event.from_state == event.to_state
                else labels.get(event.from_state, event.from_state),
                "to": labels.get(event.to_state, event.to_state),
            }
            for event in self.object.events.select_related("user")
        ]

    def _offered_transitions(self, viewset: "PersonalDataViewSet") -> list[dict[str, Any]]:
        if not viewset.lifecycle or not may_change(self.request, self.object):
            return []
        by, now, url = staff(self.request.user), timezone.now(), viewset.get_url_name("transition")
        return [
            {"row": row, "url": reverse(url, args=[self.object.pk, row.name])}
            for row in viewset.lifecycle.possible(self.object, by, now)
        ]


class PersonalDataViewSet(snippets.SnippetViewSet):
    """Lists, inspection, export and transitions of a model that holds personal data.

    Subclasses declare columns, filters, searches and exports; they own no rule. Only the actions
    of `offered_actions` exist as generic forms. With a `lifecycle`, the inspection shows the
    transitions that are possible now and the events.
    """

    offered_actions: tuple[str, ...] = ("view",)
    lifecycle: Lifecycle | None = None
    policy_class: type[OfferedActionsPolicy] = OfferedActionsPolicy
    #: Runs an act and undoes it; returns the messages that it wrote, for people to read before.
    rehearse: Callable[[Callable[[], object]], list[Any]] | None = None
    #: The right to read those messages.
    rehearsed_for = ""

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
        self.policy = self.policy_class(self.model, self.offered_actions)
        if register_permission_policy:
            register_permission_policy(self.model, self.policy, exact_class=True)

    if not register_permission_policy:

        @property
        def permission_policy(self) -> OfferedActionsPolicy:
            return self.policy

    def register_chooser_viewset(self) -> None:
        """No chooser: it would show every record to any admin user."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The records that this person may see, listed and opened alike."""
        return self.policy.instances_user_has_any_permission_for(request.user, self.offered_actions)

    def reach(self, request: HttpRequest, pk: Any) -> Any:
        """The record of this identifier among those that this person may see; else Http404."""
        record = self.get_queryset(request).filter(pk=pk).first()
        if record is None:
            self.note_refused(request, self.model._default_manager.filter(pk=pk).first())
            raise Http404
        return record

    def note_refused(self, request: HttpRequest, record: Any) -> None:
        """Somebody asked for what the list does not show: a record, or None when there is none.

        Not while the rights of the model itself are missing: the whole screen is refused then.
        """

    def mails_as_read(self, request: HttpRequest, mails: list[Any]) -> list[Any]:
        """The messages as this person may read them before they leave."""
        return mails

    def name_of(self, obj: Any) -> str:
        """Which record it is, for the title of a screen: unlike `str`, never kept in a journal."""
        return str(obj)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(**{"viewset": self} | kwargs)

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
