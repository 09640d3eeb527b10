"""The pages where a signatory reads an agreement or a contract, and signs it."""

from functools import partial
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from formation import links
from formation.enums import AgreementState, DocumentKind
from formation.forms.agreement import AcceptForm, CodeForm, NewCodeForm
from formation.models import Agreement, EnrolmentRequest, IssuedDocument
from formation.services import agreements, signatures, signing
from site_enys.exceptions import Refused
from site_enys.links import LinkRefused, private
from site_enys.public_forms import PublicForm, submit

from .follow import lost


@private
@require_safe
def open_agreement(request: HttpRequest, token: str) -> HttpResponse:
    """Exchange the link for a grant, and lead to an address that does not give it away."""
    try:
        agreement = links.AGREEMENT.open(token)
    except LinkRefused as refusal:
        return lost(request, str(refusal))
    links.AGREEMENT.grant(request, agreement, timezone.now())
    address = _page("formation_agreement", agreement)
    return HttpResponseRedirect(address, status=303, headers={"Referrer-Policy": "no-referrer"})


@private
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The facts of the document, the document itself, and « J’ai lu et j’accepte »."""
    agreement = _reach(request, public_id)
    if agreement is None:
        return lost(request)
    form = AcceptForm(request.POST or None)
    if request.method == "POST":
        address = submit(request, form, partial(_accept, agreement, form))
        if address:
            return HttpResponseRedirect(address, status=303)
    return _show(request, "formation/agreement.html", agreement, form=form)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The code that was sent, and the signature."""
    agreement = _reach(request, public_id)
    if agreement is None:
        return lost(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST":
        now = timezone.now()
        # Before the transaction of the form, which a wrong code undoes: the try stays counted.
        refusal = form.is_valid() and signing.refusal_of(agreement, form.cleaned_data["code"], now)
        address = submit(request, form, partial(_sign, agreement, refusal or None))
        if address:
            return HttpResponseRedirect(address, status=303)
    if not (agreement.code_digest and agreement.state == AgreementState.SENT):
        return HttpResponseRedirect(_page("formation_agreement", agreement), status=303)
    return _show_code(request, agreement, form, NewCodeForm(prefix="autre"))


@private
@require_POST
def new_code(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Another code, for one that does not come or is spent."""
    agreement = _reach(request, public_id)
    if agreement is None:
        return lost(request)
    form = NewCodeForm(request.POST, prefix="autre")
    address = submit(request, form, partial(_ask_again, agreement))
    if address:
        return HttpResponseRedirect(address, status=303)
    return _show_code(request, agreement, CodeForm(), form)


@private
@require_safe
def document(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The document to read or, once signed, the signed copy."""
    agreement = _reach(request, public_id)
    return lost(request) if agreement is None else _file(agreement)


@private
@require_safe
def of_request(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The same, for the buyer who follows the request."""
    demand = get_object_or_404(EnrolmentRequest, public_id=public_id)
    if not links.REQUEST.is_granted(request, demand, timezone.now()):
        return lost(request)
    agreement = agreements.current(demand)
    if agreement is None:
        raise Http404
    return _file(agreement)


@private
@require_safe
def sign_own(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """From the page of a request to what its buyer has to sign: the same address received both."""
    demand = get_object_or_404(EnrolmentRequest, public_id=public_id)
    now = timezone.now()
    if not links.REQUEST.is_granted(request, demand, now):
        return lost(request)
    agreement = agreements.current(demand)
    if agreement is None or not agreements.is_for_buyer(agreement):
        raise Http404
    links.AGREEMENT.grant(request, agreement, now)
    return HttpResponseRedirect(_page("formation_agreement", agreement), status=303)


def _reach(request: HttpRequest, public_id: UUID) -> Agreement | None:
    rows = Agreement.objects.select_related(
        "document", "signed_copy", "request__session__course", "request__session__venue"
    )
    agreement = get_object_or_404(rows, public_id=public_id)
    granted = links.AGREEMENT.is_granted(request, agreement, timezone.now())
    return agreement if granted else None


def _accept(agreement: Agreement, form: AcceptForm) -> str:
    now = timezone.now()
    name, opened_at = form.cleaned_data["typed_name"], form.opened_at or now
    elsewhere = signatures.accept(agreement, name, opened_at, now=now)
    return elsewhere or _page("formation_agreement_code", agreement)


def _ask_again(agreement: Agreement) -> str:
    elsewhere = signatures.ask_again(agreement, now=timezone.now())
    return elsewhere or _page("formation_agreement_code", agreement) + "?nouveau"


def _sign(agreement: Agreement, refusal: Refused | None) -> str:
    if refusal:
        raise refusal
    signatures.sign(agreement, now=timezone.now())
    return _page("formation_agreement", agreement) + "?signe"


def _page(name: str, agreement: Agreement) -> str:
    return reverse(name, args=[agreement.public_id])


def _show_code(
    request: HttpRequest, agreement: Agreement, form: PublicForm, again: PublicForm
) -> HttpResponse:
    return _show(
        request,
        "formation/agreement_code.html",
        agreement,
        form=form,
        again=again,
        sent_again="nouveau" in request.GET,
    )


def _show(
    request: HttpRequest, template: str, agreement: Agreement, **more: object
) -> HttpResponse:
    context = {
        "agreement": agreement,
        "document": agreement.signed_copy or agreement.document,
        "facts": agreement.document.data,
        "contract": agreement.document.kind == DocumentKind.CONTRACT,
        "changes": agreements.changes_since(agreement)
        if agreement.state == AgreementState.SENT
        else [],
        "demand": agreement.request,
        "session": agreement.request.session,
        "just_signed": "signe" in request.GET,
    }
    return render(request, template, context | more)


def _file(agreement: Agreement) -> FileResponse:
    kept: IssuedDocument = agreement.signed_copy or agreement.document
    try:
        content = kept.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, filename=kept.filename, content_type="application/pdf")
    response["X-Content-Type-Options"] = "nosniff"
    return response
