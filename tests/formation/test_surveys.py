"""Who is asked what, when, how often; and what becomes of the answers."""

from datetime import UTC, timedelta

import pytest

from courrier.models import OutgoingMessage
from formation.enums import EnrolmentState, Presence, SessionState, SignedBy, SurveyKind
from formation.exceptions import AlreadyAnswered, NoMoreReminders, SurveyClosed
from formation.jobs import ask_for_opinions
from formation.models import Attendance, Enrolment, Session, Survey
from formation.questionnaires import QUESTIONNAIRES, QuestionKind
from formation.rgpd.surveys import anonymise
from formation.services import surveys
from formation.services.enrolment import enrol
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from site_enys.states import PERSON, Actor, Role
from tests.factories.formation import (
    SessionFactory,
    TrainerFactory,
    group,
    half_days,
    individual,
)
from tests.harness.clock import paris
from tests.races import at_once

pytestmark = pytest.mark.django_db

STAFF = Actor(Role.STAFF)
BEFORE = paris(2027, 2, 1, 10)
STARTS = paris(2027, 3, 1, 9)
# In UTC: the weeks that follow go over the change of the hour.
ENDS = paris(2027, 3, 2, 17).astimezone(UTC)
DAY = timedelta(days=1)
ONE = timedelta(microseconds=1)
S = EnrolmentState
HOT = {
    "satisfaction": 4,
    "objectifs": 3,
    "contenu": 4,
    "animation": 4,
    "rythme": 2,
    "accueil": 3,
    "comment": "Merci.",
}


@pytest.fixture
def session():
    return SessionFactory(first=STARTS, capacity=9)


def confirmed(session, *numbers, data=None):
    request = enrol(session, data or group(*numbers), BEFORE)
    for enrolment in request.enrolments.order_by("pk"):
        ENROLMENT_LIFECYCLE.apply(
            enrolment, "confirm_directly", by=STAFF, now=BEFORE, reason="Commande."
        )
    return request


def kinds_due(now):
    return sorted((one.kind, one.respondent.partition(":")[0]) for one in surveys.due(now))


def set_state(enrolment, state):
    Enrolment.objects.filter(pk=enrolment.pk).update(
        state=state, offer_expires_at=ENDS, withdrawal_ends_on=ENDS.date()
    )


def a_hot_survey(session):
    confirmed(session, 1)
    surveys.send_due(ENDS)
    return Survey.objects.get(kind=SurveyKind.HOT)


def mails(kind="formation_survey"):
    return OutgoingMessage.objects.filter(kind=kind)


# -- Who is due what ----------------------------------------------------------------------------


def test_the_session_of_these_tests_ends_when_they_say(session):
    assert session.ends_at == ENDS


def test_needs_are_asked_from_the_confirmation_until_the_session_begins(session):
    asked = enrol(session, group(1), BEFORE).enrolments.get()
    before = kinds_due(BEFORE)

    ENROLMENT_LIFECYCLE.apply(asked, "confirm_directly", by=STAFF, now=BEFORE, reason="Commande.")

    assert before == []
    assert kinds_due(BEFORE) == [("needs", "enrolment")]
    assert kinds_due(STARTS - ONE) == [("needs", "enrolment")]
    assert kinds_due(STARTS) == []


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (ENDS - ONE, []),
        (ENDS, [("hot", "enrolment")]),
        (ENDS + 7 * DAY, [("company", "request"), ("hot", "enrolment")]),
        (ENDS + 30 * DAY - ONE, [("company", "request"), ("hot", "enrolment")]),
        (ENDS + 30 * DAY, [("company", "request")]),
        (ENDS + 60 * DAY - ONE, [("company", "request")]),
        (ENDS + 60 * DAY, [("cold", "enrolment")]),
        (ENDS + 90 * DAY, []),
    ],
)
def test_each_questionnaire_has_its_weeks_after_the_session(session, now, due):
    confirmed(session, 1)

    assert kinds_due(now) == due


