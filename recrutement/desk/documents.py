"""Reading a CV: permission, journal, attachment."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from recrutement.models import Application, ApplicationDocument
from site_enys.private_storage import serve_private_file


@require_safe
def download(request: HttpRequest, pk: int) -> FileResponse:
    """Send the file to somebody who may see this application and read its files; note it."""
    if not request.user.has_perm("recrutement.view_applicationdocument"):
        raise PermissionDenied
    visible = Application.snippet_viewset.get_queryset(request)
    document = get_object_or_404(
        ApplicationDocument.objects.select_related("application"), pk=pk, application__in=visible
    )
    return serve_private_file(
        request,
        document.file,
        filename=document.download_name,
        content_type="application/pdf",
        subject=f"{document.get_kind_display()} {document.application.reference}",
    )
