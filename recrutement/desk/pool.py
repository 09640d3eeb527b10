"""« Vivier » : who agreed to be written to, found by what they said, and invited to apply."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from django_filters import CharFilter, ChoiceFilter, ModelMultipleChoiceFilter

from recrutement.models import Application, Diploma, JobOfferPage, PoolConsent
from recrutement.services import access, pool
from site_enys.admin import DeskForm, PersonalDataViewSet, Screen, admin_url
from site_enys.admin.viewsets import SafeIndexView, SafeInspectView
from site_enys.french import fold


class PoolFilterSet(WagtailFilterSet):
    diplomas = ModelMultipleChoiceFilter(
        label="Diplôme", queryset=Diploma.objects.all(), widget=forms.CheckboxSelectMultiple
    )
    place = CharFilter(label="Lieu", method="at_place", max_length=80)
    renewal = ChoiceFilter(
        label="Accord",
        method="asked_again",
        choices=[("propose", "Renouvellement proposé")],
        empty_label="Tous",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = PoolConsent
        fields = ["diplomas", "place", "renewal"]

    def at_place(self, rows: QuerySet[PoolConsent], name: str, value: str) -> QuerySet[PoolConsent]:
        return rows.filter(places__folded__contains=fold(value))

    def asked_again(
        self, rows: QuerySet[PoolConsent], name: str, value: str
    ) -> QuerySet[PoolConsent]:
        return rows.exclude(renewal_asked_at=None)


class PoolIndexView(SafeIndexView):
    def search_queryset(self, queryset: QuerySet[PoolConsent]) -> QuerySet[PoolConsent]:
        """Every word, in any of its forms: « éducatrices » finds « éducateur »."""
        return queryset.filter(pk__in=pool.found(queryset, self.search_query))


class ApplicationColumn(Column):
    """The number of the application, which leads to it."""

    def get_value(self, instance: PoolConsent) -> SafeString:
        application = instance.application
        url = admin_url(Application, "inspect", application.pk)
        return format_html('<a href="{}">{}</a>', url, application.reference)


class PoolInspectView(SafeInspectView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application = self.object.application
        may_invite = self.request.user.has_perm("recrutement.change_poolconsent")
        return super().get_context_data(**kwargs) | {
            "application_url": admin_url(Application, "inspect", application.pk),
            "application": application,
            "may_invite": may_invite,
            "invitations": application.events.filter(transition="pool_invite"),
        }


class PoolConsentViewSet(PersonalDataViewSet):
    model = PoolConsent
    icon = "folder-open-inverse"
    menu_label = "Vivier"
    index_view_class = PoolIndexView
    inspect_view_class = PoolInspectView
    inspect_template_name = "recrutement/admin/pool_inspect.html"
    filterset_class = PoolFilterSet
    search_fields = ["skills"]  # asks for the box; `PoolIndexView` does the search
    ordering = ["expires_on", "pk"]
    list_display = [
        TitleColumn(
            "full_name",
            label="Nom",
            accessor="application.full_name",
            get_url=lambda consent: admin_url(PoolConsent, "inspect", consent.pk),
        ),
        ApplicationColumn("application", label="Candidature"),
        Column("skills", label="Sait faire"),
        Column("diploma_names", label="Diplômes"),
        Column("places", label="Lieux"),
        DateColumn("given_at", label="Accord donné", sort_key="given_at"),
        Column("expires_on", label="Jusqu’au", sort_key="expires_on"),
    ]
    list_export = [
        "application.reference",
        "application.last_name",
        "application.first_name",
        "application.email",
        "application.phone",
        "skills",
        "diploma_names",
        "places",
        "given_at",
        "expires_on",
    ]
    export_headings = {
        "application.reference": "Candidature",
        "application.last_name": "Nom",
        "application.first_name": "Prénom",
        "application.email": "Adresse électronique",
        "application.phone": "Téléphone",
        "diploma_names": "Diplômes",
    }
    export_filename = "vivier"
    inspect_view_fields = [
        "skills",
        "diploma_names",
        "places",
        "given_at",
        "renewed_at",
        "renewal_asked_at",
        "expires_on",
        "text_version",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PoolConsent]:
        allowed = super().get_queryset(request)
        # Whoever is read blindly is not found by her skills either.
        seen = access.visible(request.user).filter(access.NAMED)
        return pool.members(timezone.now()).filter(pk__in=allowed, application__in=seen)


class InviteForm(DeskForm):
    offer: "forms.ModelChoiceField[JobOfferPage]" = forms.ModelChoiceField(
        label="Offre",
        queryset=JobOfferPage.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choisissez une offre."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["offer"]
        field.queryset = JobOfferPage.objects.to_show(timezone.now())
        field.label_from_instance = lambda offer: f"{offer.reference}, {offer.title}"


class InviteScreen(Screen):
    model = PoolConsent
    permission = "recrutement.change_poolconsent"
    title = "Inviter à postuler"
    button = "Inviter"
    takes_reason = False
    header_icon = "mail"
    explanation = (
        "La personne reçoit un message avec le lien de l’offre, une seule fois par offre. Son "
        "accord n’est pas prolongé."
    )

    def make_form(self, data: Any = None, files: Any = None) -> InviteForm:
        return InviteForm(data)

    def run(self, form: InviteForm, reason: str) -> str:
        pool.invite(self.record, form.cleaned_data["offer"], by=self.by, now=self.now)
        return "L’invitation est partie."
