from datetime import date, datetime, timedelta

from django.utils import timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recrutement.enums import OfferStatus
from recrutement.models import JobOfferPage
from recrutement.opening import NOT_PUBLISHED, TOO_LATE, why_closed
from tests.factories.recrutement import OfferFactory
from tests.harness.clock import paris

INSTANT = timedelta(microseconds=1)


def closed_at(now: datetime, closing_date: date) -> str | None:
    return why_closed(status="open", published=True, closing_date=closing_date, now=now)


@pytest.mark.parametrize(
    "last_day",
    [
        date(2026, 6, 30),
        date(2026, 3, 28),  # the night in which summer time begins
        date(2026, 3, 29),
        date(2026, 10, 24),  # and the night in which it ends
        date(2026, 10, 25),
        date(2026, 12, 31),
    ],
)
def test_the_closing_day_is_open_until_midnight_in_paris(last_day):
    tomorrow = last_day + timedelta(days=1)
    midnight = paris(tomorrow.year, tomorrow.month, tomorrow.day)

    assert closed_at(midnight - timedelta(seconds=1), last_day) is None
    assert closed_at(midnight - INSTANT, last_day) is None
    assert closed_at(midnight, last_day) == TOO_LATE


def test_the_day_is_that_of_paris_and_not_of_greenwich():
    late = paris(2026, 7, 1, 0, 30)  # still June 30th in UTC

    assert closed_at(late, date(2026, 6, 30)) == TOO_LATE


def test_the_day_does_not_depend_on_who_is_asking():
    late = paris(2026, 7, 1, 0, 30)

    with timezone.override("America/Cayenne"):
        assert closed_at(late, date(2026, 6, 30)) == TOO_LATE


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("suspended", "Ce recrutement est suspendu pour le moment."),
        ("filled", "Ce poste est pourvu."),
        ("cancelled", "Cette offre a été annulée."),
    ],
)
def test_a_status_that_is_not_open_says_why(status, sentence):
    now = paris(2026, 6, 1)

    reason = why_closed(status=status, published=True, closing_date=date(2026, 6, 30), now=now)

    assert reason == sentence


def test_an_offer_that_is_not_published_is_closed():
    reason = why_closed(
        status="open", published=False, closing_date=date(2099, 1, 1), now=paris(2026, 6, 1)
    )

    assert reason == NOT_PUBLISHED


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    status=st.sampled_from(OfferStatus.values),
    published=st.booleans(),
    closing_date=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    now=st.datetimes(
        datetime(2026, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
        datetime(2026, 12, 31),  # noqa: DTZ001
        timezones=st.just(timezone.get_fixed_timezone(0)),
    ),
)
def test_an_offer_is_open_only_when_published_open_and_in_time(
    status, published, closing_date, now
):
    is_open = (
        why_closed(status=status, published=published, closing_date=closing_date, now=now) is None
    )

    day = now.astimezone(timezone.get_default_timezone()).date()
    assert is_open == (published and status == "open" and day <= closing_date)


@pytest.mark.django_db
def test_the_list_and_the_offer_answer_alike():
    today = date(2026, 6, 15)
    for status in OfferStatus.values:
        for days in (-1, 0, 1):
            for live in (True, False):
                OfferFactory(status=status, live=live, closing_date=today + timedelta(days=days))

    for now in (paris(2026, 6, 14, 23, 59), paris(2026, 6, 15), paris(2026, 6, 15, 23, 59)):
        in_sql = set(JobOfferPage.objects.open(now))
        in_python = {offer for offer in JobOfferPage.objects.all() if offer.is_open(now)}
        assert in_sql == in_python
