"""« Salle d’audit » : what proves each indicator, session by session, and their files."""

from typing import Any

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from formation.models import Session
from formation.services.dossier import dossier_of
from formation.services.evidence import EVIDENCE, facts_of, room
from formation.services.evidence.table import line_of
from site_enys.admin import admin_url
from site_enys.admin.pages import DeskPage, Yearly
from site_enys.admin.workbook import Sheet, workbook_response
from site_enys.models import PrivateFileAccess


class AuditRoomView(Yearly, DeskPage):
    permission = "formation.view_enrolment"
    template_name = "formation/admin/audit_room.html"
    page_title = "Salle d’audit"
    header_icon = "tick-inverse"

    @cached_property
    def lines(self) -> Any:
        return room(self.year, timezone.now())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"evidence": EVIDENCE, "lines": self.lines}


class AuditRoomWorkbookView(AuditRoomView):
    """The same table as a workbook."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        sheet = Sheet(
            f"Audit {self.year}",
            ("Session", "Formation", "Indicateurs", "Preuve", "Situation", "Manque"),
            (
                (
                    line.facts.session.code,
                    line.facts.session.course.title,
                    finding.evidence.numbers,
                    finding.evidence.label,
                    finding.standing.label,
                    "\u202f; ".join(finding.missing),
                )
                for line in self.lines
                for finding in line.findings
            ),
        )
        return workbook_response([sheet], f"salle-d-audit-{self.year}")


class SessionAuditView(DeskPage):
    """The evidence of one session, and its file."""

    permission = "formation.view_enrolment"
    template_name = "formation/admin/audit_session.html"
    page_title = "Preuves"
    header_icon = "tick-inverse"

    @cached_property
    def session(self) -> Session:
        rows = Session.objects.select_related("course__theme", "venue")
        return get_object_or_404(rows, pk=self.kwargs["pk"], starts_at__isnull=False)

    def above(self) -> list[dict[str, str]]:
        room_url = f"{reverse('formation_audit_room')}?annee={self.session.first_day.year}"
        return [
            {"url": room_url, "label": str(AuditRoomView.page_title)},
            {"url": admin_url(Session, "inspect", self.session.pk), "label": self.session.code},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        [facts] = facts_of([self.session], now)
        line = line_of(facts, now)
        return super().get_context_data(**kwargs) | {"session": self.session, "line": line}


class DossierView(SessionAuditView):
    """The file of the session, as an archive; who took it is written down."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        archive = dossier_of(self.session, timezone.now())
        user: Any = request.user
        subject = f"Dossier de la session {self.session.code}"
        PrivateFileAccess.objects.create(user=user, subject=subject)
        name = f"dossier-{self.session.code.lower()}.zip"
        response = FileResponse(
            archive, as_attachment=True, filename=name, content_type="application/zip"
        )
        response["Cache-Control"] = "private, no-store"
        return response
