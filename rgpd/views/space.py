"""Everything that the site holds about a person, on one page and to be taken away."""

import io

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rgpd.documents.own_data import own_data_json, own_data_pdf, own_data_zip
from rgpd.models import RightsRequest
from rgpd.services.export import everything_about, exported, reasons_not_found
from rgpd.services.held import files_of, held_by, only_traces
from site_enys.private_storage import note_opening, private_response

from .acts import DONE
from .parts import parts_of_page
from .visit import Visit, for_its_holder


@for_its_holder
@require_safe
def space(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What is held, row by row, with what may be done with it."""
    found = held_by(visit.person)
    context = {
        "visit": visit,
        "done": DONE.get(request.GET.get("fait", ""), ""),
        "nothing": only_traces(found),
        "parts": parts_of_page(found, visit.person),
        "requests": RightsRequest.objects.filter(email=visit.person.email),
        "not_found": reasons_not_found(),
    }
    return render(request, "rgpd/space.html", context)


@for_its_holder
@require_safe
def as_json(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Everything, for a machine (RGPD, article 20)."""
    content = own_data_json(everything_about(visit.person, visit.now))
    note_opening(request, f"Mes données (JSON), accès n° {visit.access.pk}")
    return private_response(
        io.BytesIO(content), filename="mes-donnees.json", content_type="application/json"
    )


@for_its_holder
@require_safe
def as_pdf(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Everything, to be read (RGPD, article 15)."""
    content = own_data_pdf(everything_about(visit.person, visit.now))
    note_opening(request, f"Mes données (PDF), accès n° {visit.access.pk}")
    return private_response(
        io.BytesIO(content), filename="mes-donnees.pdf", content_type="application/pdf"
    )


@for_its_holder
@require_safe
def as_zip(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Both, and her files; the journal has one line for each."""
    found = held_by(visit.person)
    data = exported(found, visit.person, visit.now)
    files = []
    for held in found:
        for row, file in files_of(held, visit.person):
            files.append(file)
            note_opening(request, str(row))
    note_opening(request, f"Mes données (ZIP), accès n° {visit.access.pk}")
    return private_response(
        own_data_zip(data, files), filename="mes-donnees.zip", content_type="application/zip"
    )
