"""Sessions that were held, with all that their documents say."""

from datetime import datetime
from typing import Any

from formation.enums import Assessment, EnrolmentState, Presence, SessionState, SignedBy
from formation.models import (
    Attendance,
    CatalogueIndexPage,
    Enrolment,
    Session,
    TimeSlot,
    TrainingInformationPage,
)
from formation.services.enrolment import SignUp, enrol
from tests.factories.formation import SessionFactory, TrainerFactory, known_firm, sign_up
from tests.harness.clock import paris

STARTS = paris(2027, 3, 1, 9)
BEFORE = paris(2027, 1, 15, 10)
AFTER = paris(2027, 3, 3, 10)


def session_to_hold(first: datetime = STARTS, **answers: Any) -> Session:
    """A session that is kept, of a firm that has said everything."""
    known_firm()
    rules()
    session = SessionFactory(first=first, state=SessionState.CONFIRMED, **answers)
    trainer = TrainerFactory()
    for number, slot in enumerate(session.slots.order_by("starts_at"), start=1):
        TimeSlot.objects.filter(pk=slot.pk).update(subject=f"Module {number}", trainer=trainer)
    return Session.objects.select_related("course", "venue").get(pk=session.pk)


def rules() -> TrainingInformationPage:
    """The internal rules, with headings and lists of every level."""
    page = CatalogueIndexPage.objects.get().internal_rules_page.specific
    page.body = [
        ("paragraph", "<h3>Article 1</h3><p>La sécurité <b>d’abord</b>.</p>"),
        ("heading", {"text": "Discipline", "lead": "Le respect."}),
        ("paragraph", "<h2>Article 2</h2><ul><li>Être à l’heure</li><li>Signer</li></ul>"),
        ("callout", {"tone": "info", "title": "À savoir", "text": "<p>Affiché en salle.</p>"}),
        ("steps", {"title": "Sanctions", "steps": [{"title": "Dire", "text": "oralement"}] * 2}),
        ("quote", {"text": "La règle commune.", "source": "Le cabinet"}),
        (
            "faq",
            {"title": "Questions", "questions": [{"question": "Où ?", "answer": "<p>Ici.</p>"}]},
        ),
    ]
    page.save_revision().publish()
    return page


def confirmed(session: Session, data: SignUp | None = None) -> list[Enrolment]:
    """People who are expected."""
    request = enrol(session, data or sign_up(1), BEFORE)
    request.enrolments.update(state=EnrolmentState.CONFIRMED)
    return list(request.enrolments.order_by("pk"))


def taught(
    session: Session, data: SignUp | None = None, *, half_days: int = 99, **columns: Any
) -> list[Enrolment]:
    """People who followed the first half-days of a session that is closed."""
    people = confirmed(session, data)
    slots = list(session.slots.order_by("starts_at"))
    for enrolment in people:
        for slot in slots[:half_days]:
            Attendance.objects.create(
                enrolment=enrolment,
                slot=slot,
                presence=Presence.PRESENT,
                minutes=int((slot.ends_at - slot.starts_at).total_seconds() // 60),
                signed_by=SignedBy.CODE,
                signed_at=slot.starts_at,
            )
    state = EnrolmentState.ATTENDED if half_days >= len(slots) else EnrolmentState.PARTLY_ATTENDED
    own = Enrolment.objects.filter(pk__in=[one.pk for one in people])
    own.update(**{"state": state, "assessment": Assessment.ACQUIRED} | columns)
    Session.objects.filter(pk=session.pk).update(state=SessionState.COMPLETED)
    session.refresh_from_db()
    return list(own.order_by("pk"))
