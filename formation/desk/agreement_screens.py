"""What staff does about the quote and the agreement of one request."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from courrier.models import OutgoingMessage
from formation.documents.agreement import Signatory
from formation.documents.issued import Draft
from formation.enums import AgreementState, BuyerType, DocumentKind
from formation.exceptions import NotToSign
from formation.forms.fields import email_field
from formation.models import Agreement, EnrolmentRequest, IssuedDocument
from formation.services import agreements, quotes, scans, signatures
from formation.services.issue import files_taken_back, in_force, print_project
from home.models import OrganisationSettings
from site_enys.admin import DeskForm
from site_enys.exceptions import Refused, refusal_of
from site_enys.private_storage import serve_private_file
from site_enys.validators import name_characters

from .screens import Screen


class SignatoryForm(DeskForm):
    """Who signs for the employer."""

    name = forms.CharField(label="Signataire", max_length=160, validators=[name_characters])
    email = email_field("Son adresse électronique", "Le lien pour signer y part.", "off")


class PaperForm(DeskForm):
    signed_on = forms.DateField(
        label="Signé le", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    scan = forms.FileField(
        label="Exemplaire signé, numérisé (PDF, JPEG ou PNG)",
        help_text="Dix mégaoctets au plus.",
        error_messages={"required": "Choisissez un fichier.", "empty": "Ce fichier est vide."},
    )


class DocumentScreen(Screen):
    """Issue a document of a request and send it, after having read it."""

    model = EnrolmentRequest
    permission = "formation.change_agreement"
    template_name = "formation/admin/document_send.html"
    header_icon = "doc-full"
    word = ""

    @property
    def organisation(self) -> OrganisationSettings:
        return OrganisationSettings.for_request(self.request)

    def draft(self) -> Draft:
        raise NotImplementedError

    def obstacle(self) -> Refused | None:
        return refusal_of(self.draft)

    def preview(self, run: Callable[[str], object]) -> list[OutgoingMessage]:
        # What is undone in the database must leave no file behind.
        with files_taken_back(always=True):
            return super().preview(run)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own: dict[str, Any] = {"draft": None, "project_url": self._project_url()}
        if not self.obstacle():
            own["draft"] = self.draft().data
        return super().get_context_data(**own | kwargs)

    def _project_url(self) -> str:
        return reverse(f"formation_request_{self.word}_project", args=[self.record.pk])


class QuoteScreen(DocumentScreen):
    word = "devis"
    title = "Envoyer un devis"
    button = "Envoyer le devis"
    explanation = (
        "Le devis est numéroté et part en pièce jointe au contact de la demande. "
        "Un devis déjà envoyé est remplacé."
    )
    takes_reason = False

    def draft(self) -> Draft:
        return quotes.quote_of(self.record, self.organisation, self.now)

    def run(self, form: Any, reason: str) -> str:
        document = quotes.send_quote(self.record, self.organisation, by=self.by, now=self.now)
        return f"Le devis {document.number} part à {self.record.contact_email}."


class AgreementScreen(DocumentScreen):
    word = "convention"
    button = "Envoyer à signer"
    explanation = (
        "Le document est numéroté, gardé tel quel, et part au signataire avec le lien pour le "
        "signer. Un document déjà envoyé pour cette demande est annulé et remplacé."
    )

    @property
    def title(self) -> str:  # type: ignore[override]
        company = self.record.buyer_type == BuyerType.COMPANY
        return "Envoyer la convention à signer" if company else "Envoyer le contrat à signer"

    @property
    def takes_reason(self) -> bool:  # type: ignore[override]
        return self.caution() is not None

    def make_form(self, data: Any = None, files: Any = None) -> Any:
        if self.record.buyer_type != BuyerType.COMPANY:
            return forms.Form(data)
        known = agreements.signatory_of(self.record)
        return SignatoryForm(data, initial={"name": known.name, "email": known.email})

    def draft(self) -> Draft:
        signatory = agreements.signatory_of(self.record)
        return agreements.draft_of(self.record, self.organisation, signatory)

    def caution(self) -> Refused | None:
        return agreements.too_late(self.record, self.now)

    def run(self, form: Any, reason: str) -> str:
        values = getattr(form, "cleaned_data", {})
        sent = agreements.send(
            self.record,
            self.organisation,
            by=self.by,
            now=self.now,
            signatory=Signatory(**values) if values else None,
            reason=reason,
        )
        return f"{sent} part à {sent.signatory_email}."


class SendAgainScreen(Screen):
    model = Agreement
    permission = "formation.change_agreement"
    title = "Renvoyer le lien pour signer"
    button = "Renvoyer le lien"
    explanation = "Le même document, avec le même lien, pour un message perdu."
    header_icon = "mail"
    takes_reason = False

    def obstacle(self) -> Refused | None:
        return None if self.record.state == AgreementState.SENT else NotToSign()

    def run(self, form: Any, reason: str) -> str:
        agreements.send_again(self.record, by=self.by, now=self.now)
        return f"Le lien repart à {self.record.signatory_email}."


class PaperScreen(SendAgainScreen):
    title = "Joindre un exemplaire signé sur papier"
    button = "Enregistrer la signature"
    explanation = (
        "Les inscriptions suivent comme si la signature avait été faite en ligne\u00a0: une "
        "entreprise est confirmée, le délai de rétractation d’un particulier court à partir de "
        "ce jour-là."
    )
    header_icon = "doc-full"
    rehearse = None  # the file would have to be chosen again

    def make_form(self, data: Any = None, files: Any = None) -> PaperForm:
        return PaperForm(data, files)

    def run(self, form: PaperForm, reason: str) -> str:
        scan = scans.read_scan(form.cleaned_data["scan"])
        day = form.cleaned_data["signed_on"]
        signatures.sign_on_paper(self.record, scan, day, by=self.by, now=self.now)
        return f"La signature est enregistrée\u00a0: {self.record}."


@require_safe
def project(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """The document as it would be issued, marked « Projet »; kept nowhere."""
    screen = SCREENS[word](request=request, kwargs={"pk": pk})
    if not request.user.has_perm(screen.permission):
        raise PermissionDenied
    try:
        draft = screen.draft()
    except Refused:
        return redirect(f"formation_request_{word}", pk)
    return HttpResponse(
        print_project(draft),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="projet-{word}.pdf"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_safe
def agreement_file(request: HttpRequest, pk: int, what: str) -> FileResponse:
    """The document that was sent, its signed copy, or the scan of it."""
    if not request.user.has_perm("formation.view_agreement"):
        raise PermissionDenied
    agreement = get_object_or_404(_shown(Agreement, request), pk=pk)
    if what == "exemplaire-papier":
        return _scan(request, agreement)
    document = {"document": agreement.document, "exemplaire-signe": agreement.signed_copy}.get(what)
    if document is None:
        raise Http404
    return _serve(request, document)


@require_safe
def quote_file(request: HttpRequest, pk: int) -> FileResponse:
    """The quote in force of a request."""
    if not request.user.has_perm("formation.view_issueddocument"):
        raise PermissionDenied
    demand = get_object_or_404(_shown(EnrolmentRequest, request), pk=pk)
    document = in_force(DocumentKind.QUOTE, demand)
    if document is None:
        raise Http404
    return _serve(request, document)


def _shown(model: Any, request: HttpRequest) -> QuerySet[Any]:
    """The records of a list that this person may see."""
    return model.snippet_viewset.get_queryset(request)


def _serve(request: HttpRequest, document: IssuedDocument) -> FileResponse:
    return serve_private_file(
        request,
        document.file,
        filename=document.filename,
        content_type="application/pdf",
        subject=f"{document.number}, version {document.version}",
    )


def _scan(request: HttpRequest, agreement: Agreement) -> FileResponse:
    if not agreement.scan:
        raise Http404
    try:
        with agreement.scan.open("rb") as file:
            kind = scans.type_of(file.read(16))
    except FileNotFoundError as gone:
        raise Http404 from gone
    number = agreement.document.number
    return serve_private_file(
        request,
        agreement.scan,
        filename=f"{number.lower()}-signe.{kind.rpartition('/')[2]}",
        content_type=kind,
        subject=f"{number}, exemplaire papier",
    )


#: The word of the address, the screen.
SCREENS: dict[str, type[DocumentScreen]] = {"devis": QuoteScreen, "convention": AgreementScreen}
AGREEMENT_SCREENS: dict[str, type[Screen]] = {"renvoyer": SendAgainScreen, "papier": PaperScreen}


def buttons_of(agreement: Agreement) -> list[tuple[str, str]]:
    """What may be done with an agreement that waits for its signature."""
    if agreement.state != AgreementState.SENT:
        return []
    return [
        (screen.title, reverse(f"formation_agreement_{word}", args=[agreement.pk]))
        for word, screen in AGREEMENT_SCREENS.items()
    ]


def files_of(agreement: Agreement) -> list[tuple[str, str]]:
    """What may be downloaded of an agreement."""
    kept = {
        "document": ("Le document envoyé (PDF)", agreement.document),
        "exemplaire-signe": ("L’exemplaire signé (PDF)", agreement.signed_copy),
        "exemplaire-papier": ("L’exemplaire papier numérisé", agreement.scan),
    }
    return [
        (label, reverse("formation_agreement_file", args=[agreement.pk, what]))
        for what, (label, file) in kept.items()
        if file
    ]


urlpatterns: list[URLPattern] = [
    *(
        path(
            f"formation/demandes/<int:pk>/{word}/",
            screen.as_view(),
            name=f"formation_request_{word}",
        )
        for word, screen in SCREENS.items()
    ),
    *(
        path(
            f"formation/demandes/<int:pk>/{word}/projet.pdf",
            project,
            {"word": word},
            name=f"formation_request_{word}_project",
        )
        for word in SCREENS
    ),
    *(
        path(
            f"formation/conventions/<int:pk>/{word}/",
            screen.as_view(),
            name=f"formation_agreement_{word}",
        )
        for word, screen in AGREEMENT_SCREENS.items()
    ),
    path(
        "formation/conventions/<int:pk>/<slug:what>.pdf",
        agreement_file,
        name="formation_agreement_file",
    ),
    path("formation/demandes/<int:pk>/devis.pdf", quote_file, name="formation_quote_file"),
]
