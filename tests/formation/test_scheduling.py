"""On which days a session is held, and what stands in the way."""

from datetime import UTC, date, timedelta

from django.utils import timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formation.enums import Rhythm, SessionState
from formation.exceptions import YearImplausible
from formation.models import Session, TimeSlot, Trainer, Venue
from formation.services.scheduling import (
    conflicts,
    full_days,
    holiday,
    is_working_day,
    pattern,
    unusual_day,
    working_days,
)
from tests.harness.clock import paris


def days_of(slots):
    return sorted({timezone.localdate(slot.starts_at) for slot in slots})


def hours_of(slots):
    return [f"{timezone.localtime(slot.starts_at):%H:%M}" for slot in slots]


# -- Days ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2027, 1, 1), "Jour de l’an"),
        (date(2027, 3, 29), "Lundi de Pâques"),
        (date(2027, 5, 6), "Ascension"),
        (date(2027, 7, 14), "Fête nationale"),
        (date(2028, 4, 17), "Lundi de Pâques"),
        (date(2027, 3, 30), ""),
        (date(2027, 3, 26), ""),  # Good Friday, off in Alsace and Moselle only
    ],
)
def test_public_holidays_are_those_of_their_year(day, name):
    assert holiday(day) == name
    assert is_working_day(day) is (not name)


def test_working_days_skip_the_weekend_and_the_holiday_that_follows_it():
    # From the Friday before Easter: Saturday, Sunday and Monday are skipped.
    assert working_days(date(2027, 3, 26), 3) == [
        date(2027, 3, 26),
        date(2027, 3, 30),
        date(2027, 3, 31),
    ]


def test_a_week_whose_day_is_a_holiday_is_left_out():
    assert working_days(date(2027, 3, 22), 3, step=7) == [
        date(2027, 3, 22),
        date(2027, 4, 5),
        date(2027, 4, 12),
    ]


def test_what_begins_on_a_sunday_begins_on_the_monday_and_stays_there():
    assert working_days(date(2027, 3, 7), 2, step=7) == [date(2027, 3, 8), date(2027, 3, 15)]


def test_the_turn_of_the_year_is_crossed():
    assert working_days(date(2027, 12, 31), 2) == [date(2027, 12, 31), date(2028, 1, 3)]


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first holidays are long to compute
@given(
    first=st.dates(date(2020, 1, 1), date(2090, 1, 1)),
    count=st.integers(1, 30),
    step=st.sampled_from([1, 7]),
)
def test_working_days_are_as_many_as_asked_in_order_and_all_worked(first, count, step):
    days = working_days(first, count, step=step)

    assert len(days) == count
    assert days == sorted(set(days))
    assert first <= days[0] <= first + timedelta(days=5)
    assert all(is_working_day(day) for day in days)
    assert step == 1 or len({day.weekday() for day in days}) == 1


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2027, 3, 6), "C’est un samedi."),
        (date(2027, 3, 7), "C’est un dimanche."),
        (date(2027, 3, 8), ""),
        (date(2027, 3, 29), "Jour férié\u00a0: Lundi de Pâques."),
        (date(2027, 8, 15), "Jour férié\u00a0: Assomption."),
    ],
)
def test_an_unusual_day_says_why(day, sentence):
    assert unusual_day(day) == sentence


# -- Patterns -----------------------------------------------------------------------------------


def test_whole_days_are_of_seven_hours():
    slots = full_days(2)

    assert hours_of(slots) == ["09:00", "14:00"] * 2
    assert sum((slot.ends_at - slot.starts_at for slot in slots), timedelta()) == timedelta(
        hours=14
    )


def test_the_same_gaps_are_kept_even_on_a_holiday():
    model = [
        TimeSlot(starts_at=paris(2027, 1, 4, 9), ends_at=paris(2027, 1, 4, 12)),
        TimeSlot(starts_at=paris(2027, 1, 11, 14), ends_at=paris(2027, 1, 11, 17)),
    ]

    slots = pattern(model, date(2027, 3, 22), Rhythm.SAME_GAPS)

    assert days_of(slots) == [date(2027, 3, 22), date(2027, 3, 29)]
    assert hours_of(slots) == ["09:00", "14:00"]


@pytest.mark.parametrize(
    ("rhythm", "days"),
    [
        (Rhythm.CONSECUTIVE, [date(2027, 3, 26), date(2027, 3, 30)]),
        (Rhythm.WEEKLY, [date(2027, 3, 26), date(2027, 4, 2)]),
        (Rhythm.SAME_GAPS, [date(2027, 3, 26), date(2027, 3, 27)]),
    ],
)
def test_each_rhythm_lays_out_the_days_its_own_way(rhythm, days):
    assert days_of(pattern(full_days(2), date(2027, 3, 26), rhythm)) == days


