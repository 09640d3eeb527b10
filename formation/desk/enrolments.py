"""« Inscriptions » and « Demandes » : who asks, for whom, and where it stands."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from wagtail.admin.ui.tables import Column, DateColumn

from courrier.models import OutgoingMessage
from courrier.services.rehearsal import rehearse
from formation.enums import LIVE, BuyerType, DocumentKind
from formation.models import Enrolment, EnrolmentRequest, Session
from formation.services.issue import in_force
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from site_enys.admin import PersonalDataViewSet, admin_url
from site_enys.admin.viewsets import SafeInspectView, YesColumn
from site_enys.states import staff

from .agreements import agreement_of_request
from .people import SCREENS


class EnrolmentInspectView(SafeInspectView):
    """One enrolment, with its request, its session and the e-mails that left about it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        demand = self.object.request
        return super().get_context_data(
            demand=demand,
            demand_url=admin_url(EnrolmentRequest, "inspect", demand.pk),
            session_url=admin_url(Session, "inspect", self.object.session_id),
            screens=self._screens(),
            mails=OutgoingMessage.objects.about(demand).order_by("created_at", "pk"),
            **kwargs,
        )

    def _screens(self) -> list[tuple[str, str]]:
        """What staff may do that asks for more than a reason, when nothing stands in the way."""
        if not self.request.user.has_perm("formation.change_enrolment"):
            return []
        by, now, closed = staff(self.request.user), timezone.now(), self.object.state not in LIVE
        refused = {
            "remplacer": ENROLMENT_LIFECYCLE.refusal(self.object, "substitute", by, now),
            "reporter": ENROLMENT_LIFECYCLE.refusal(self.object, "transfer", by, now),
            "lien": closed,
            "corriger": closed,
        }
        return [
            (screen.title, reverse(f"formation_enrolment_{word}", args=[self.object.pk]))
            for word, screen in SCREENS.items()
            if not refused.get(word)
        ]


class EnrolmentViewSet(PersonalDataViewSet):
    model = Enrolment
    icon = "group"
    menu_label = "Inscriptions"
    lifecycle = ENROLMENT_LIFECYCLE
    rehearse = staticmethod(rehearse)
    rehearsed_for = "formation.view_enrolment"
    inspect_view_class = EnrolmentInspectView
    inspect_template_name = "formation/admin/enrolment_inspect.html"
    list_display = [
        "__str__",
        Column("reference", label="Référence", accessor="request.reference"),
        Column("person", label="Personne", accessor="full_name", sort_key="last_name"),
        Column("session", label="Session", accessor="session.code", sort_key="session"),
        Column("buyer", label="Acheteur", accessor="request.get_buyer_type_display"),
        Column("organisation", label="Organisme", accessor="request.organisation"),
        Column("state", label="État", accessor="get_state_display", sort_key="state"),
        DateColumn("state_changed_at", label="Depuis", sort_key="state_changed_at"),
    ]
    list_filter = ["state", "session", "request__buyer_type", "wants_accommodation_call"]
    search_fields = [
        "first_name",
        "last_name",
        "email",
        "request__reference",
        "request__organisation",
        "session__code",
    ]
    list_export = [
        "request.reference",
        "last_name",
        "first_name",
        "email",
        "phone",
        "session.code",
        "session.course.title",
        "session.starts_at",
        "request.get_buyer_type_display",
        "request.organisation",
        "request.siret",
        "request.contact_name",
        "request.contact_email",
        "wants_accommodation_call",
        "state",
        "request.created_at",
        "state_changed_at",
    ]
    export_headings = {
        "request.reference": "Référence",
        "session.code": "Session",
        "session.course.title": "Formation",
        "session.starts_at": "Début",
        "request.get_buyer_type_display": "Acheteur",
        "request.organisation": "Organisme",
        "request.siret": "SIRET",
        "request.contact_name": "Contact",
        "request.contact_email": "Adresse du contact",
        "request.created_at": "Reçue le",
    }
    export_filename = "inscriptions"
    inspect_view_fields = [
        "first_name",
        "last_name",
        "email",
        "phone",
        "wants_accommodation_call",
        "state",
        "state_changed_at",
        "offer_expires_at",
        "contract_signed_on",
        "withdrawal_ends_on",
        "convoked_at",
        "reminded_at",
        "note",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Enrolment]:
        return super().get_queryset(request).select_related("request", "session__course")

    def name_of(self, obj: Enrolment) -> str:
        return f"{obj.full_name}, {obj.session.code}"


class EnrolmentRequestInspectView(SafeInspectView):
    """One request: its people, its quote, its agreement or contract."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        demand, user = self.object, self.request.user
        context = super().get_context_data(
            people=[
                (enrolment, admin_url(Enrolment, "inspect", enrolment.pk))
                for enrolment in demand.enrolments.order_by("pk")
            ],
            mails=OutgoingMessage.objects.about(demand).order_by("created_at", "pk"),
            **kwargs,
        )
        if user.has_perm("formation.view_agreement"):
            may_change = user.has_perm("formation.change_agreement")
            context |= {
                "shows_agreements": True,
                "may_send": may_change,
                "quote": in_force(DocumentKind.QUOTE, demand),
                "company": demand.buyer_type == BuyerType.COMPANY,
                **agreement_of_request(demand, may_change=may_change),
            }
        return context


class EnrolmentRequestViewSet(PersonalDataViewSet):
    model = EnrolmentRequest
    icon = "form"
    menu_label = "Demandes"
    inspect_view_class = EnrolmentRequestInspectView
    inspect_template_name = "formation/admin/request_inspect.html"
    list_display = [
        "__str__",
        Column("session", label="Session", accessor="session.code", sort_key="session"),
        Column("buyer", label="Acheteur", accessor="get_buyer_type_display"),
        "organisation",
        "contact_name",
        YesColumn("suspect", label="Suspecte"),
        DateColumn("created_at", label="Reçue le", sort_key="created_at"),
    ]
    list_filter = ["buyer_type", "suspect", "session", "created_at"]
    search_fields = ["reference", "organisation", "siret", "contact_name", "contact_email"]
    list_export = [
        "reference",
        "session.code",
        "buyer_type",
        "organisation",
        "siret",
        "contact_name",
        "contact_email",
        "contact_phone",
        "message",
        "suspect",
        "created_at",
    ]
    export_headings = {"session.code": "Session"}
    export_filename = "demandes-inscription"
    inspect_view_fields = [
        "reference",
        "session",
        "buyer_type",
        "organisation",
        "siret",
        "contact_name",
        "contact_email",
        "contact_phone",
        "signatory_name",
        "signatory_email",
        "billing_name",
        "billing_email",
        "order_reference",
        "funder",
        "funder_name",
        "message",
        "suspect",
        "notice_version",
        "notice_shown_at",
        "created_at",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[EnrolmentRequest]:
        return super().get_queryset(request).select_related("session__course")
