"""« Documents » of a session: what is delivered, what is missing, and the acts of each."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from formation.documents.held import Held
from formation.documents.issued import Subject, subject_of
from formation.enums import DocumentKind
from formation.exceptions import DocumentDamaged, DocumentReplaced
from formation.models import Enrolment, IssuedDocument, Session, TimeSlot
from formation.services import paperwork, stored_files
from formation.words import slot_times
from site_enys.admin import admin_url
from site_enys.exceptions import Refused
from site_enys.french import plural
from site_enys.private_storage import serve_private_file

from .screens import Screen, SessionScreen

MAY_READ = "formation.view_issueddocument"
MAY_ACT = "formation.change_enrolment"
#: What to read when there is nobody, or nothing, to deliver a document to.
_NOBODY = {
    DocumentKind.CONVOCATION: "Personne n’a d’inscription confirmée.",
    DocumentKind.ATTENDANCE_SHEET: "La session n’a pas encore de demi-journée.",
    DocumentKind.CERTIFICATE: "Personne n’a encore suivi cette session jusqu’à sa clôture.",
    DocumentKind.ATTESTATION: "Personne n’a encore suivi cette session jusqu’à sa clôture.",
}


class DocumentsScreen(SessionScreen):
    """Each kind of document, for everybody or for one: delivered once, whatever is posted twice."""

    title = "Documents"
    permission = MAY_READ
    header_icon = "doc-full"
    template_name = "formation/admin/documents.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(MAY_ACT):
            raise PermissionDenied
        kind = known_kind(request.POST.get("nature", ""))
        wanted = request.POST.get("qui", "")
        if wanted:
            self._deliver_one(kind, subject_among(self.among, kind, wanted))
        else:
            self._deliver_all(kind)
        return redirect("formation_session_documents", self.record.pk)

    @cached_property
    def among(self) -> Held:
        return paperwork.held(self.record)

    def _deliver_one(self, kind: DocumentKind, about: Subject) -> None:
        try:
            document = paperwork.deliver(kind, about, by=self.by, now=self.now, tell=True)
        except Refused as refusal:
            messages.error(self.request, f"{label_of(about)}\u00a0: {refusal}")
        else:
            messages.success(self.request, f"{document} est délivré.")

    def _deliver_all(self, kind: DocumentKind) -> None:
        outcome = paperwork.deliver_all(kind, self.record, by=self.by, now=self.now)
        done = plural(len(outcome.issued), "document délivré", "documents délivrés")
        messages.success(self.request, f"{kind.label}\u00a0: {done}.")
        for about, refusal in outcome.refused:
            messages.warning(self.request, f"{label_of(about)}\u00a0: {refusal}")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        in_force = {
            (document.kind, document.subject): document
            for document in self.record.documents.in_force()
        }
        history = admin_url(IssuedDocument, "list") + f"?session={self.record.pk}"
        return super().get_context_data(**kwargs) | {
            "parts": [self._part(kind, in_force) for kind in paperwork.PAPERS],
            "may_act": self.request.user.has_perm(MAY_ACT),
            "history_url": history,
        }

    def _part(
        self, kind: DocumentKind, in_force: dict[tuple[str, str], IssuedDocument]
    ) -> dict[str, Any]:
        lines = [
            self._line(kind, about, in_force.get((kind, subject_of(about))))
            for about in paperwork.PAPERS[kind].subjects(self.among)
        ]
        ready = [line for line in lines if not (line["document"] or line["missing"])]
        return {
            "kind": kind,
            "lines": lines,
            "ready": len(ready),
            "delivered": sum(1 for line in lines if line["document"]),
            "nobody": _NOBODY.get(kind, ""),
        }

    def _line(
        self, kind: DocumentKind, about: Subject, document: IssuedDocument | None
    ) -> dict[str, Any]:
        missing = None if document else paperwork.missing(kind, about, self.among)
        subject = subject_of(about)
        return {
            "label": label_of(about),
            "subject": subject,
            "document": document,
            "missing": str(missing or ""),
            "project_url": reverse("formation_project", args=[self.record.pk, kind, subject]),
        }


class IssuedScreen(Screen):
    """What is done to one document; its session's screen comes back."""

    model = IssuedDocument
    permission = MAY_ACT
    header_icon = "doc-full"
    needs_reason = True
    rehearse = None  # a file is written

    def obstacle(self) -> Refused | None:
        return None if self.record.is_in_force else DocumentReplaced()

    @property
    def back_url(self) -> str:
        return reverse("formation_session_documents", args=[self.record.session_id])