def test_nine_in_winter_stays_nine_in_summer():
    winter = paris(2027, 1, 4, 9).astimezone(UTC)  # as the database gives it
    model = [TimeSlot(starts_at=winter, ends_at=winter + timedelta(hours=3))]

    [slot] = pattern(model, date(2027, 7, 5), Rhythm.SAME_GAPS)

    assert (slot.starts_at, slot.ends_at) == (paris(2027, 7, 5, 9), paris(2027, 7, 5, 12))


def test_nine_in_the_morning_stays_nine_over_the_change_of_hour():
    # Summer time begins on 28 March 2027.
    slots = pattern(full_days(2), date(2027, 3, 22), Rhythm.WEEKLY)

    assert hours_of(slots) == ["09:00", "14:00"] * 2
    assert days_of(slots)[1] > date(2027, 3, 28)


def test_subjects_and_trainers_follow_their_half_days_in_order():
    trainer = Trainer(pk=1, name="Marc")
    late = TimeSlot(starts_at=paris(2027, 1, 5, 9), ends_at=paris(2027, 1, 5, 12), subject="Fin")
    early = TimeSlot(starts_at=paris(2027, 1, 4, 9), ends_at=paris(2027, 1, 4, 12), trainer=trainer)

    first, second = pattern([late, early], date(2027, 6, 1), Rhythm.CONSECUTIVE)

    assert (first.trainer, second.subject) == (trainer, "Fin")
    assert first.starts_at < second.starts_at


@pytest.mark.parametrize("year", [1, 207, 1999, 2100, 9999])
def test_a_year_typed_by_mistake_is_refused(year):
    with pytest.raises(YearImplausible):
        pattern(full_days(1), date(year, 12, 31), Rhythm.WEEKLY)


# -- Conflicts ----------------------------------------------------------------------------------

MARC, INES = Trainer(pk=1, name="Marc Delattre"), Trainer(pk=2, name="Inès Corbel")
ROOM = Venue(pk=1, name="Maison des associations", city="Lyon")
BEGINS, ENDS = paris(2027, 3, 1, 9), paris(2027, 3, 1, 12, 30)


def other(begins=BEGINS, ends=ENDS, *, trainer=MARC, venue=None, state=SessionState.PUBLISHED):
    session = Session(code="RA-1", venue=venue, state=state)
    return TimeSlot(session=session, starts_at=begins, ends_at=ends, trainer=trainer)


def found(slot, *others, venue_id=None):
    return conflicts(slot, venue_id, others)


@pytest.mark.parametrize(
    ("begins", "ends", "meets"),
    [
        (BEGINS, ENDS, True),
        (paris(2027, 3, 1, 8), paris(2027, 3, 1, 9), False),
        (paris(2027, 3, 1, 8), paris(2027, 3, 1, 9, 1), True),
        (paris(2027, 3, 1, 12, 29), paris(2027, 3, 1, 17), True),
        (paris(2027, 3, 1, 12, 30), paris(2027, 3, 1, 17), False),
        (paris(2027, 3, 1, 10), paris(2027, 3, 1, 11), True),
        (paris(2027, 3, 2, 9), paris(2027, 3, 2, 12), False),
    ],
)
def test_a_trainer_is_in_one_place_at_a_time(begins, ends, meets):
    slot = TimeSlot(starts_at=BEGINS, ends_at=ENDS, trainer=MARC)

    assert bool(found(slot, other(begins, ends))) is meets


def test_the_sentence_names_who_where_and_which_session():
    slot = TimeSlot(starts_at=BEGINS, ends_at=ENDS, trainer=MARC)

    assert found(slot, other(venue=ROOM), venue_id=1) == [
        "Marc Delattre anime déjà la session RA-1 (programmée).",
        "Maison des associations, Lyon accueille déjà la session RA-1 (programmée).",
    ]


def test_two_trainers_in_two_places_do_not_meet():
    slot = TimeSlot(starts_at=BEGINS, ends_at=ENDS, trainer=INES)
    nobody = TimeSlot(starts_at=BEGINS, ends_at=ENDS)

    assert found(slot, other(venue=ROOM), venue_id=2) == []
    assert found(nobody, other(trainer=None), venue_id=None) == []


@pytest.mark.parametrize("state", SessionState)
def test_only_what_is_called_off_or_postponed_takes_nobodys_time(state):
    slot = TimeSlot(starts_at=BEGINS, ends_at=ENDS, trainer=MARC)
    held = state not in {SessionState.CANCELLED, SessionState.POSTPONED}

    assert bool(found(slot, other(state=state))) is held
