"""Reading a CV: permission, journal, attachment."""

from typing import NoReturn

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from recrutement.models import Application, ApplicationDocument
from recrutement.services import access
from site_enys.private_storage import serve_private_file
from site_enys.refusals import note_refused_access


@require_safe
def download(request: HttpRequest, pk: int) -> FileResponse:
    """Send the file to somebody who may open it, and note it; note a refusal as well."""
    document = ApplicationDocument.objects.select_related("application").filter(pk=pk).first()
    if document is None:
        refuse(request, f"Pièce inconnue n°\u00a0{pk}")
    subject = f"{document.get_kind_display()} {document.application.reference}"
    # As unknown as a number that was never given: the answer tells nothing.
    if not Application.snippet_viewset.get_queryset(request).filter(documents=document).exists():
        refuse(request, subject)
    if not access.may_open_files(request.user, document.application):
        note_refused_access(request, subject)
        raise PermissionDenied
    return serve_private_file(
        request,
        document.file,
        filename=document.download_name,
        content_type="application/pdf",
        subject=subject,
    )


def refuse(request: HttpRequest, subject: str) -> NoReturn:
    note_refused_access(request, subject)
    raise Http404
