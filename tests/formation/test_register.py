"""What the register says of the training desk: corrections, consents, what an erasure does."""

from datetime import timedelta

import pytest

from courrier.models import OutgoingMessage
from formation.enums import EnrolmentState, SurveyKind
from formation.exceptions import EnrolmentRefused, StillNeeded
from formation.models import (
    Complaint,
    Enrolment,
    EnrolmentRequest,
    ImprovementAction,
    IssuedDocument,
    Session,
    Survey,
    TailoredRequest,
    Trainer,
)
from formation.services import surveys
from formation.services.audit import faults
from formation.services.enrolment import enrol
from formation.services.forgetting import NOBODYS_ADDRESS
from rgpd.register import REGISTER, Person
from rgpd.services.erasure import erase
from site_enys.states import PERSON
from tests.countdowns import goes_on_its_day
from tests.factories.formation import (
    SessionFactory,
    TrainerFactory,
    a_complaint,
    confirmed,
    group,
    individual,
    sign_up,
    tailored_request,
)
from tests.harness.clock import paris
from tests.markers import traces

pytestmark = pytest.mark.django_db

NOW = paris(2027, 1, 15, 10)
STARTS = paris(2027, 3, 1, 9)
ENDED = paris(2027, 3, 4, 9)
FIRST, SECOND = Person("stagiaire1@exemple.test"), Person("stagiaire2@exemple.test")
CONTACT = Person("direction@deux-rives.test")
ENTRY = REGISTER[Enrolment]


def erased(person, now=NOW):
    return erase(person, by=PERSON, now=now)


def reasons(done):
    return " ".join(why for _, _, why in done.kept)


@pytest.fixture
def full():
    """A session of one seat, taken by the first person; the second one waits."""
    session = SessionFactory(first=STARTS, capacity=1)
    enrol(session, individual(1), NOW)
    enrol(session, individual(2), NOW)
    return session


# -- A place that is given back ------------------------------------------------------------------


def test_whoever_is_forgotten_gives_her_place_back_and_the_list_moves(full):
    erased(FIRST)

    assert Enrolment.objects.get().email == SECOND.email
    assert Enrolment.objects.get().state == EnrolmentState.OFFERED
    assert list(faults(NOW)) == []
    assert EnrolmentRequest.objects.count() == 1


def test_nothing_of_her_stays_but_the_proof_of_her_request(full):
    erased(FIRST)

    told = {"courrier.OutgoingMessage.to", "rgpd.RightsRequest.email"}
    left = set(traces(FIRST.email, "Moreau 1"))
    assert left - told <= {"courrier.OutgoingMessage.text", "courrier.OutgoingMessage.html"}
    # What the team must still read is forgotten as it leaves.
    naming = OutgoingMessage.objects.filter(text__contains="Moreau 1")
    assert set(naming.values_list("secret", flat=True)) <= {True}


def test_whoever_waited_leaves_the_list(full):
    erased(SECOND)

    full.refresh_from_db()
    assert (full.seats_taken, full.waiting_count) == (1, 0)
    assert list(faults(NOW)) == []


def test_a_request_that_was_never_answered_goes_even_once_the_session_is_over(full):
    erased(FIRST, ENDED)

    assert not Enrolment.objects.filter(email=FIRST.email).exists()
    assert list(faults(ENDED)) == []


def test_erasing_twice_is_erasing_once(full):
    row = Enrolment.objects.get(email=FIRST.email)
    ENTRY.erase_on_request(row, FIRST, NOW)

    ENTRY.erase_on_request(row, FIRST, NOW)

    assert list(faults(NOW)) == []


@pytest.mark.parametrize("state", ["confirmed", "withdrawal_period", "attended"])
def test_a_definite_enrolment_is_kept_and_says_what_to_do(full, state):
    rows = Enrolment.objects.filter(email=FIRST.email)
    rows.update(state=state, withdrawal_ends_on=ENDED.date())

    done = erased(FIRST)

    assert rows.get().state == state
    assert "article" in reasons(done)
    with pytest.raises(StillNeeded):
        ENTRY.erase_on_request(rows.get(), FIRST, NOW)


# -- A proof that stays, without the rest --------------------------------------------------------


def test_a_trainee_keeps_her_proof_and_loses_the_rest():
    session = SessionFactory(first=STARTS)
    [own] = confirmed(session, 1, now=NOW)
    Enrolment.objects.update(phone="0611223344", note="Note", wants_accommodation_call=True)

    done = erased(FIRST, ENDED)

    own.refresh_from_db()
    assert (own.first_name, own.phone, own.note) == ("Aïcha", "", "")
    assert not own.wants_accommodation_call
    assert own.events.last().transition == "forget"
    assert "2\u00a0mars 2033" in reasons(done)
    assert "L6353-1" in reasons(done)


