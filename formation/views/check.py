"""« Vérifier un document » : whether one that somebody holds was delivered here, and counts."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from formation.forms.check import CheckForm
from formation.models import IssuedDocument
from site_enys.links import private


@private
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Ask for the code, and lead to the answer."""
    form = CheckForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        address = reverse("formation_check", args=[form.cleaned_data["code"]])
        return HttpResponseRedirect(address, status=303)
    return render(request, "formation/check.html", {"form": form})


@private
@require_safe
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Say what the document is, and whether it counts; nothing of what it holds.

    Why it was revoked is not said: staff writes that for itself.
    """
    documents = IssuedDocument.objects.select_related("session__course", "enrolment").defer("data")
    document = documents.filter(check_code=code).first()
    context = {
        "document": document,
        "replaced": document is not None and not document.is_in_force and _has_a_next(document),
        "form": CheckForm(initial={} if document else {"code": code[:40]}),
        "unknown": document is None,
    }
    return render(request, "formation/check.html", context, status=200 if document else 404)


def _has_a_next(document: IssuedDocument) -> bool:
    own = IssuedDocument.objects.in_force().filter(kind=document.kind, subject=document.subject)
    return own.exists()
