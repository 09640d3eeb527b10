"""« Conventions et contrats » : the list, one of them with its evidence, and those to send."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from django.views.generic import TemplateView

from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from courrier.services.rehearsal import rehearse
from formation.models import Agreement, EnrolmentRequest
from formation.services import agreements
from formation.services.agreement_lifecycle import AGREEMENT_LIFECYCLE
from site_enys.admin import PersonalDataViewSet, admin_url
from site_enys.admin.viewsets import SafeInspectView
from site_enys.templatetags.typography import euros

from .agreement_screens import buttons_of, files_of

#: What each piece of evidence is called.
_EVIDENCE = {
    "provider": "Procédé",
    "typed_name": "Nom écrit",
    "email": "Adresse du signataire",
    "opened_at": "Page ouverte",
    "code_sent_at": "Code envoyé",
    "signed_at": "Signé",
    "signed_on": "Jour porté sur le papier",
    "sha256": "Empreinte SHA-256 du document lu",
    "scan_sha256": "Empreinte SHA-256 de la numérisation",
}


class AgreementInspectView(SafeInspectView):
    """One agreement: what may be done, its files, and how it was signed."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        agreement = self.object
        may_change = self.request.user.has_perm("formation.change_agreement")
        return super().get_context_data(
            buttons=buttons_of(agreement) if may_change else [],
            files=files_of(agreement),
            evidence=evidence_of(agreement),
            request_url=admin_url(EnrolmentRequest, "inspect", agreement.request_id),
            **kwargs,
        )

    def get_amount_display_value(self) -> str:
        return euros(self.object.amount)


class AgreementViewSet(PersonalDataViewSet):
    model = Agreement
    icon = "doc-full"
    menu_label = "Conventions et contrats"
    lifecycle = AGREEMENT_LIFECYCLE
    rehearse = staticmethod(rehearse)
    rehearsed_for = "formation.view_agreement"
    inspect_view_class = AgreementInspectView
    inspect_template_name = "formation/admin/agreement_inspect.html"
    list_display = [
        "__str__",
        Column("reference", label="Demande", accessor="request.reference"),
        Column("organisation", label="Organisme", accessor="request.organisation"),
        Column("signatory", label="Signataire", accessor="signatory_name"),
        Column("session", label="Session", accessor="request.session.code"),
        Column(
            "amount",
            label="Montant HT",
            accessor=lambda agreement: euros(agreement.amount),
            sort_key="amount",
        ),
        Column("state", label="État", accessor="get_state_display", sort_key="state"),
        DateColumn("sent_at", label="Envoyée le", sort_key="sent_at"),
        DateColumn("signed_at", label="Signée le", sort_key="signed_at"),
    ]
    list_filter = ["state", "document__kind", "request__session", "sent_at", "signed_at"]
    search_fields = [
        "document__number",
        "request__reference",
        "request__organisation",
        "signatory_name",
        "signatory_email",
    ]
    list_export = [
        "document.number",
        "document.get_kind_display",
        "request.reference",
        "request.organisation",
        "request.session.code",
        "signatory_name",
        "signatory_email",
        "amount",
        "state",
        "sent_at",
        "signed_at",
        "reminders",
    ]
    export_headings = {
        "document.number": "Numéro",
        "document.get_kind_display": "Document",
        "request.reference": "Demande",
        "request.organisation": "Organisme",
        "request.session.code": "Session",
    }
    export_filename = "conventions-et-contrats"
    inspect_view_fields = [
        "signatory_name",
        "signatory_email",
        "amount",
        "state",
        "state_changed_at",
        "sent_at",
        "reminders",
        "reminded_at",
        "signed_at",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agreement]:
        rows = super().get_queryset(request)
        return rows.select_related("document", "signed_copy", "request__session__course")


class ToSendView(WagtailAdminTemplateMixin, TemplateView):
    """The requests whose people are accepted, and for which nothing has been sent."""

    template_name = "formation/admin/agreements_to_send.html"
    page_title = "Conventions et contrats à envoyer"
    header_icon = "doc-full"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm("formation.view_agreement"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [
            (demand, admin_url(EnrolmentRequest, "inspect", demand.pk))
            for demand in agreements.to_send().select_related("session__course")
        ]
        return super().get_context_data(rows=rows, **kwargs)


def evidence_of(agreement: Agreement) -> list[tuple[str, str | datetime]]:
    """What shows who signed, and when, in words; empty before the signature."""
    if not agreement.signed_at:
        return []
    kept = agreement.evidence
    return [(label, _shown(kept[name])) for name, label in _EVIDENCE.items() if kept.get(name)]


def agreement_of_request(request: EnrolmentRequest, *, may_change: bool) -> dict[str, Any]:
    """The agreement of a request, for the screen of the request."""
    agreement = agreements.current(request)
    if agreement is None:
        return {"agreement": None}
    return {
        "agreement": agreement,
        "agreement_url": admin_url(Agreement, "inspect", agreement.pk),
        "agreement_files": files_of(agreement),
        "agreement_buttons": buttons_of(agreement) if may_change else [],
        "agreement_changes": agreements.changes_since(agreement),
    }


def _shown(value: str) -> str | datetime:
    instant = parse_datetime(value) if "T" in value else None
    return instant or value
