"""What a candidate takes away from her space: her files, and all that we know of her."""

import io
import uuid

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from recrutement.documents.calendar import interview_calendar
from recrutement.services.agenda import upcoming
from recrutement.services.own_data import everything_about
from rgpd.documents.own_data import own_data_json, own_data_pdf
from site_enys.private_storage import private_response, serve_private_file

from .acts import Space
from .space import for_its_holder


@for_its_holder
def as_json(request: HttpRequest, opened: Space) -> HttpResponseBase:
    """Everything, for a machine (RGPD, art. 20)."""
    content = own_data_json(everything_about(opened.application, opened.now))
    return private_response(
        io.BytesIO(content),
        filename=f"mes-donnees-{opened.application.reference}.json",
        content_type="application/json",
    )


@for_its_holder
def as_pdf(request: HttpRequest, opened: Space) -> HttpResponseBase:
    """Everything, to be read (RGPD, art. 15)."""
    content = own_data_pdf(everything_about(opened.application, opened.now))
    return private_response(
        io.BytesIO(content),
        filename=f"mes-donnees-{opened.application.reference}.pdf",
        content_type="application/pdf",
    )


@for_its_holder
def meeting(request: HttpRequest, opened: Space, public_id: uuid.UUID) -> HttpResponseBase:
    """One interview that still stands, for her calendar: the entry that the e-mail brought."""
    interview = upcoming(opened.application, opened.now).filter(public_id=public_id).first()
    if interview is None:
        raise Http404
    return private_response(
        io.BytesIO(interview_calendar(interview, "REQUEST", opened.now)),
        filename="entretien.ics",
        content_type="text/calendar; charset=utf-8",
    )


@for_its_holder
def document(request: HttpRequest, opened: Space, document: int) -> HttpResponseBase:
    """A file that the person sent, given back to her; the journal notes it."""
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
