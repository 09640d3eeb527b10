"""The yearly report: each line adds up what attendance and agreements prove."""

import io
from datetime import timedelta
from decimal import Decimal

from django.urls import reverse

import openpyxl
import pytest
import time_machine

from formation.enums import (
    DeliveryMode,
    EnrolmentState,
    Funder,
    Presence,
    PriceUnit,
    TraineeStatus,
)
from formation.models import Enrolment, EnrolmentRequest
from formation.services.bpf import report
from home.models import OrganisationSettings
from tests.factories.formation import (
    CoursePageFactory,
    TrainerFactory,
    group,
    individual,
    known_firm,
    sign_up,
)
from tests.factories.running import close, confirmed, countersign, follow, held_session
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

MARCH = paris(2027, 3, 1, 9)
NOW = paris(2028, 2, 1, 10)
HALF_DAY = Decimal("3.5")


@pytest.fixture
def session():
    return held_session(MARCH, trainer=TrainerFactory())


def of(code, year=2027, now=NOW):
    return report(year, known_firm(), now).line(code)


def gaps(year=2027, organisation=None, now=NOW):
    found = report(year, organisation or known_firm(), now).gaps
    return {(gap.part, gap.singular): list(gap.records) for gap in found}


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (sign_up, "", "F-1a"),
        (individual, "", "F-1d"),
        (sign_up, TraineeStatus.OTHER, "F-1e"),
        (sign_up, TraineeStatus.APPRENTICE, "F-1b"),
        (individual, TraineeStatus.JOB_SEEKER, "F-1c"),
    ],
)
def test_a_trainee_counts_where_the_kind_of_buyer_or_the_team_says(session, data, status, code):
    [person] = confirmed(session, data(), trainee_status=status)
    follow(person)

    line, total = of(code), of("F-1")

    assert (line.people, line.hours) == (total.people, total.hours) == (1, 7)


def test_only_the_hours_that_were_followed_count(session):
    whole, late, absent, excused, _unknown = confirmed(session, group(1, 2, 3, 4, 5))
    first, second = session.slots.all()
    follow(whole)
    follow(late, [first], presence=Presence.LATE, minutes=150)
    follow(late, [second], presence=Presence.ABSENT)
    follow(absent, presence=Presence.ABSENT)
    follow(excused, presence=Presence.EXCUSED)

    total = of("F-1")

    assert (total.people, total.hours) == (2, 7 + Decimal("2.5"))


@pytest.mark.parametrize(
    "state", [EnrolmentState.WITHDRAWN, EnrolmentState.SUBSTITUTED, EnrolmentState.REQUESTED]
)
def test_who_was_not_definitely_enrolled_does_not_count(session, state):
    [person] = confirmed(session)
    follow(person)
    Enrolment.objects.update(state=state)

    assert (of("F-1").people, of("C").amount) == (0, 0)


@pytest.mark.parametrize(
    "state", [EnrolmentState.ATTENDED, EnrolmentState.PARTLY_ATTENDED, EnrolmentState.NO_SHOW]
)
def test_the_outcome_of_an_enrolment_keeps_it_in_the_report(session, state):
    [person] = confirmed(session)
    follow(person)
    Enrolment.objects.update(state=state)

    assert of("F-1").people == 1


def test_hours_count_in_the_year_of_their_half_day():
    session = held_session(paris(2027, 12, 31, 9), days=2, trainer=TrainerFactory())
    [person] = confirmed(session)
    follow(person)

    assert (of("F-1", 2027).hours, of("F-1", 2028).hours) == (7, 7)
    assert (of("E-1", 2027).hours, of("E-1", 2028).hours) == (7, 7)


def test_midnight_in_paris_parts_the_years():
    """The second half-day begins at half past midnight, still the last year in UTC."""
    session = held_session(paris(2027, 12, 31, 20), trainer=TrainerFactory())
    [person] = confirmed(session)
    follow(person)

    assert (of("F-1", 2027).hours, of("F-1", 2028).hours) == (HALF_DAY, HALF_DAY)


def test_a_person_followed_by_distance_or_in_part_is_counted_apart():
    remote = held_session(MARCH, delivery_mode=DeliveryMode.BLENDED)
    here = held_session(MARCH + timedelta(days=7))
    follow(confirmed(remote)[0])
    follow(confirmed(here)[0])

    assert (of("F-1").people, of("F-1 dont").people) == (2, 1)


def test_trainers_are_counted_once_and_apart_when_they_subcontract():
    inside = TrainerFactory(name="Nadia Benali")
    outside = TrainerFactory(name="Paul Roy", subcontractor=True)
    for week, trainer in enumerate((inside, inside, outside)):
        session = held_session(MARCH + timedelta(weeks=week), trainer=trainer)
        follow(confirmed(session)[0])

    assert (of("E-1").people, of("E-1").hours) == (1, 14)
    assert (of("E-2").people, of("E-2").hours) == (1, 7)
    assert (of("F-2").people, of("F-2").hours) == (1, 7)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"is_certifying": True, "certification_code": "RNCP12345"}, "F-3a"),
        ({"is_certifying": True, "certification_code": "RS 6123"}, "F-3b"),
        ({"is_certifying": False}, "F-3d"),
    ],
)
def test_the_objective_follows_from_the_certification(fields, code):
    course = CoursePageFactory(
        **{
            "certification_title": "Titre",
            "certifier": "Certificateur",
            "certification_success_rate": 90,
            "certification_registered_on": MARCH.date(),
            "certification_blocks": "Blocs.",
            "certification_pathways": "Suites.",
            "certification_prospects": "Débouchés.",
        }
        | fields
    )
    follow(confirmed(held_session(MARCH, course=course))[0])

    assert of(code).people == of("F-3").people == 1