def test_a_session_that_europe_pays_for_is_kept_ten_years():
    session = SessionFactory(first=STARTS, cofinanced=True)
    [own] = confirmed(session, 1, now=NOW)

    assert "2\u00a0mars 2037" in ENTRY.kept_by_law(own, ENDED)
    assert "Union européenne" in ENTRY.kept_by_law(own, ENDED)


def test_a_colleague_who_leaves_takes_nothing_of_the_others():
    request = enrol(SessionFactory(first=STARTS), group(1, 2), NOW)

    erased(FIRST)

    assert [one.email for one in request.enrolments.all()] == [SECOND.email]
    assert EnrolmentRequest.objects.get().contact_email == CONTACT.email


def test_the_contact_stays_while_her_people_wait_for_their_course():
    enrol(SessionFactory(first=STARTS), sign_up(1, contact_phone="0611223344"), NOW)

    done = erased(CONTACT)

    request = EnrolmentRequest.objects.get()
    assert (request.contact_email, request.contact_phone) == (CONTACT.email, "")
    assert "Dites-nous qui la suivra" in reasons(done)


def test_the_contact_of_people_who_left_is_forgotten_and_not_they():
    request = enrol(SessionFactory(first=STARTS), sign_up(1), NOW)
    request.enrolments.update(state=EnrolmentState.WITHDRAWN)
    Session.objects.update(seats_taken=0)

    erased(CONTACT)

    request.refresh_from_db()
    assert request.contact_email == NOBODYS_ADDRESS
    assert request.enrolments.get().email == FIRST.email
    assert traces("Martine Aubert") == []


# -- Corrections and consents --------------------------------------------------------------------


def test_she_corrects_her_name_until_it_is_printed():
    [own] = confirmed(SessionFactory(first=STARTS), 1, now=NOW)

    ENTRY.correct(own, {"first_name": "Aïssa"}, NOW)

    own.refresh_from_db()
    assert own.first_name == "Aïssa"
    assert own.events.last().transition == "correct"
    IssuedDocument.objects.create(
        kind="convocation",
        number="C-1",
        subject=f"enrolment:{own.pk}",
        session=own.session,
        enrolment=own,
        issued_at=NOW,
    )
    with pytest.raises(EnrolmentRefused, match="déjà été délivré") as refused:
        ENTRY.correct(own, {"first_name": "Aline", "last_name": own.last_name}, NOW)
    assert refused.value.field == "first_name"
    ENTRY.correct(own, {"first_name": "Aïssa", "phone": "06 11 22 33 44"}, NOW)


def test_a_telephone_that_is_none_is_refused_beside_its_field():
    [own] = confirmed(SessionFactory(first=STARTS), 1, now=NOW)

    with pytest.raises(EnrolmentRefused, match="numéro") as refused:
        ENTRY.correct(own, {"phone": "<b>"}, NOW)

    assert refused.value.field == "phone"


@pytest.mark.parametrize(
    ("model", "prefix", "make"),
    [(Complaint, "author", a_complaint), (TailoredRequest, "contact", tailored_request)],
)
def test_an_author_corrects_how_to_reach_her(model, prefix, make):
    row = make(NOW)
    names = f"{prefix}_name", f"{prefix}_phone"

    REGISTER[model].correct(row, dict(zip(names, ("Awa Diop-Sy", "0611223344"), strict=True)), NOW)

    row.refresh_from_db()
    assert [getattr(row, name) for name in names] == ["Awa Diop-Sy", "0611223344"]
    assert row.events.last().transition == "correct"
    with pytest.raises(EnrolmentRefused):
        REGISTER[model].correct(row, {names[1]: "<b>"}, NOW)


def test_a_wish_and_the_right_to_quote_are_taken_back():
    [own] = confirmed(SessionFactory(first=STARTS), 1, now=NOW)
    Enrolment.objects.update(wants_accommodation_call=True)
    own.refresh_from_db()
    [wish], survey = ENTRY.consents, a_survey(own, may_publish=True)
    [quote] = REGISTER[Survey].consents

    assert (wish.given(own), quote.given(survey)) == (NOW, ENDED)
    wish.withdraw(own, NOW)
    quote.withdraw(survey, NOW)

    own.refresh_from_db(), survey.refresh_from_db()
    assert (wish.given(own), quote.given(survey)) == (None, None)


# -- Surveys and complaints ----------------------------------------------------------------------


def a_survey(enrolment, kind=SurveyKind.HOT, **more):
    return Survey.objects.create(
        kind=kind,
        session=enrolment.session,
        respondent=f"enrolment:{enrolment.pk}",
        enrolment=enrolment,
        sent_at=ENDED,
        answered_at=ENDED,
        answers={"satisfaction": 4, "attentes": "Un secret"},
        rating=4,
        comment="Un secret",
        **more,
    )


