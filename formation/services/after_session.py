"""What the clock does with documents: those of the end, and those that a change has made false."""

from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from formation import emails
from formation.documents.held import Held
from formation.documents.issued import Subject
from formation.enums import ENROLLING, HELD, DocumentKind, EnrolmentState, SessionState
from formation.models import (
    AttendanceCorrection,
    AttendanceSheet,
    Enrolment,
    IssuedDocument,
)
from site_enys.exceptions import Refused
from site_enys.states import SYSTEM

from . import outdated, seats
from .issue import in_force, revoke
from .paperwork import FINAL, PAPERS, TAUGHT, about_of, deliver, held

#: How long a document that a change has made false is tried again.
REDONE_FOR = timedelta(days=30)
#: How far back corrections of attendance and of assessments are looked for.
CORRECTED_FOR = timedelta(days=400)
#: A person whose assessment never comes is not looked at for ever.
WAITED_FOR = timedelta(days=120)


def deliver_final_documents(now: datetime) -> int:
    """Deliver to each person taught in a closed session what is hers, once, and write to her.

    The contact of an employer has one message for all the people of the request. What staff has
    revoked is not delivered again. Returns how many documents; what cannot be delivered yet waits,
    and raises nothing.
    """
    people = sorted(_waiting(now), key=attrgetter("request_id", "pk"))
    return sum(
        _deliver_to_request(list(group), now)
        for _, group in groupby(people, key=attrgetter("request_id"))
    )


def deliver_signed_sheets(now: datetime) -> int:
    """Deliver the sheet of each half-day that its trainer has just countersigned."""
    done = 0
    for sheet in _signed_and_not_drawn(now):
        with transaction.atomic():
            seats.lock(sheet.slot.session_id)
            former = in_force(DocumentKind.ATTENDANCE_SHEET, sheet.slot)
            if former:
                revoke(former, now=now, reason="Feuille contresignée.")
            done += _try(DocumentKind.ATTENDANCE_SHEET, sheet.slot, now)
    return done


def revoke_what_was_corrected(now: datetime) -> int:
    """Revoke the documents whose hours or result were corrected after their issue."""
    recent = IssuedDocument.objects.in_force().filter(issued_at__gt=now - CORRECTED_FOR)
    since = AttendanceCorrection.objects.filter(at__gt=OuterRef("issued_at"))
    of_person = Exists(since.filter(attendance__enrolment=OuterRef("enrolment")))
    of_slot = Exists(since.filter(attendance__slot=OuterRef("slot")))
    wrong = set(
        recent.filter(
            Q(of_person, kind__in=FINAL) | Q(of_slot, kind=DocumentKind.ATTENDANCE_SHEET)
        ).values_list("pk", flat=True)
    )
    results = recent.filter(kind=DocumentKind.ATTESTATION).values_list(
        "pk", "data__assessment", "enrolment__assessment"
    )
    wrong |= {pk for pk, told, found in results if told != found}
    return outdated.corrected(wrong, now)


def redo(now: datetime) -> int:
    """Deliver again what a change has made false, when it still has a reason to be."""
    later = IssuedDocument.objects.filter(
        kind=OuterRef("kind"), subject=OuterRef("subject"), version__gt=OuterRef("version")
    )
    false = IssuedDocument.objects.filter(
        revoked_reason__in=outdated.REDONE,
        revoked_at__gt=now - REDONE_FOR,
        session__state__in=HELD,
    ).filter(~Exists(later))
    done = 0
    for document in false.select_related("session"):
        about = about_of(document)
        if about is not None and document.kind in PAPERS:
            done += _try(DocumentKind(document.kind), about, now)
    return done


def without_documents(now: datetime) -> QuerySet[Enrolment]:
    """Who was convoked without a document, or was taught and lacks one, the oldest session first.

    What is revoked by staff is a decision, and is not waited for.
    """
    convocations = IssuedDocument.objects.filter(
        kind=DocumentKind.CONVOCATION, enrolment=OuterRef("pk")
    )
    convoked = Enrolment.objects.filter(
        state=EnrolmentState.CONFIRMED,
        session__state__in=ENROLLING,
        session__starts_at__gt=now,
        convoked_at__isnull=False,
    ).filter(~Exists(convocations))
    # The job delivers in five minutes what lacks nothing: only what is older than that waits.
    closed = _waiting(now).filter(state_changed_at__lt=now - timedelta(minutes=15))
    waits = Enrolment.objects.filter(
        Q(pk__in=convoked.values("pk")) | Q(pk__in=closed.values("pk"))
    )
    return waits.select_related("session").order_by("session__starts_at", "pk")


def sheets_without_document(now: datetime) -> QuerySet[AttendanceSheet]:
    """The sheets countersigned for a while whose document lacks something, the oldest first."""
    waits = _signed_and_not_drawn(now).filter(countersigned_at__lt=now - timedelta(minutes=15))
    return waits.order_by("countersigned_at", "pk")


def _signed_and_not_drawn(now: datetime) -> QuerySet[AttendanceSheet]:
    drawn_since = IssuedDocument.objects.filter(
        kind=DocumentKind.ATTENDANCE_SHEET,
        slot=OuterRef("slot"),
        issued_at__gte=OuterRef("countersigned_at"),
    )
    signed = AttendanceSheet.objects.filter(
        countersigned_at__gt=now - WAITED_FOR, slot__session__state__in=HELD
    )
    return signed.filter(~Exists(drawn_since)).select_related("slot")


def _waiting(now: datetime) -> QuerySet[Enrolment]:
    """People taught who have never had one of the final documents."""
    ever = [
        Exists(IssuedDocument.objects.filter(kind=kind, enrolment=OuterRef("pk"))) for kind in FINAL
    ]
    taught = Enrolment.objects.filter(
        state__in=TAUGHT,
        session__state=SessionState.COMPLETED,
        session__ends_at__gt=now - WAITED_FOR,
    )
    return taught.exclude(*ever).select_related("request", "session__course", "session__venue")


@transaction.atomic
def _deliver_to_request(people: list[Enrolment], now: datetime) -> int:
    request, session = people[0].request, people[0].session
    seats.lock(session.pk)
    among = held(session)
    told: list[Enrolment] = []
    done = 0
    for enrolment in people:
        issued = _final_documents(enrolment, among, now)
        if issued:
            emails.documents_ready(enrolment, issued)
            told.append(enrolment)
            done += len(issued)
    if told:
        emails.documents_ready_for_company(request, told)
    return done


def _final_documents(enrolment: Enrolment, among: Held, now: datetime) -> list[IssuedDocument]:
    had = IssuedDocument.objects.filter(enrolment=enrolment, kind__in=FINAL)
    kinds = set(FINAL) - set(had.values_list("kind", flat=True))
    issued = []
    for kind in FINAL:
        if kind in kinds:
            try:
                issued.append(deliver(kind, enrolment, by=SYSTEM, now=now, among=among))
            except Refused:
                continue  # said on the screen of the documents, and in « À traiter »
    return issued


def _try(kind: DocumentKind, about: Subject, now: datetime) -> bool:
    try:
        deliver(kind, about, by=SYSTEM, now=now)
    except Refused:
        return False
    return True
