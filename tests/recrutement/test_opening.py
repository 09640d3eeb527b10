from datetime import date, datetime, timedelta

from django.utils import timezone

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recrutement.enums import OfferStatus
from recrutement.models import JobOfferPage
from recrutement.opening import (
    NOT_PUBLISHED,
    TOO_LATE,
    closed_since,
    gone_from,
    takes_spontaneous,
    why_closed,
)
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


# -- Closed since when, and gone ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "closing_date", "closed_on", "since"),
    [
        ("open", date(2026, 6, 30), None, None),
        ("open", date(2026, 5, 31), None, date(2026, 6, 1)),
        ("suspended", date(2026, 6, 30), None, None),
        ("suspended", date(2026, 5, 31), None, date(2026, 6, 1)),
        ("filled", date(2026, 6, 30), date(2026, 6, 10), date(2026, 6, 10)),
        ("filled", date(2026, 5, 31), date(2026, 6, 10), date(2026, 6, 1)),
        ("cancelled", date(2026, 5, 31), date(2026, 4, 10), date(2026, 4, 10)),
        ("filled", date(2026, 6, 30), None, None),
    ],
)
def test_an_offer_is_closed_by_its_day_or_by_somebody_whichever_comes_first(
    status, closing_date, closed_on, since
):
    now = paris(2026, 6, 15, 12)

    found = closed_since(status=status, closing_date=closing_date, closed_on=closed_on, now=now)

    assert found == since


@pytest.mark.parametrize(
    ("since", "gone"),
    [
        (date(2026, 1, 15), date(2026, 7, 15)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 12, 1), date(2027, 6, 1)),
    ],
)
def test_it_is_gone_six_months_later(since, gone):
    assert gone_from(since) == gone


@pytest.mark.django_db
@pytest.mark.parametrize(
    "last_day",
    [
        date(2026, 6, 14),
        date(2026, 9, 28),  # six months later, summer time begins
        date(2026, 4, 24),  # six months later, it ends
    ],
)
def test_the_page_and_the_form_answer_410_from_midnight_in_paris(client, last_day):
    offer = OfferFactory(closing_date=last_day)
    day = gone_from(last_day + timedelta(days=1))
    midnight = paris(day.year, day.month, day.day)
    form = f"/recrutement/postuler/{offer.reference}/"

    with time_machine.travel(midnight - timedelta(seconds=1), tick=False):
        page = client.get(offer.url)
        assert page.status_code == 200
        assert "La date limite de candidature est passée." in page.content.decode()
    with time_machine.travel(midnight, tick=False):
        for path in (offer.url, form):
            page = client.get(path)
            assert page.status_code == 410
            text = page.content.decode()
            assert "Cette offre n’est plus en ligne" in text
            assert '<meta name="robots" content="noindex">' in text
            assert "Aller au contenu" in text


@pytest.mark.django_db
def test_a_suspended_offer_is_never_gone_before_its_day(client):
    offer = OfferFactory(status="suspended", closing_date=date(2027, 12, 31))

    with time_machine.travel(paris(2027, 12, 30), tick=False):
        assert client.get(offer.url).status_code == 200


@pytest.mark.django_db
def test_the_day_of_closing_is_noted_once_and_forgotten_when_the_offer_reopens():
    offer = OfferFactory(closing_date=date(2026, 12, 31))

    with time_machine.travel(paris(2026, 6, 15, 0, 30), tick=False):
        offer.status = "filled"
        offer.save_revision(clean=False).publish()
    offer.refresh_from_db()
    assert offer.closed_on == date(2026, 6, 15)

    with time_machine.travel(paris(2026, 7, 2), tick=False):
        offer.status = "cancelled"
        offer.save(update_fields=["status"])
        JobOfferPage.objects.get(pk=offer.pk).save_revision(clean=False).publish()
    offer.refresh_from_db()
    assert offer.closed_on == date(2026, 6, 15)

    offer.status = "open"
    offer.save(update_fields=["status"])
    offer.refresh_from_db()
    assert offer.closed_on is None


@pytest.mark.django_db
def test_an_old_draft_does_not_move_the_day_of_closing():
    offer = OfferFactory(status="filled", closing_date=date(2026, 12, 31))
    JobOfferPage.objects.update(closed_on=date(2026, 6, 1))
    draft = JobOfferPage.objects.get(pk=offer.pk)
    revision = draft.save_revision(clean=False)
    JobOfferPage.objects.update(closed_on=date(2026, 5, 1))

    type(revision).objects.get(pk=revision.pk).publish()

    offer.refresh_from_db()
    assert offer.closed_on == date(2026, 5, 1)


@pytest.mark.parametrize(
    ("is_open", "until", "taken"),
    [
        (True, None, True),
        (False, None, False),
        (True, date(2026, 6, 15), True),
        (True, date(2026, 6, 14), False),
        (False, date(2026, 6, 30), False),
    ],
)
def test_spontaneous_applications_have_their_own_last_day(is_open, until, taken):
    now = paris(2026, 6, 15, 23, 59)

    assert takes_spontaneous(is_open=is_open, until=until, now=now) is taken