def test_the_first_specialities_have_a_line_and_the_others_are_added_up():
    for number in range(7):
        course = CoursePageFactory(nsf_code=f"33{number}")
        session = held_session(MARCH + timedelta(weeks=number), days=7 - number, course=course)
        follow(confirmed(session)[0])

    part = next(part for part in report(2027, known_firm(), NOW).parts if part.code == "F-4")

    assert [line.code for line in part.lines] == [
        *(f"F-4 33{number}" for number in range(5)),
        "F-4 autres",
        "F-4",
    ]
    assert part.lines[5].hours == 14 + 7


@pytest.mark.parametrize(
    ("data", "funder", "code"),
    [
        (sign_up, "", "C-1"),
        (sign_up, Funder.EMPLOYER, "C-1"),
        (sign_up, Funder.OPCO, "C-2h"),
        (sign_up, Funder.FAF, "C-2g"),
        (sign_up, Funder.PUBLIC, "C-8"),
        (sign_up, Funder.OTHER, "C-11"),
        (individual, "", "C-9"),
    ],
)
def test_a_product_goes_to_the_line_of_its_funder(session, data, funder, code):
    confirmed(session, data())
    EnrolmentRequest.objects.update(funder=funder)

    assert of(code).amount == of("C").amount == 480


def test_a_product_counts_in_the_year_in_which_its_session_ends():
    confirmed(held_session(paris(2027, 12, 31, 9), days=2))

    assert (of("C", 2027).amount, of("C", 2028).amount) == (0, 480)


def test_a_group_price_is_counted_once():
    course = CoursePageFactory(price_unit=PriceUnit.GROUP, price_excl_tax=1500)
    confirmed(held_session(MARCH, course=course), group(1, 2, 3))

    assert of("C").amount == 1500


def test_what_is_to_come_is_not_counted(session):
    confirmed(session)

    assert of("C", now=MARCH).amount == 0
    assert of("E-1", now=MARCH).hours == 0
    assert of("E-1", now=MARCH + timedelta(hours=4)).hours == HALF_DAY


def test_each_gap_is_named_with_its_records():
    course = CoursePageFactory(nsf_code="")
    session = held_session(MARCH, course=course)
    [person] = confirmed(session)
    follow(person)

    found = gaps(organisation=OrganisationSettings())

    assert list(found.values())[1:] == [
        [person.request],
        [person.request],
        [session],
        [session],
        [session],
        [course],
    ]
    assert [part for part, _ in found] == ["A", "C", "C", "E", "F", "F", "F-4"]


def test_nothing_is_missing_once_all_is_filled_in(session):
    [person] = confirmed(session, individual())
    follow(person)
    countersign(session)
    close(session)

    # Only the estimated amount is left: nobody has signed.
    assert [part for part, _ in gaps()] == ["C"]


def test_the_year_costs_as_many_queries_with_one_person_as_with_thirty(count_queries):
    firm = known_firm()
    for number in range(30):
        if number in {1, 29}:
            spent = count_queries(lambda: report(2027, firm, NOW))
            assert spent <= 8
        session = held_session(MARCH + timedelta(days=number), trainer=TrainerFactory())
        follow(confirmed(session, sign_up(number))[0])
    assert count_queries(lambda: report(2027, firm, NOW)) == spent


# -- The screen ---------------------------------------------------------------------------------


@pytest.fixture
def known(session):
    [person] = confirmed(session)
    follow(person)
    known_firm()
    return person


@time_machine.travel(NOW, tick=False)
def test_the_year_to_declare_is_shown_until_the_end_of_april(log_in, known):
    client = log_in("formation")

    page = client.get(reverse("formation_bpf"))

    assert page.context["year"] == 2027
    assert "7\u00a0heures" in page.text
    assert "leur montant est estimé" not in page.text
    assert "1\u00a0demande sans convention" in page.text


@time_machine.travel(paris(2028, 5, 1, 10), tick=False)
def test_from_may_on_the_current_year_is_shown(log_in):
    assert log_in("direction").get(reverse("formation_bpf")).context["year"] == 2028


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize("asked", ["", "abc", "1", "2099", "²", "9" * 500, "2027\x00"])
def test_an_impossible_year_shows_the_usual_one(log_in, asked):
    page = log_in("formation").get(reverse("formation_bpf"), {"annee": asked})

    assert page.context["year"] == 2027


@time_machine.travel(NOW, tick=False)
def test_a_line_leads_to_what_it_adds_up(log_in, known):
    client = log_in("formation")

    page = client.get(reverse("formation_bpf_line", args=["F-1a"]), {"annee": 2027})

    assert known.session.code in page.text
    assert str(known) in page.text
    assert client.get(reverse("formation_bpf_line", args=["F-9"])).status_code == 404


@time_machine.travel(NOW, tick=False)
def test_the_workbook_holds_figures_details_and_gaps(log_in, known):
    answer = log_in("formation").get(reverse("formation_bpf_workbook"), {"annee": 2027})

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["BPF 2027", "Détail", "À compléter"]
    figures = {row[1]: row[3:] for row in book["BPF 2027"].iter_rows(values_only=True)}
    assert figures["F-1a"][:2] == (1, 7)
    assert figures["C-1"][2] == 480


@pytest.mark.parametrize("name", ["formation_bpf", "formation_bpf_workbook"])
@pytest.mark.parametrize("role", ["redaction", "recrutement"])
def test_other_roles_do_not_see_the_figures(log_in, role, name):
    answer = log_in(role).get(reverse(name))

    assert answer.status_code in {302, 403}