class IssueAgainScreen(IssuedScreen):
    title = "Délivrer une nouvelle version"
    button = "Délivrer la nouvelle version"
    explanation = (
        "Le document est refait avec ce qui est connu aujourd’hui, sous le même numéro. La version "
        "en vigueur est annulée. Pour un certificat ou une attestation, la personne reçoit un "
        "message avec son lien."
    )

    def run(self, form: Any, reason: str) -> str:
        refuse_without(reason)
        new = paperwork.issue_again(self.record, by=self.by, now=self.now, reason=reason)
        return f"{new}, version {new.version}, est délivré."


class WithdrawScreen(IssuedScreen):
    title = "Annuler ce document"
    button = "Annuler le document"
    takes_away = True
    explanation = (
        "Le document ne vaut plus, et la page de vérification le dit. Il n’est plus remis à "
        "personne par un lien, et le site n’en délivre pas d’autre de lui-même."
    )

    def run(self, form: Any, reason: str) -> str:
        refuse_without(reason)
        paperwork.withdraw(self.record, now=self.now, reason=reason)
        return f"{self.record} est annulé."


@never_cache
@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it was delivered, in force or not; noted in the journal of private files."""
    if not request.user.has_perm(MAY_READ):
        raise PermissionDenied
    model: Any = IssuedDocument
    visible = model.snippet_viewset.get_queryset(request)
    document = get_object_or_404(visible, pk=pk)
    try:
        content = stored_files.read(document)
    except DocumentDamaged as damage:
        messages.error(request, f"{document}\u00a0: {damage}")
        address = reverse("formation_session_documents", args=[document.session_id])
        return HttpResponseRedirect(address, status=303)
    return serve_private_file(
        request,
        ContentFile(content),  # the very bytes that were checked
        filename=document.filename,
        content_type="application/pdf",
        subject=str(document),
    )


@never_cache
@require_safe
def project(request: HttpRequest, pk: int, kind: str, subject: str) -> HttpResponse:
    """The document as it would be, marked « Projet »; nothing is kept."""
    if not request.user.has_perm(MAY_READ):
        raise PermissionDenied
    model: Any = Session
    visible = model.snippet_viewset.get_queryset(request)
    among = paperwork.held(get_object_or_404(visible, pk=pk))
    known = known_kind(kind)
    about = subject_among(among, known, subject)
    try:
        content = paperwork.project(known, about, among)
    except Refused as refusal:
        messages.error(request, f"{label_of(about)}\u00a0: {refusal}")
        return redirect("formation_session_documents", pk)
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="projet-{known}.pdf"'},
    )


def refuse_without(reason: str) -> None:
    if not reason.strip():
        raise Refused("Écrivez pourquoi\u00a0: le motif manque.", field="reason")


def known_kind(word: str) -> DocumentKind:
    """The kind of this word; 404 for one that is not delivered from here."""
    for kind in paperwork.PAPERS:
        if kind == word:
            return kind
    raise Http404


def subject_among(among: Held, kind: DocumentKind, wanted: str) -> Subject:
    """The person, the half-day or the session of this word; 404 when it is not one of these."""
    for about in paperwork.PAPERS[kind].subjects(among):
        if subject_of(about) == wanted:
            return about
    raise Http404


def label_of(about: Subject) -> str:
    if isinstance(about, Enrolment):
        return about.full_name
    if isinstance(about, TimeSlot):
        return slot_times(about)
    return str(about)


urlpatterns: list[URLPattern] = [
    path(
        "formation/sessions/<int:pk>/documents/<slug:kind>/<str:subject>.pdf",
        project,
        name="formation_project",
    ),
    path("formation/documents/<int:pk>/fichier/", download, name="formation_issued_file"),
    path(
        "formation/documents/<int:pk>/refaire/",
        IssueAgainScreen.as_view(),
        name="formation_issue_again",
    ),
    path(
        "formation/documents/<int:pk>/annuler/",
        WithdrawScreen.as_view(),
        name="formation_withdraw_document",
    ),
]
