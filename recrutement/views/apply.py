"""The application form, and what is shown once it is sent."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from recrutement.exceptions import SpontaneousClosed
from recrutement.forms import ApplicationForm
from recrutement.links import read_receipt, receipt_url
from recrutement.models import JobOfferPage, RecruitmentIndexPage
from recrutement.services.applications import apply, open_spontaneously
from recrutement.services.control_mark import is_marked
from recrutement.services.documents import Store, deposit
from site_enys.exceptions import Refused
from site_enys.public_forms import PublicForm, count_submission, submit

with_a_form = require_http_methods(["GET", "HEAD", "POST"])


class UploadCounter(PublicForm):
    """Opening a PDF costs much more than reading a form: uploads are counted apart."""

    purpose = "depot-cv"


@never_cache
@with_a_form
def apply_to_offer(request: HttpRequest, reference: str) -> HttpResponse:
    """The form of one offer; a closed one says why, and shows the others."""
    offer = get_object_or_404(JobOfferPage.objects.live().public(), reference=reference)
    if offer.is_gone(timezone.now()):
        return offer.answer_gone(request)
    reason = offer.why_closed(timezone.now())
    return _closed(request, reason, offer) if reason else _form(request, offer)


@never_cache
@with_a_form
def apply_spontaneously(request: HttpRequest) -> HttpResponse:
    if not open_spontaneously(timezone.now()):
        return _closed(request, SpontaneousClosed.sentence, None)
    return _form(request, None)


@never_cache
@require_safe
def received(request: HttpRequest, token: str) -> HttpResponse:
    """What the person keeps: a number and a date. Nothing that tells who they are.

    It is read from the address alone: a page that followed the application would tell whoever
    sent one in somebody else's name what becomes of hers.
    """
    receipt = read_receipt(token)
    if receipt is None:
        raise Http404
    context = {"receipt": receipt, "index": _index()}
    return render(request, "recrutement/received.html", context)


def _form(request: HttpRequest, offer: JobOfferPage | None) -> HttpResponse:
    now = timezone.now()
    form = ApplicationForm(offer=offer, now=now)
    if request.method == "POST":
        form = ApplicationForm(
            request.POST,
            request.FILES,
            offer=offer,
            now=now,
            uploads_refused=_uploads_refused(request, now),
        )
        with deposit() as store:
            url = submit(request, form, lambda: _save(form, store))
        if url:
            return HttpResponseRedirect(url, status=303)
        form.keep_cv()
    context = {"form": form, "offer": offer, "index": _index()}
    return render(request, "recrutement/apply.html", context)


def _save(form: ApplicationForm, store: Store) -> str:
    application = apply(
        form.answers,
        form.checked_cv,
        form.offer,
        now=form.now,
        store=store,
        suspect=form.quarantined,
    )
    return receipt_url(application)


def _closed(request: HttpRequest, reason: str, offer: JobOfferPage | None) -> HttpResponse:
    context = {
        "reason": reason,
        "offer": offer,
        "others": JobOfferPage.objects.to_show(timezone.now())[:3],
        "index": _index(),
        "spontaneous": open_spontaneously(timezone.now()),
    }
    return render(request, "recrutement/closed.html", context, status=410)


def _uploads_refused(request: HttpRequest, now: datetime) -> str:
    """The sentence of the hourly limit when this address has sent too many files; else nothing."""
    if not request.FILES or is_marked(request.POST.get("email", ""), now):
        return ""
    try:
        count_submission(request, UploadCounter(now=now))
    except Refused as refusal:
        return str(refusal)
    return ""


def _index() -> RecruitmentIndexPage | None:
    return RecruitmentIndexPage.objects.live().first()