@pytest.mark.parametrize("state", sorted(EnrolmentState))
def test_only_those_who_came_are_asked(session, state):
    enrolment = confirmed(session, 1).enrolments.get()
    set_state(enrolment, state)

    asked = ("hot", "enrolment") in kinds_due(ENDS)

    assert asked is (state in {S.CONFIRMED, S.ATTENDED, S.PARTLY_ATTENDED})


def test_attendance_tells_who_came_before_the_session_is_closed(session):
    present, absent = confirmed(session, 1, 2).enrolments.order_by("pk")
    slots = list(session.slots.all())
    for enrolment, presence, minutes in (
        (present, Presence.LATE, 60),
        (absent, Presence.ABSENT, 0),
    ):
        Attendance.objects.create(
            enrolment=enrolment,
            slot=slots[0],
            presence=presence,
            minutes=minutes,
            signed_by=SignedBy.TRAINER,
            signed_at=STARTS,
        )

    assert [one.enrolment for one in surveys.due(ENDS)] == [present]


@pytest.mark.parametrize(
    "state", [SessionState.DRAFT, SessionState.CANCELLED, SessionState.POSTPONED]
)
def test_nobody_is_asked_about_a_session_that_is_not_held(session, state):
    confirmed(session, 1)
    Session.objects.filter(pk=session.pk).update(state=state)

    assert kinds_due(ENDS) == kinds_due(BEFORE) == []


def test_an_employer_who_is_the_only_trainee_has_one_questionnaire(session):
    data = group(1)
    alone = confirmed(session, data=data)
    type(alone).objects.filter(pk=alone.pk).update(contact_email="STAGIAIRE1@exemple.test")

    assert kinds_due(ENDS + 7 * DAY) == [("hot", "enrolment")]


def test_a_contact_who_sent_two_requests_is_asked_once_for_the_session(session):
    confirmed(session, 1)
    confirmed(session, 2)
    now = ENDS + 7 * DAY

    assert kinds_due(now).count(("company", "request")) == 1
    surveys.send_due(now)
    assert ("company", "request") not in kinds_due(now)


def test_somebody_who_pays_alone_is_no_company(session):
    request = enrol(session, individual(1), BEFORE)
    set_state(request.enrolments.get(), S.ATTENDED)

    assert kinds_due(ENDS + 7 * DAY) == [("hot", "enrolment")]


def test_each_trainer_who_has_an_address_is_asked_once():
    first, second = TrainerFactory(name="Léa", email="lea@x.test"), TrainerFactory(name="Marc")
    slots = half_days(STARTS)
    slots[0].trainer = slots[1].trainer = first
    slots[2].trainer = second
    SessionFactory(first=STARTS, slots=slots)

    assert [one.trainer_id for one in surveys.due(ENDS)] == [first.pk]
    surveys.send_due(ENDS)
    assert mails().get().to == "lea@x.test"
    assert kinds_due(ENDS) == []


# -- Sending and reminders ----------------------------------------------------------------------


def test_each_questionnaire_leaves_once(session):
    confirmed(session, 1, 2)

    first, second = surveys.send_due(ENDS), surveys.send_due(ENDS + DAY)

    assert (first, second) == (2, 0)
    assert {mail.to for mail in mails()} == {
        "stagiaire1@exemple.test",
        "stagiaire2@exemple.test",
    }


def test_who_left_in_the_meantime_is_not_written_to(session):
    enrolment = confirmed(session, 1).enrolments.get()
    [one] = surveys.due(ENDS)
    set_state(enrolment, S.NO_SHOW)

    assert surveys.send_one(one, ENDS) is False
    assert not Survey.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_send_each_questionnaire_once():
    confirmed(SessionFactory(first=STARTS, capacity=9), 1, 2)

    sent = at_once(lambda: surveys.send_due(ENDS), lambda: surveys.send_due(ENDS))

    assert sum(sent) == 2
    assert Survey.objects.count() == mails().count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_remind_once():
    a_hot_survey(SessionFactory(first=STARTS, capacity=9))
    now = ENDS + 4 * DAY

    reminded = at_once(lambda: surveys.remind_due(now), lambda: surveys.remind_due(now))

    assert sum(reminded) == 1
    assert mails("formation_survey_reminder").count() == 1