def test_an_opinion_that_is_forgotten_is_not_asked_for_again():
    [own] = confirmed(SessionFactory(first=STARTS), 1, now=NOW)
    survey = a_survey(own)

    erased(FIRST, ENDED)

    survey.refresh_from_db()
    assert (survey.answers, survey.comment, survey.rating) == ({}, "", None)
    assert not [due for due in surveys.sending.due(ENDED) if due.kind == SurveyKind.HOT]
    assert surveys.remind_due(ENDED + timedelta(days=20)) == 0


def test_an_opinion_that_is_closed_keeps_its_marks_and_nobody():
    [own] = confirmed(SessionFactory(first=STARTS), 1, now=NOW)
    survey = a_survey(own)

    erased(FIRST, ENDED + timedelta(days=60))

    survey.refresh_from_db()
    assert (survey.answers, survey.rating, survey.enrolment) == ({"satisfaction": 4}, 4, None)
    assert list(REGISTER[Survey].find(FIRST)) == []


def test_a_complaint_that_is_answered_loses_its_author_in_the_texts_too():
    row = a_complaint(NOW, text="Moi, Awa Diop, j’ai attendu.")
    Complaint.objects.update(state="answered", answered_at=ENDED, answer="Madame Awa Diop, pardon.")

    done = erased(Person("awa@exemple.test"), ENDED)

    row.refresh_from_db()
    assert row.text == "Moi, …, j’ai attendu."
    assert traces("Awa Diop") == []
    assert "L6316-1" in reasons(done)
    assert "4\u00a0mars 2031" in reasons(done)


def test_a_complaint_that_waits_for_its_answer_keeps_the_means_to_give_it():
    row = a_complaint(NOW)

    done = erased(Person("awa@exemple.test"))

    row.refresh_from_db()
    assert row.author_email == "awa@exemple.test"
    assert "Nous vous devons une réponse" in reasons(done)


def test_a_request_for_a_team_goes_unless_it_was_won():
    row = tailored_request(NOW)
    person = Person(row.contact_email)
    TailoredRequest.objects.update(state="won")
    assert "contrat" in reasons(erased(person))

    TailoredRequest.objects.update(state="quoted")
    erased(person)

    assert not TailoredRequest.objects.exists()
    assert traces("Rachid Ouali") == []


def test_a_trainer_is_kept_while_a_course_or_a_proof_names_her():
    entry, trainer = REGISTER[Trainer], TrainerFactory(name="Partie", email="p@exemple.test")
    assert entry.kept_by_law(trainer, NOW) == ""
    session = SessionFactory(first=STARTS)

    slot = session.slots.first()
    slot.trainer = trainer
    slot.save()
    assert "2033" in entry.kept_by_law(trainer, NOW)

    session.course.trainers = [trainer]
    session.course.save()
    assert "L6353-8" in entry.kept_by_law(trainer, NOW)
    assert entry.countdown_of(trainer).day is None


# -- The day that is told is the day -------------------------------------------------------------


@pytest.mark.parametrize("state", ["requested", "waitlisted", "withdrawn", "confirmed", "attended"])
@pytest.mark.parametrize("cofinanced", [False, True])
def test_an_enrolment_and_its_request_go_on_the_day_that_is_told(state, cofinanced):
    session = SessionFactory(first=STARTS, cofinanced=cofinanced)
    request = enrol(session, group(1, 2), NOW)
    Enrolment.objects.filter(email=FIRST.email).update(state=state)

    for row in (*Enrolment.objects.all(), request):
        assert goes_on_its_day(row)


@pytest.mark.parametrize("state", ["received", "in_progress", "quoted", "won", "closed"])
def test_a_request_for_a_team_goes_on_the_day_that_is_told(state):
    row = tailored_request(NOW)
    TailoredRequest.objects.update(state=state)
    row.refresh_from_db()

    assert goes_on_its_day(row)


@pytest.mark.parametrize("state", ["answered", "set_aside", "discarded"])
def test_a_complaint_goes_on_the_day_that_is_told(state):
    row = a_complaint(NOW)
    Complaint.objects.update(state=state, answered_at=ENDED if state == "answered" else None)
    row.refresh_from_db()

    assert goes_on_its_day(row)


def test_an_answer_an_action_and_a_paper_go_on_the_day_that_is_told():
    [own] = confirmed(SessionFactory(first=STARTS), 1, now=NOW)
    paper = IssuedDocument.objects.create(
        kind="convocation", number="C-1", session=own.session, enrolment=own, issued_at=NOW
    )
    action = ImprovementAction.objects.create(
        title="Une clé", responsible="Inès", done_on=ENDED.date()
    )

    assert goes_on_its_day(a_survey(own))
    assert goes_on_its_day(action)
    assert goes_on_its_day(paper)
    REGISTER[ImprovementAction].erase(action)
    assert REGISTER[ImprovementAction].countdown_of(action).day is None
