"""Every e-mail to trainees and employers, word for word, as `tests/formation/mails/` holds it.

A change of wording is read in the file that changes with it.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from courrier.models import OutgoingMessage
from formation import emails
from formation.enums import SurveyKind
from formation.models import Agreement, Enrolment, EnrolmentRequest, Session, Survey, Trainer
from formation.services import agreements, complaints, quotes, signatures, surveys
from formation.services.after_session import deliver_final_documents
from formation.services.agreement_lifecycle import AGREEMENT_LIFECYCLE
from formation.services.changes import correct, correct_contact, substitute, transfer
from formation.services.enrolment import enrol, enrol_visitor
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from formation.services.sessions import SESSION_LIFECYCLE, reschedule, settle_after_edit
from formation.services.timed import expire_offers, remind_of_offers
from formation.services.trainers import send_desk
from site_enys.states import PERSON, SYSTEM, Actor, Role
from tests.factories.formation import (
    CoursePageFactory,
    SessionFactory,
    TrainerFactory,
    VenueFactory,
    a_complaint,
    agreement_to_sign,
    group,
    half_days,
    individual,
    known_firm,
    sign_up,
    trainee,
)
from tests.factories.paperwork import taught
from tests.harness.clock import paris
from tests.mails import assert_says, kinds_of, last_mail

pytestmark = pytest.mark.django_db

HERE = Path(__file__).parent / "mails"
NOW = paris(2027, 1, 15, 10)
STARTS = paris(2027, 3, 1, 9)
STAFF = Actor(Role.STAFF)
LINK = re.compile(
    r"(https?://\S+/(?:suivi/lien/\w+|evaluation/lien|animation/lien|animation/agenda|convention/lien)/)\S+"
)
RECORD = re.compile(r"/(enrolment|complaint|agreement)/inspect/\d+/")
CODE = re.compile(r"^\d{3}\xa0\d{3}$", re.MULTILINE)


@pytest.fixture
def session():
    course = CoursePageFactory(title="Conduire une recherche-action", slug="recherche", code="RA")
    return SessionFactory(first=STARTS, capacity=3, course=course, code="RA-2027-03")


def move(enrolment: Enrolment, *names: str, now=NOW) -> None:
    for name in names:
        by = SYSTEM if name in {"cancel", "end_withdrawal_period"} else STAFF
        ENROLMENT_LIFECYCLE.apply(enrolment, name, by=by, now=now, reason="Motif.")


def one(session: Session, data=None) -> Enrolment:
    return enrol(session, data or sign_up(1), NOW).enrolments.get()


def waiting(session: Session) -> Enrolment:
    """Somebody at the head of the list, just behind a group that holds all the seats."""
    enrol(session, group(7, 8, 9), NOW)
    return one(session, individual(1))


def an_offer(session: Session) -> Enrolment:
    waits = waiting(session)
    move(Enrolment.objects.get(last_name="Moreau 7"), "withdraw")
    return waits


def an_offer_in_time(session, act: Callable[..., object]) -> None:
    waits = an_offer(session)
    waits.refresh_from_db()
    act(waits.offer_expires_at)


def elsewhere(session: Session) -> Session:
    return SessionFactory(first=paris(2027, 4, 1, 9), course=session.course, code="RA-2027-04")


def a_contract(session: Session) -> Enrolment:
    alone = one(session, individual(1))
    move(alone, "accept", "sign_contract")
    return alone


def another_place(session: Session) -> None:
    one(session)
    before = Session.objects.get(pk=session.pk)
    session.venue = VenueFactory(name="Salle du Quai", city="Lyon")
    session.save()
    settle_after_edit(session, before, NOW)


def ask_about_the_session(session: Session) -> Survey:
    """Somebody has followed the session, which has just ended."""
    move(one(session), "confirm_directly")
    surveys.send_due(session.ends_at)
    return Survey.objects.get(kind=SurveyKind.HOT)


def details() -> dict[str, str]:
    return {"first_name": "Aïcha", "last_name": "Diop", "email": "neuf@exemple.test", "phone": ""}


def final_documents(session: Session) -> None:
    known_firm()
    taught(session, group(1, 2))
    deliver_final_documents(paris(2027, 3, 3, 10))


def trainer() -> Trainer:
    return TrainerFactory(name="Sylvie Armand", email="sylvie@exemple.test")


def given(session: Session) -> Session:
    """A session whose first half-day names its trainer."""
    slot = session.slots.order_by("starts_at").first()
    slot.trainer = trainer()
    slot.save()
    return session


def kept(session: Session) -> None:
    SESSION_LIFECYCLE.apply(given(session), "confirm", by=STAFF, now=NOW)


def called_off(session: Session) -> None:
    SESSION_LIFECYCLE.apply(given(session), "cancel", by=STAFF, now=NOW, reason="Effectif.")


def nobody_came(session: Session) -> None:
    request = enrol(session, group(1, 2), NOW)
    request.enrolments.update(state="confirmed")
    over = paris(2027, 3, 2, 18)
    SESSION_LIFECYCLE.apply(
        session, "complete", by=STAFF, now=over, forced=True, reason="Feuilles vides."
    )


def a_second_agreement(session: Session) -> None:
    first = agreement_to_sign(group(1, 2), NOW, session)
    agreements.send(first.request, known_firm(), by=STAFF, now=NOW)


def a_code(session: Session) -> Agreement:
    asked = agreement_to_sign(individual(1), NOW, session)
    signatures.accept(asked, "Aïcha Moreau", NOW, now=NOW)
    return asked


CONTACT = {"contact_name": "Léa Petit", "contact_email": "lea@exemple.test", "contact_phone": ""}

#: The kind of the e-mail, and what makes it leave.
SCENES: dict[str, Callable[[Session], object]] = {
    "received": lambda session: one(session, individual(1)),
    "waitlisted": waiting,
    "already_enrolled": lambda session: [enrol_visitor(session, sign_up(1), NOW) for _ in "12"],
    "company_received": lambda session: enrol(session, group(1, 2), NOW),
    "offered": an_offer,
    "offer_reminder": lambda session: (an_offer(session), remind_of_offers(paris(2027, 1, 17, 0))),
    "offer_accepted": lambda session: move(an_offer(session), "accept_offer"),
    "offer_expired": lambda session: an_offer_in_time(session, expire_offers),
    "accepted": lambda session: move(one(session), "accept"),
    "contract_signed": a_contract,
    "confirmed": lambda session: move(one(session), "confirm_directly"),
    "reopened": lambda session: move(one(session), "accept", "reopen"),
    "declined": lambda session: (elsewhere(session), move(one(session), "decline")),
    "withdrawn": lambda session: move(one(session), "withdraw"),
    "retracted": lambda session: move(a_contract(session), "retract"),
    "substituted": lambda session: substitute(one(session), trainee(2), by=PERSON, now=NOW),
    "takes_the_place": lambda session: substitute(one(session), trainee(2), by=PERSON, now=NOW),
    "transferred": lambda session: transfer(one(session), elsewhere(session), by=PERSON, now=NOW),
    "corrected": lambda session: correct(one(session), details(), by=PERSON, now=NOW),
    "address_changed": lambda session: correct(one(session), details(), by=PERSON, now=NOW),
    "link": lambda session: emails.link_again(one(session, individual(1))),
    "company_link": lambda session: correct_contact(
        one(session).request, CONTACT, by=PERSON, now=NOW
    ),
    "company_change": lambda session: move(one(session), "accept"),
    "cancelled": lambda session: (
        one(session),
        SESSION_LIFECYCLE.apply(session, "cancel", by=STAFF, now=NOW, reason="Motif."),
    ),
    "postponed": lambda session: (
        one(session),
        SESSION_LIFECYCLE.apply(session, "postpone", by=STAFF, now=NOW, reason="Motif."),
    ),
    "rescheduled": lambda session: (
        one(session),
        reschedule(session, half_days(paris(2027, 4, 1, 9)), by=STAFF, now=NOW, reason="Motif."),
    ),
    "moved": another_place,
    "convocation": lambda session: emails.convocation(one(session)),
    "reminder": lambda session: emails.reminder(one(session)),
    "documents_ready": final_documents,
    "company_documents": final_documents,
    "no_show": nobody_came,
    "trainer_link": lambda session: send_desk(trainer()),
    "trainer_kept": kept,
    "trainer_news": called_off,
    "trainer_eve": lambda session: emails.trainer_eve(trainer(), session),
    "agreement": a_second_agreement,
    "agreement_reminder": lambda session: (
        agreement_to_sign(individual(1), NOW, session),
        agreements.remind(NOW + timedelta(days=3)),
    ),
    "agreement_code": a_code,
    "agreement_signed": lambda session: signatures.sign(a_code(session), now=NOW),
    "agreement_signed_staff": lambda session: signatures.sign(a_code(session), now=NOW),
    "agreement_revoked": lambda session: AGREEMENT_LIFECYCLE.apply(
        agreement_to_sign(group(1, 2), NOW, session), "revoke", by=STAFF, now=NOW, reason="Erreur."
    ),
    "quote": lambda session: quotes.send_quote(
        one(session).request, known_firm(), by=STAFF, now=NOW
    ),
    "call": lambda session: one(session, sign_up(1, wants_accommodation_call=True)),
    "survey": ask_about_the_session,
    "survey_reminder": lambda session: surveys.remind(
        ask_about_the_session(session), now=session.ends_at + timedelta(days=1)
    ),
    "complaint_received": lambda session: a_complaint(NOW, session=session),
    "complaint_staff": lambda session: a_complaint(NOW, session=session),
    "complaint_answered": lambda session: complaints.answer(
        a_complaint(NOW, session=session),
        "Vous avez raison.\n\nLa salle est désormais ouverte à 8 h.",
        root_cause="Clé oubliée.",
        by=STAFF,
        now=NOW,
    ),
    "staff_request": lambda session: enrol(session, group(1, 2), NOW),
    "staff_news": lambda session: ENROLMENT_LIFECYCLE.apply(
        one(session), "withdraw", by=PERSON, now=NOW
    ),
}


@pytest.mark.parametrize("kind", SCENES)
def test_the_e_mail_says_exactly_this(session, kind):
    SCENES[kind](session)

    mail = last_mail(f"formation_{kind}")
    assert_says(
        mail, HERE / f"{kind}.txt", (LINK, r"\1…"), (RECORD, r"/\1/inspect/…/"), (CODE, "… …")
    )


def test_every_e_mail_of_the_module_has_its_file():
    others = {"tailored_received", "tailored_staff"}

    assert kinds_of("formation") - others == set(SCENES)
    assert {path.stem for path in HERE.glob("*.txt")} == set(SCENES)


def respondent(kind: str, session: Session) -> dict[str, Enrolment | EnrolmentRequest | Trainer]:
    enrolment = one(session)
    if kind in {SurveyKind.COMPANY, SurveyKind.FUNDER}:
        return {"request": enrolment.request}
    if kind == SurveyKind.TRAINER:
        return {"trainer": TrainerFactory(name="Léa Fabre", email="lea@exemple.test")}
    return {"enrolment": enrolment}


@pytest.mark.parametrize("kind", SurveyKind.values)
def test_each_questionnaire_is_sent_in_these_words(session, kind):
    survey = Survey.objects.create(
        kind=kind,
        session=session,
        respondent="essai",
        email="opco@exemple.test" if kind == SurveyKind.FUNDER else "",
        sent_at=session.ends_at,
        **respondent(kind, session),
    )

    mail = emails.survey(survey, surveys.closes_at(survey))

    said = LINK.sub(r"\1…", f"À : {mail.to}\nObjet : {mail.subject}\n\n{mail.text}")
    assert said == (HERE / "surveys" / f"{kind}.txt").read_text(encoding="utf-8")


def test_the_second_reminder_says_that_it_is_the_last(session):
    survey = ask_about_the_session(session)
    for day in (1, 2):
        surveys.remind(survey, now=session.ends_at + timedelta(days=day))

    mail = OutgoingMessage.objects.filter(kind="formation_survey_reminder").order_by("pk").last()
    assert mail.subject.startswith("Dernière relance")
    assert "nous ne vous écrirons plus à ce sujet" in mail.text
