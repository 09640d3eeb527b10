"""The documents of a session: which ones, for whom, when; and how they are all delivered.

What a document says is drawn in `formation.documents`, how it is kept is `services.issue`.
Conventions, contracts and quotes have their own service.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from formation import emails
from formation.documents.attendance_sheet import attendance_sheet
from formation.documents.attestation import attestation
from formation.documents.certificate import certificate
from formation.documents.convocation import convocation
from formation.documents.held import Held
from formation.documents.issued import Draft, Subject, as_stored, subject_of
from formation.documents.session_programme import session_programme
from formation.enums import ENROLLING, HELD, DocumentKind, EnrolmentState
from formation.exceptions import DocumentNotDue, DocumentReplaced
from formation.models import Enrolment, IssuedDocument, Session, TimeSlot
from home.models import OrganisationSettings
from site_enys.exceptions import Refused, refusal_of
from site_enys.states import Actor

from . import seats
from .issue import in_force, issue, print_project, revoke

#: Those whom a certificate and an attestation speak of.
TAUGHT = frozenset({EnrolmentState.ATTENDED, EnrolmentState.PARTLY_ATTENDED})


@dataclass(frozen=True)
class Paper:
    """A kind of document: whom it is for, how it is drawn, and what must be true before."""

    kind: DocumentKind
    subjects: Callable[[Held], Sequence[Subject]]
    draw: Callable[[Any, Held], Draft]
    refuse: Callable[[Any, Held], None]

    def draft(self, about: Subject, held: Held) -> Draft:
        """Raises DocumentNotDue or DocumentIncomplete."""
        self.refuse(about, held)
        return self.draw(about, held)


@dataclass
class Outcome:
    """What became of documents asked for together."""

    issued: list[IssuedDocument] = field(default_factory=list)
    refused: list[tuple[Subject, Refused]] = field(default_factory=list)


def _unless_expected(enrolment: Enrolment, held: Held) -> None:
    if held.session.state not in ENROLLING:
        raise DocumentNotDue("La session n’est pas programmée.")
    if enrolment.state != EnrolmentState.CONFIRMED:
        raise DocumentNotDue("L’inscription n’est pas confirmée.")


def _unless_taught(enrolment: Enrolment, held: Held) -> None:
    if enrolment.state not in TAUGHT:
        raise DocumentNotDue("La session n’est pas close, ou la personne ne l’a pas suivie.")


def _unless_held(about: Subject, held: Held) -> None:
    if held.session.state not in HELD:
        raise DocumentNotDue("La session n’est pas programmée.")


def _certificate(enrolment: Enrolment, held: Held) -> Draft:
    minutes, planned = held.minutes.get(enrolment.pk, 0), held.planned_minutes
    return certificate(enrolment, minutes, held.organisation, planned=planned)


#: In the order of the life of a session.
PAPERS: dict[DocumentKind, Paper] = {
    paper.kind: paper
    for paper in (
        Paper(
            DocumentKind.PROGRAMME,
            lambda held: [held.session],
            lambda session, held: session_programme(held),
            _unless_held,
        ),
        Paper(
            DocumentKind.CONVOCATION,
            lambda held: [one for one in held.people if one.state == EnrolmentState.CONFIRMED],
            convocation,
            _unless_expected,
        ),
        Paper(
            DocumentKind.ATTENDANCE_SHEET,
            lambda held: held.slots,
            attendance_sheet,
            _unless_held,
        ),
        Paper(
            DocumentKind.CERTIFICATE,
            lambda held: [one for one in held.people if one.state in TAUGHT],
            _certificate,
            _unless_taught,
        ),
        Paper(
            DocumentKind.ATTESTATION,
            lambda held: [one for one in held.people if one.state in TAUGHT],
            attestation,
            _unless_taught,
        ),
    )
}
#: What a trainee receives once the session is over.
FINAL = (DocumentKind.CERTIFICATE, DocumentKind.ATTESTATION)


def held(session: Session) -> Held:
    """The session and the firm, for all the documents of one moment."""
    return Held(session, OrganisationSettings.current())


def deliver(
    kind: DocumentKind,
    about: Subject,
    *,
    by: Actor,
    now: datetime,
    among: Held | None = None,
    tell: bool = False,
) -> IssuedDocument:
    """The document in force, issued now when there is none: asked twice, delivered once.

    `among` spares what a whole session has in common from being read again for each person.
    `tell` writes to the person when it is one of the final documents. Raises DocumentNotDue or
    DocumentIncomplete.
    """
    with transaction.atomic():
        read = _locked(about, among)
        former = in_force(kind, about)
        if former:
            return former
        document = issue(_draft(kind, about, read), by=by, now=now)
        if tell:
            _tell(document)
        return document


def deliver_all(kind: DocumentKind, session: Session, *, by: Actor, now: datetime) -> Outcome:
    """One document for each person or half-day that has none, each in its own transaction.

    Who has a final document reads so by e-mail.
    """
    among, outcome = held(_with_course(session.pk)), Outcome()
    done = subjects_in_force(kind, session)
    for about in PAPERS[kind].subjects(among):
        if subject_of(about) in done:
            continue
        try:
            outcome.issued.append(deliver(kind, about, by=by, now=now, among=among, tell=True))
        except Refused as refusal:
            outcome.refused.append((about, refusal))
    return outcome


def issue_again(
    document: IssuedDocument, *, by: Actor, now: datetime, reason: str
) -> IssuedDocument:
    """Draw the document from what is known now; the version that was read is revoked.

    Raises DocumentReplaced when it counts no more, DocumentNotDue or DocumentIncomplete.
    """
    about = about_of(document)
    if about is None or document.kind not in PAPERS:
        raise DocumentNotDue("Ce document ne se délivre pas d’ici.")
    kind = DocumentKind(document.kind)
    with transaction.atomic():
        read = _locked(about, None)
        if in_force(kind, about) != document:
            raise DocumentReplaced
        new = issue(_draft(kind, about, read), by=by, now=now, reason=reason)
        _tell(new)
        return new


@transaction.atomic
def withdraw(document: IssuedDocument, *, now: datetime, reason: str) -> None:
    """Say that the document no longer counts; raises DocumentReplaced when it did not already."""
    seats.lock(document.session_id)
    document.refresh_from_db()
    if not document.is_in_force:
        raise DocumentReplaced
    revoke(document, now=now, reason=reason)


def up_to_date(kind: DocumentKind, about: Subject, *, by: Actor, now: datetime) -> IssuedDocument:
    """The document in force when it says what is true now, or else its next version.

    Raises DocumentNotDue or DocumentIncomplete.
    """
    with transaction.atomic():
        draft = _draft(kind, about, _locked(about, None))
        former = in_force(kind, about)
        if former and former.data == as_stored(draft.data):
            return former
        return issue(draft, by=by, now=now)


def missing(kind: DocumentKind, about: Subject, among: Held) -> Refused | None:
    """What stands in the way of the document, in a sentence that names all of it."""
    return refusal_of(PAPERS[kind].draft, about, among)


def project(kind: DocumentKind, about: Subject, among: Held) -> bytes:
    """The document as it would be, marked « Projet » and kept nowhere."""
    return print_project(PAPERS[kind].draft(about, among))


def about_of(document: IssuedDocument) -> Subject | None:
    """Whose the document is; None when that is gone."""
    word, _, key = document.subject.partition(":")
    if word == "session":
        return document.session
    model: Any = {"enrolment": Enrolment, "slot": TimeSlot}.get(word)
    return model.objects.filter(pk=key).first() if model else None


def subjects_in_force(kind: DocumentKind, session: Session) -> set[str]:
    own = IssuedDocument.objects.in_force().filter(session=session, kind=kind)
    return set(own.values_list("subject", flat=True))


def of_people(people: Iterable[Enrolment], request_id: int | None = None) -> list[IssuedDocument]:
    """The documents in force of these people, then the programme of their session.

    `request_id` adds those of the whole request, which are its buyer's. A sheet names others: it
    is nobody's.
    """
    everybody = list(people)
    own = IssuedDocument.objects.in_force()
    found = own.filter(enrolment__in=everybody)
    found |= own.filter(session=everybody[0].session_id, kind=DocumentKind.PROGRAMME)
    if request_id:
        found |= own.filter(request=request_id, enrolment=None, slot=None)
    return list(found.select_related("enrolment").order_by("issued_at", "pk"))


def _tell(document: IssuedDocument) -> None:
    if document.enrolment and document.kind in FINAL:
        emails.documents_ready(document.enrolment, [document])


def _locked(about: Subject, among: Held | None) -> Held:
    """Lock the session first, as everybody does, and read it under the lock."""
    session_id = about.pk if isinstance(about, Session) else about.session_id
    seats.lock(session_id)
    return among or held(_with_course(session_id))


def _draft(kind: DocumentKind, about: Subject, among: Held) -> Draft:
    return PAPERS[kind].draft(_as_it_is(about, among), among)


def _as_it_is(about: Subject, among: Held) -> Subject:
    """The subject under the lock: a name may have been corrected since the page was shown."""
    if isinstance(about, Session):
        return among.session
    if isinstance(about, TimeSlot):
        return TimeSlot.objects.select_related("trainer").get(pk=about.pk)
    enrolment: Enrolment = among.enrolments().get(pk=about.pk)
    enrolment.session = among.session
    return enrolment


def _with_course(session_id: int) -> Session:
    return Session.objects.select_related("course", "venue").get(pk=session_id)
