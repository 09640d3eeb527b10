"""« Registre des traitements » : on screen, as a workbook and on paper (RGPD, article 30)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone

from rgpd.documents.record import record_pdf
from rgpd.services.record import activities, controller
from site_enys.admin import DeskPage
from site_enys.admin.workbook import Sheet, workbook_response

FILENAME = "registre-des-traitements"


class RecordPage(DeskPage):
    template_name = "rgpd/admin/record.html"
    page_title = "Registre des traitements"
    header_icon = "list-ul"
    permission = "rgpd.view_purgerun"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {"controller": controller(), "activities": activities()}
        return super().get_context_data(**own | kwargs)


class RecordWorkbook(RecordPage):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = activities()
        headings = ["Traitement", *(label for label, _text in rows[0].facts)]
        lines = [[one.name, *(text for _label, text in one.facts)] for one in rows]
        firm = Sheet("Responsable", ("Quoi", "Qui"), controller())
        return workbook_response([Sheet("Traitements", headings, lines), firm], FILENAME)


class RecordDocument(RecordPage):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        printed = [(one.name, one.facts) for one in activities()]
        return HttpResponse(
            record_pdf(controller(), printed, timezone.now()),
            content_type="application/pdf",
            headers={
                "Content-Disposition": f'attachment; filename="{FILENAME}.pdf"',
                "Cache-Control": "private, no-store",
            },
        )


urlpatterns: list[URLPattern] = [
    path("rgpd/registre/", RecordPage.as_view(), name="rgpd_record"),
    path("rgpd/registre/xlsx/", RecordWorkbook.as_view(), name="rgpd_record_workbook"),
    path("rgpd/registre/pdf/", RecordDocument.as_view(), name="rgpd_record_pdf"),
]