def test_a_reminder_leaves_after_four_days_another_after_ten_and_no_more(session):
    a_hot_survey(session)
    days_after = (3, 4, 5, 9, 10, 11, 20)

    sent = [(days, surveys.remind_due(ENDS + days * DAY)) for days in days_after]

    assert [days for days, number in sent if number] == [4, 10]
    subjects = list(mails("formation_survey_reminder").order_by("pk").values_list("subject"))
    assert ["Dernière relance" in subject for (subject,) in subjects] == [False, True]


def test_a_clock_that_was_stopped_does_not_remind_twice_at_once(session):
    a_hot_survey(session)

    late = [surveys.remind_due(ENDS + days * DAY) for days in (15, 15.1, 20.9, 21)]

    assert late == [1, 0, 0, 1]


def test_nobody_is_reminded_of_what_is_answered_closed_or_no_longer_theirs(session):
    confirmed(session, 1, 2, 3)
    surveys.send_due(ENDS)
    answered, absent, silent = Survey.objects.order_by("pk")
    surveys.answer(answered, HOT, now=ENDS + DAY)
    set_state(absent.enrolment, S.NO_SHOW)

    reminded = surveys.remind_due(ENDS + 30 * DAY - ONE)

    silent.refresh_from_db()
    assert (reminded, silent.reminders) == (1, 1)
    assert surveys.remind_due(ENDS + 40 * DAY) == 0


def test_staff_reminds_within_the_same_two(session):
    survey = a_hot_survey(session)

    surveys.remind(survey, now=ENDS + DAY)
    surveys.remind(survey, now=ENDS + 2 * DAY)

    with pytest.raises(NoMoreReminders):
        surveys.remind(survey, now=ENDS + 3 * DAY)
    assert surveys.remind_due(ENDS + 20 * DAY) == 0


def test_a_stale_copy_reminds_nobody_twice(session):
    survey = a_hot_survey(session)
    stale = Survey.objects.get(pk=survey.pk)
    surveys.remind(survey, now=ENDS + DAY)

    assert surveys.remind_once(stale, ENDS + DAY) is False
    assert mails("formation_survey_reminder").count() == 1


def test_staff_does_not_remind_who_has_answered_or_whose_time_is_over(session):
    survey = a_hot_survey(session)

    with pytest.raises(SurveyClosed):
        surveys.remind(survey, now=ENDS + 30 * DAY)
    answered = surveys.answer(survey, HOT, now=ENDS)
    with pytest.raises(AlreadyAnswered):
        surveys.remind(answered, now=ENDS)


def test_the_job_sends_and_reminds(session):
    confirmed(session, 1)

    assert ask_for_opinions(ENDS) == "questionnaires\u00a0: 1, relances\u00a0: 0"
    assert ask_for_opinions(ENDS + 4 * DAY) == "questionnaires\u00a0: 0, relances\u00a0: 1"


# -- The funder ---------------------------------------------------------------------------------


def test_the_funder_is_asked_at_the_address_that_staff_gives(session):
    request = confirmed(session, 1)

    survey = surveys.ask_funder(request, "opco@x.test", now=ENDS)

    assert (survey.kind, survey.respondent) == (SurveyKind.FUNDER, f"request:{request.pk}")
    assert mails().get().to == "opco@x.test"


def test_another_address_closes_the_first_link(session):
    request = confirmed(session, 1)
    wrong = surveys.ask_funder(request, "faux@x.test", now=ENDS)

    right = surveys.ask_funder(request, "juste@x.test", now=ENDS + DAY)

    assert right.pk == wrong.pk
    assert right.link_nonce != wrong.link_nonce
    assert Survey.objects.get(kind=SurveyKind.FUNDER).email == "juste@x.test"


@pytest.mark.parametrize("now", [BEFORE, ENDS - ONE, ENDS + 90 * DAY])
def test_the_funder_is_asked_only_after_the_session(session, now):
    request = confirmed(session, 1)

    with pytest.raises(SurveyClosed):
        surveys.ask_funder(request, "opco@x.test", now=now)

    assert not Survey.objects.filter(kind=SurveyKind.FUNDER).exists()


