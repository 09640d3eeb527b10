"""« Demandes » : who exercises a right, until when we owe an answer, what was done."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets.button import Button

from courrier.models import OutgoingMessage
from rgpd.models import RightsRequest
from rgpd.services import requests
from rgpd.services.requests import LIFECYCLE
from site_enys.admin import PersonalDataViewSet, Todo, admin_url, register_todo
from site_enys.admin.viewsets import SafeIndexView, SafeInspectView
from site_enys.french import plural
from site_enys.states import staff

#: The screens of one request: the transition that each needs, and its address.
ACTS = (
    ("answer", "rgpd_request_answer"),
    ("extend", "rgpd_request_extend"),
    ("refuse", "rgpd_request_refuse"),
)


def time_left(request: RightsRequest) -> str:
    """« 12 jours », « en retard de 3 jours »; nothing once it is answered."""
    if request.state not in LIFECYCLE.by_name["answer"].sources:
        return ""
    days = (request.answer_by - timezone.localdate()).days
    return plural(days, "jour") if days >= 0 else f"en retard de {plural(-days, 'jour')}"


class RequestIndexView(SafeIndexView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = [*super().header_more_buttons]
        if self.request.user.has_perm("rgpd.add_rightsrequest"):
            url = reverse("rgpd_request_add")
            buttons.append(Button("Inscrire une demande", url=url, icon_name="plus"))
        return buttons


class RequestInspectView(SafeInspectView):
    """One request: what may be done, what is held about the person, the e-mails."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        by, now, pk = staff(self.request.user), timezone.now(), self.object.pk
        may_act = self.request.user.has_perm("rgpd.change_rightsrequest")
        return context | {
            "acts": [
                (LIFECYCLE.by_name[name].label, reverse(url, args=[pk]))
                for name, url in ACTS
                if may_act and LIFECYCLE.refusal(self.object, name, by, now) is None
            ],
            "person_url": reverse("rgpd_person", args=[pk])
            if may_act and self.object in requests.waiting()
            else "",
            "time_left": time_left(self.object),
            "urgent": self.object in requests.urgent(now),
            "mails": OutgoingMessage.objects.about(self.object).order_by("created_at", "pk"),
        }


class RightsRequestViewSet(PersonalDataViewSet):
    model = RightsRequest
    icon = "mail"
    menu_label = "Demandes"
    lifecycle = LIFECYCLE
    index_view_class = RequestIndexView
    inspect_view_class = RequestInspectView
    inspect_template_name = "rgpd/admin/request_inspect.html"
    list_display = [
        "reference",
        "email",
        Column("kind", label="Droit", accessor="get_kind_display", sort_key="kind"),
        Column("state", label="État", accessor="get_state_display", sort_key="state"),
        DateColumn("received_at", label="Reçue le", sort_key="received_at"),
        Column("answer_by", label="Réponse avant le", accessor="answer_by", sort_key="answer_by"),
        Column("left", label="Il reste", accessor=time_left),
    ]
    list_filter = ["state", "kind", "received_at"]
    search_fields = ["email", "text", "answer"]
    list_export = ["reference", "kind", "state", "received_at", "answer_by", "state_changed_at"]
    export_headings = {"reference": "référence"}
    export_filename = "demandes"
    inspect_view_fields = [
        "kind",
        "email",
        "about",
        "text",
        "state",
        "received_at",
        "answer_by",
        "answer",
    ]


@register_todo("rgpd.change_rightsrequest")
def requests_to_answer(request: HttpRequest, now: datetime) -> Todo | None:
    return Todo.of(
        requests.waiting().order_by("received_at"),
        "received_at",
        singular="demande sur des données personnelles à traiter",
        plural="demandes sur des données personnelles à traiter",
        url=f"{admin_url(RightsRequest, 'list')}?state=waiting",
        urgent=requests.urgent(now).exists(),
    )
