"""What is known of many sessions at once: as many queries for one as for two hundred."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from formation.enums import (
    FIRM,
    HELD,
    OUTCOMES,
    AgreementState,
    BuyerType,
    DocumentKind,
    EnrolmentState,
    SurveyKind,
)
from formation.models import (
    Agreement,
    CatalogueIndexPage,
    Complaint,
    Enrolment,
    EnrolmentRequest,
    ImprovementAction,
    IssuedDocument,
    Session,
    Survey,
    TimeSlot,
    Trainer,
)
from formation.models.results import Results, results_by_course
from site_enys.months import bounds_of_year


@dataclass(frozen=True)
class Asked:
    """The questionnaires of one kind in one session."""

    sent: int = 0
    answered: int = 0


@dataclass
class SessionFacts:
    """One session, and everything about it that proves something."""

    session: Session
    catalogue: CatalogueIndexPage | None
    people: list[Enrolment] = field(default_factory=list)
    slots: list[TimeSlot] = field(default_factory=list)
    #: Half-days that the trainer has countersigned, or that were signed on paper.
    signed_slots: set[int] = field(default_factory=set)
    #: How many lines each half-day has.
    lines: Counter[int] = field(default_factory=Counter)
    #: (kind, enrolment or None) of each document in force.
    documents: Counter[tuple[str, int | None]] = field(default_factory=Counter)
    surveys: dict[str, Asked] = field(default_factory=dict)
    requests: int = 0
    companies: int = 0
    signed_requests: int = 0
    complaints: list[Complaint] = field(default_factory=list)
    trainers: list[Trainer] = field(default_factory=list)
    #: What trainees say of the course, over all its sessions.
    results: Results = field(default_factory=Results)

    @property
    def taught(self) -> list[Enrolment]:
        """Those who were there, wholly or in part, once the session is closed."""
        return [one for one in self.people if one.state in OUTCOMES - {EnrolmentState.NO_SHOW}]

    @property
    def starts_at(self) -> datetime:
        """A session that people are in has dates: the database sees to it."""
        return cast("datetime", self.session.starts_at)

    @property
    def ends_at(self) -> datetime:
        return cast("datetime", self.session.ends_at)

    def asked(self, kind: SurveyKind) -> Asked:
        return self.surveys.get(kind, Asked())

    def has(self, kind: DocumentKind) -> bool:
        return any(found == kind for found, _ in self.documents)

    def without(self, kind: DocumentKind, people: Iterable[Enrolment]) -> list[Enrolment]:
        """Those of these people for whom no such document is in force."""
        return [one for one in people if (kind, one.pk) not in self.documents]


def sessions_of_year(year: int) -> QuerySet[Session]:
    """The sessions with people that begin in the year, and that are or were held."""
    begins, ends = bounds_of_year(year)
    people = Enrolment.objects.filter(session=OuterRef("pk"), state__in=FIRM)
    return (
        Session.objects.filter(Exists(people), state__in=HELD)
        .filter(starts_at__gte=begins, starts_at__lt=ends)
        .select_related("course__theme", "venue")
        .order_by("starts_at", "pk")
    )


def facts_of(sessions: Sequence[Session], now: datetime) -> list[SessionFacts]:
    """All that is known of these sessions at `now`."""
    catalogue = CatalogueIndexPage.current()
    by_id = {session.pk: SessionFacts(session, catalogue) for session in sessions}
    for session in sessions:
        session.course.catalogue = catalogue
    of_these = {"session__in": list(by_id)}
    _add_people(by_id, of_these)
    _add_attendance(by_id)
    _add_documents(by_id, of_these)
    _add_opinions(by_id, of_these, now)
    _add_trainers(by_id)
    return list(by_id.values())


Known = dict[int, SessionFacts]


def _add_people(by_id: Known, of_these: dict[str, Any]) -> None:
    for enrolment in Enrolment.objects.filter(state__in=FIRM, **of_these).order_by("pk"):
        by_id[enrolment.session_id].people.append(enrolment)
    firm = Enrolment.objects.filter(request=OuterRef("pk"), state__in=FIRM)
    signed = Agreement.objects.filter(request=OuterRef("pk"), state=AgreementState.SIGNED)
    requests = EnrolmentRequest.objects.filter(Exists(firm), **of_these).order_by()
    rows = requests.annotate(is_signed=Exists(signed))
    for session, buyer, is_signed in rows.values_list("session", "buyer_type", "is_signed"):
        by_id[session].requests += 1
        by_id[session].companies += buyer == BuyerType.COMPANY
        by_id[session].signed_requests += is_signed


def _add_attendance(by_id: Known) -> None:
    slots = TimeSlot.objects.filter(session__in=by_id).select_related("trainer", "sheet")
    signed = Count("attendances", filter=Q(attendances__enrolment__state__in=FIRM))
    for slot in slots.annotate(lines=signed).order_by("starts_at", "pk"):
        facts = by_id[slot.session_id]
        facts.slots.append(slot)
        sheet = getattr(slot, "sheet", None)
        if sheet and (sheet.countersigned_at or sheet.scan):
            facts.signed_slots.add(slot.pk)
        facts.lines[slot.pk] = slot.lines


def _add_documents(by_id: Known, of_these: dict[str, Any]) -> None:
    documents = IssuedDocument.objects.in_force().filter(**of_these).order_by()
    for session, kind, enrolment in documents.values_list("session", "kind", "enrolment"):
        by_id[session].documents[kind, enrolment] += 1


def _add_opinions(by_id: Known, of_these: dict[str, Any], now: datetime) -> None:
    surveys = Survey.objects.filter(**of_these).order_by().values_list("session", "kind")
    for session, kind, sent, answered in surveys.annotate(Count("pk"), Count("answered_at")):
        by_id[session].surveys[kind] = Asked(sent, answered)
    actions = ImprovementAction.objects.filter(complaint=OuterRef("pk"))
    complaints = Complaint.objects.filter(**of_these).annotate(has_action=Exists(actions))
    for complaint in complaints:
        by_id[complaint.session_id or 0].complaints.append(complaint)
    results = results_by_course(now, Q(session__course__in=_courses(by_id)))
    for facts in by_id.values():
        facts.results = results.get(facts.session.course_id, Results())


def _courses(by_id: Known) -> set[int]:
    return {facts.session.course_id for facts in by_id.values()}


def _add_trainers(by_id: Known) -> None:
    """Those that the half-days name; those of the course when they name nobody."""
    of_course: dict[int, list[Trainer]] = defaultdict(list)
    for trainer in Trainer.objects.filter(courses__in=_courses(by_id)).annotate(
        course=F("courses")
    ):
        of_course[trainer.course].append(trainer)
    for facts in by_id.values():
        named = {slot.trainer.pk: slot.trainer for slot in facts.slots if slot.trainer}
        facts.trainers = list(named.values()) or of_course[facts.session.course_id]