def test_a_funder_who_has_answered_is_left_in_peace(session):
    request = confirmed(session, 1)
    survey = surveys.ask_funder(request, "opco@x.test", now=ENDS)
    surveys.answer(survey, {"satisfaction": 3}, now=ENDS)

    with pytest.raises(AlreadyAnswered):
        surveys.ask_funder(request, "autre@x.test", now=ENDS)


# -- Answers ------------------------------------------------------------------------------------


def test_the_general_mark_and_the_comment_have_their_own_columns(session):
    survey = surveys.answer(a_hot_survey(session), HOT, now=ENDS, may_publish=True)

    assert (survey.rating, survey.comment, survey.may_publish) == (4, "Merci.", True)
    assert survey.answers == {name: HOT[name] for name in HOT if name != "comment"}


def test_an_answer_is_corrected_until_it_closes_and_keeps_its_instant(session):
    survey = a_hot_survey(session)
    surveys.answer(survey, HOT, now=ENDS)

    corrected = surveys.answer(survey, HOT | {"satisfaction": 1}, now=ENDS + 30 * DAY - ONE)
    with pytest.raises(SurveyClosed):
        surveys.answer(survey, HOT, now=ENDS + 30 * DAY)

    assert (corrected.rating, corrected.answered_at) == (1, ENDS)


@pytest.mark.parametrize("state", [S.NO_SHOW, S.WITHDRAWN, S.CANCELLED])
def test_who_was_not_there_does_not_answer(session, state):
    survey = a_hot_survey(session)
    set_state(survey.enrolment, state)

    with pytest.raises(SurveyClosed):
        surveys.answer(survey, HOT, now=ENDS)


def test_needs_are_closed_by_a_withdrawal_and_by_the_session(session):
    request = confirmed(session, 1)
    surveys.send_due(BEFORE)
    survey = Survey.objects.get()
    answers = {"fonction": "Éducatrice", "attentes": "Du recul"}
    surveys.answer(survey, answers, now=STARTS - ONE)

    with pytest.raises(SurveyClosed):
        surveys.answer(survey, answers, now=STARTS)
    enrolment = request.enrolments.get()
    ENROLMENT_LIFECYCLE.apply(enrolment, "withdraw", by=PERSON, now=BEFORE)
    with pytest.raises(SurveyClosed):
        surveys.answer(Survey.objects.get(), answers, now=BEFORE)


def test_what_is_anonymised_is_closed(session):
    survey = a_hot_survey(session)
    anonymise(survey)

    with pytest.raises(SurveyClosed):
        surveys.answer(survey, HOT, now=ENDS)


def test_a_consent_to_be_quoted_needs_words_to_quote(session):
    survey = surveys.answer(
        a_hot_survey(session), HOT | {"comment": ""}, now=ENDS, may_publish=True
    )

    assert survey.may_publish is False


# -- The questions themselves -------------------------------------------------------------------


@pytest.mark.parametrize("kind", SurveyKind)
def test_a_questionnaire_is_short_and_says_what_it_must(kind):
    asked = QUESTIONNAIRES[kind]
    keys = [question.key for question in asked.questions]

    assert len(keys) == len(set(keys)) <= 8
    assert asked.privacy
    assert asked.named is (kind not in {SurveyKind.HOT, SurveyKind.COLD})
    for question in asked.questions:
        assert len(question.words) == 4
        assert bool(question.choices) is (question.kind is QuestionKind.CHOICE)
        assert len(question.key) <= 40


def test_every_kind_has_its_questionnaire_and_its_weeks():
    assert set(QUESTIONNAIRES) == set(SurveyKind)
    assert set(surveys.WINDOWS) == set(SurveyKind) - {SurveyKind.NEEDS}
    for window in surveys.WINDOWS.values():
        assert window.opens < window.closes


def test_looking_for_what_is_due_costs_the_same_for_one_and_for_eight(session, count_queries):
    confirmed(session, 1)
    surveys.send_due(ENDS)
    one = count_queries(lambda: surveys.send_due(ENDS))
    for number in range(2, 9):
        confirmed(session, number)
    surveys.send_due(ENDS)

    assert count_queries(lambda: surveys.send_due(ENDS)) == one
