"""What a candidate takes away from her space: her files, and all that we know of her."""

import io
import json
import uuid

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from recrutement.documents.calendar import interview_calendar
from recrutement.documents.own_data import own_data_pdf
from recrutement.services.agenda import upcoming
from recrutement.services.own_data import everything_about
from site_enys.links import private
from site_enys.private_storage import private_response, serve_private_file

from .space import lost, reach


@private
@require_safe
def as_json(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Everything, for a machine (RGPD, art. 20)."""
    opened = reach(request, pk)
    if opened is None:
        return lost(request)
    data = everything_about(opened.application, timezone.now())
    content = json.dumps(data, ensure_ascii=False, indent=2).encode()
    return private_response(
        io.BytesIO(content),
        filename=f"mes-donnees-{opened.application.reference}.json",
        content_type="application/json",
    )


@private
@require_safe
def as_pdf(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Everything, to be read (RGPD, art. 15)."""
    opened = reach(request, pk)
    if opened is None:
        return lost(request)
    content = own_data_pdf(everything_about(opened.application, timezone.now()))
    return private_response(
        io.BytesIO(content),
        filename=f"mes-donnees-{opened.application.reference}.pdf",
        content_type="application/pdf",
    )


@private
@require_safe
def meeting(request: HttpRequest, pk: uuid.UUID, public_id: uuid.UUID) -> HttpResponseBase:
    """One interview that still stands, for her calendar: the entry that the e-mail brought."""
    opened = reach(request, pk)
    if opened is None:
        return lost(request)
    interview = upcoming(opened.application, opened.now).filter(public_id=public_id).first()
    if interview is None:
        raise Http404
    return private_response(
        io.BytesIO(interview_calendar(interview, "REQUEST", opened.now)),
        filename="entretien.ics",
        content_type="text/calendar; charset=utf-8",
    )


@private
@require_safe
def document(request: HttpRequest, pk: uuid.UUID, document: int) -> HttpResponseBase:
    """A file that the person sent, given back to her; the journal notes it."""
    opened = reach(request, pk)
    if opened is None:
        return lost(request)
    own = opened.application.documents.filter(pk=document).first()
    if own is None:
        raise Http404
    return serve_private_file(
        request,
        own.file,
        filename=own.download_name,
        content_type="application/pdf",
        subject=f"{own.get_kind_display()} {opened.application.reference}",
    )
