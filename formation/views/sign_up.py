"""Signing up, and the page that says what became of it."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from formation.enums import BUYER_WORDS, BuyerType
from formation.exceptions import EnrolmentRefused
from formation.forms.sign_up import (
    ADD_PEOPLE,
    CompanyEnrolmentForm,
    EnrolmentForm,
    IndividualEnrolmentForm,
)
from formation.models import EnrolmentRequest, Session
from formation.services.agenda import find_by_address
from formation.services.availability import (
    availability,
    refuse_unless_bookable,
    refuse_unless_sold_to,
)
from formation.services.enrolment import enrol_visitor
from site_enys.public_forms import submit

FORMS: dict[BuyerType, type[EnrolmentForm]] = {
    BuyerType.COMPANY: CompanyEnrolmentForm,
    BuyerType.INDIVIDUAL: IndividualEnrolmentForm,
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest, key: str) -> HttpResponse:
    """The sign-up form of one session, for one kind of buyer."""
    session = find_by_address(key)
    if session is None:
        raise Http404
    buyer = BUYER_WORDS.get(request.GET.get("pour", ""), BuyerType.COMPANY)
    if buyer not in FORMS:
        return _show(request, session, buyer, None)
    if request.method != "POST":
        return _show(request, session, buyer, FORMS[buyer]())
    form = FORMS[buyer](request.POST)
    if ADD_PEOPLE in request.POST and isinstance(form, CompanyEnrolmentForm):
        return _show(request, session, buyer, form.more_lines(request.POST[ADD_PEOPLE]))
    address = submit(request, form, partial(_save, session, form))
    if address:
        return HttpResponseRedirect(address, status=303)
    return _show(request, session, buyer, form)


def _save(session: Session, form: EnrolmentForm) -> str:
    suspect = form.trapped or form.unproven
    sign_up = form.sign_up()
    saved = enrol_visitor(session, sign_up, form.now, suspect=suspect, hurried=form.hurried)
    return reverse("formation_thanks", args=[saved.public_id])


def _show(
    request: HttpRequest, session: Session, buyer: BuyerType, form: EnrolmentForm | None
) -> HttpResponse:
    now = timezone.now()
    refusal = ""
    try:
        refuse_unless_bookable(session, now)
        refuse_unless_sold_to(session, buyer, now)
    except EnrolmentRefused as refused:
        refusal = str(refused)
    context = {
        "session": session,
        "availability": availability(session, now),
        "refusal": refusal,
        "form": form,
        "buyer": buyer,
        "buyers": [(word, kind.label, kind == buyer) for word, kind in BUYER_WORDS.items()],
    }
    # What was typed stays on the screen even when the session closes meanwhile.
    unavailable = refusal and not (form and form.is_bound)
    template = "formation/enrol_unavailable.html" if unavailable else "formation/enrol.html"
    return render(request, template, context)


@never_cache
@require_safe
def thanks(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The confirmation, at an address that cannot be guessed and that survives a reload."""
    demand = get_object_or_404(
        EnrolmentRequest.objects.select_related("session__course", "session__venue"),
        public_id=public_id,
    )
    return render(request, "formation/thanks.html", {"demand": demand, "session": demand.session})
