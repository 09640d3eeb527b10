"""Three simulated years of retention: nobody is erased a day too early, nor kept a day too long."""

from datetime import date, datetime, timedelta
from itertools import product

from django.utils import timezone

import pytest

from recrutement.enums import ENDED, ONGOING, ApplicationState
from recrutement.exceptions import HoldRefused
from recrutement.models import Application, DailyRun, PoolConsent, RecruitmentSettings
from recrutement.services import hold, pool
from recrutement.services.daily import run_daily
from recrutement.services.lifecycle import LIFECYCLE
from recrutement.services.retention import (
    countdown,
    due,
    erased_on,
    in_archive,
    with_retention,
    without_archive,
)
from site_enys.months import last_day_before, months_later
from site_enys.states import PERSON, Actor, Role
from tests.factories.people import UserFactory
from tests.factories.recrutement import ApplicationFactory, DocumentFactory
from tests.harness.clock import paris

STAFF = Actor(Role.STAFF)
SENT = paris(2027, 1, 4, 9)
ONE_DAY = timedelta(days=1)


def noon(day: date) -> datetime:
    return paris(day.year, day.month, day.day, 12)


def ended(state: str = "rejected", at: datetime = SENT, **facts) -> Application:
    return ApplicationFactory(
        offer=None, state=state, submitted_at=at, state_changed_at=at, **facts
    )


def consenting(application: Application, *, given: datetime, **facts) -> PoolConsent:
    return PoolConsent.objects.create(
        application=application,
        given_at=given,
        text_version="2026-11",
        **{"expires_on": months_later(given.date(), 24) - ONE_DAY} | facts,
    )


# -- Months -------------------------------------------------------------------------------------


def test_three_months_are_calendar_months():
    assert months_later(date(2026, 11, 12), 3) == date(2027, 2, 12)
    assert months_later(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_later(date(2026, 10, 31), -8) == date(2026, 2, 28)


def test_the_day_to_begin_from_is_the_months_turned_round():
    first = date(2027, 1, 1)
    for months, shift in product((1, 3, 24, 60), range(800)):
        today = first + timedelta(days=shift)

        last = last_day_before(today, months)

        assert months_later(last, months) <= today < months_later(last + ONE_DAY, months)


# -- The countdown and the purge are one rule ---------------------------------------------------


def population(at: datetime) -> None:
    """Everybody of every state, with every consent and every hold that can be."""
    past, soon = at + timedelta(days=20), at + timedelta(days=800)
    consents = [
        None,
        {"expires_on": past.date()},
        {"expires_on": soon.date()},
        {"withdrawn_at": past},
        {"withdrawn_at": at + timedelta(days=200)},
    ]
    for state, consent, held in product(ApplicationState.values, consents, (None, past, soon)):
        hold_facts = {"held_at": held, "hold_reason": "Litige"} if held else {}
        application = ended(state, at, **hold_facts)
        if consent is not None:
            consenting(application, given=at, **consent)
        if state == "closed":
            discarded = ended("quarantine", at, **hold_facts)
            LIFECYCLE.apply(discarded, "discard", by=STAFF, now=at + timedelta(days=3))
            if consent is not None:
                consenting(discarded, given=at, **consent)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "at", [paris(2026, 11, 29, 23, 59), paris(2026, 11, 30), paris(2027, 3, 27, 23, 30)]
)
def test_the_countdown_and_the_purge_agree_on_every_day(at, subtests):
    population(at)
    settings = RecruitmentSettings.load()
    days = {row.pk: erased_on(row, settings) for row in with_retention(Application.objects.all())}
    marks = {day + timedelta(days=shift) for day in days.values() if day for shift in (-1, 0, 1)}

    for day in sorted(marks):
        for now in (noon(day), paris(day.year, day.month, day.day, 0, 0)):
            with subtests.test(now=now):
                expected = {pk for pk, end in days.items() if end and end <= day}
                assert set(due(now, settings).values_list("pk", flat=True)) == expected


@pytest.mark.django_db
def test_the_countdown_of_a_list_is_that_of_one_row(count_queries):
    population(SENT)
    settings = RecruitmentSettings.load()
    rows = with_retention(Application.objects.order_by("pk"))

    listed = [erased_on(row, settings) for row in rows]
    alone = [erased_on(row, settings) for row in Application.objects.order_by("pk")]

    assert listed == alone
    assert count_queries(lambda: [countdown(row, settings) for row in rows.all()]) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("state", ONGOING)
def test_what_goes_on_has_no_day(state):
    application = ended(state, held_at=SENT, hold_reason="Litige")
    consenting(application, given=SENT)

    assert erased_on(application, RecruitmentSettings.load()) is None
    assert "en cours" in countdown(application, RecruitmentSettings.load()).sentence


@pytest.mark.django_db
@pytest.mark.parametrize("state", ENDED)
def test_a_shorter_delay_of_the_settings_moves_the_day(state):
    application = ended(state)
    settings = RecruitmentSettings.load()
    settings.kept_months = 1

    assert erased_on(application, settings) == date(2027, 2, 4)


@pytest.mark.django_db
def test_somebody_hired_is_not_kept_by_a_former_consent():
    application = ended("hired")
    consenting(application, given=SENT)

    assert erased_on(application, RecruitmentSettings.load()) == date(2027, 4, 4)


@pytest.mark.django_db
def test_a_discarded_sending_that_is_taken_up_again_follows_the_ordinary_rule():
    application = ended("quarantine")
    LIFECYCLE.apply(application, "discard", by=STAFF, now=SENT)
    assert erased_on(application, RecruitmentSettings.load()) == date(2027, 2, 3)

    LIFECYCLE.apply(application, "reopen", by=STAFF, now=SENT, reason="Une vraie personne.")
    LIFECYCLE.apply(
        application, "withdraw", by=PERSON, now=SENT + timedelta(days=10), reason="Motif."
    )

    assert erased_on(application, RecruitmentSettings.load()) == date(2027, 4, 14)


# -- Held for a dispute -------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_hold_needs_a_reason_is_put_once_and_says_nothing_in_the_journal():
    application = ended()
    with pytest.raises(HoldRefused):
        hold.hold(application, "  ", by=STAFF, now=SENT)

    hold.hold(application, "Saisine du Défenseur des droits", by=STAFF, now=SENT)

    with pytest.raises(HoldRefused):
        hold.hold(application, "Encore", by=STAFF, now=SENT)
    application.refresh_from_db()
    assert application.hold_reason == "Saisine du Défenseur des droits"
    assert application.events.get().reason == "Gardée pour un litige"
    hold.lift(application, by=STAFF, now=SENT)
    with pytest.raises(HoldRefused):
        hold.lift(application, by=STAFF, now=SENT)


@pytest.mark.django_db
def test_the_archive_is_what_only_a_dispute_keeps():
    settings = RecruitmentSettings.load()
    held = ended(held_at=SENT, hold_reason="Litige")
    fresh = ended(at=paris(2027, 6, 1), held_at=SENT, hold_reason="Litige")
    member = ended(held_at=SENT, hold_reason="Litige")
    consenting(member, given=SENT)
    now = paris(2027, 6, 2)

    assert list(in_archive(now, settings)) == [held]
    assert set(without_archive(Application.objects.all(), now)) == {fresh, member}


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "status"), [("recrutement", 302), ("direction", 200)])
def test_an_archived_file_is_for_the_direction_alone(log_in, role, status, time_machine):
    held = DocumentFactory(application=ended(held_at=SENT, hold_reason="Litige"))
    time_machine.move_to(paris(2027, 6, 2))
    client = log_in(role)

    listed = client.get("/admin/snippets/recrutement/application/").content.decode()
    page = client.get(f"/admin/snippets/recrutement/application/inspect/{held.application_id}/")
    piece = client.get(f"/admin/recrutement/pieces/{held.pk}/")
    piece.close()

    assert (held.application.reference in listed) == (role == "direction")
    assert page.status_code == status
    assert (piece.status_code == 200) == (role == "direction")


@pytest.mark.django_db
def test_only_the_direction_puts_and_lifts_a_hold(log_in):
    application = ended()
    put, lift = (
        f"/admin/recrutement/{application.pk}/{word}/" for word in ("garder", "ne-plus-garder")
    )
    other = log_in("recrutement")
    refused = [other.post(url, {"reason": "Litige"}).status_code for url in (put, lift)]
    client = log_in("direction")

    empty = client.post(put, {"reason": ""})
    client.post(put, {"reason": "Saisine"})

    assert refused == [302, 302]
    assert empty.status_code == 200
    application.refresh_from_db()
    assert application.hold_reason == "Saisine"
    assert "déjà gardée" in client.get(put).content.decode()
    client.post(lift)
    application.refresh_from_db()
    assert application.held_at is None


@pytest.mark.django_db
def test_the_page_of_retention_says_what_the_last_run_did(log_in, time_machine):
    ended(held_at=SENT, hold_reason="Saisine du conseil")
    time_machine.move_to(SENT)
    client = log_in("direction")
    before = client.get("/admin/recrutement/conservation/").content.decode()
    run_daily(SENT, apply=True)

    page = client.get("/admin/recrutement/conservation/").content.decode()

    assert "Il n’a pas encore eu lieu." in before
    assert "4\u00a0janvier 2027" in page
    assert "Saisine du conseil" in page
    assert log_in("recrutement").get("/admin/recrutement/conservation/").status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("age", "count", "shown"), [(1, 0, False), (3, 0, True), (1, "échec : OSError", True)]
)
def test_the_direction_is_told_of_a_run_that_failed_or_did_not_come(log_in, age, count, shown):
    at = timezone.now() - timedelta(days=age)
    DailyRun.objects.create(at=at, applied=True, counts={"Candidatures effacées": count})

    words = "passage quotidien du recrutement à vérifier"

    assert (words in log_in("direction").get("/admin/").content.decode()) == shown
    assert words not in log_in("recrutement").get("/admin/").content.decode()


# -- Three years, day after day -----------------------------------------------------------------


class Life:
    """One person: what happens to her on which day, and the day of her erasure by hand."""

    def __init__(self, name: str, expected: date | None, **acts) -> None:
        self.name, self.expected, self.acts = name, expected, acts
        self.application = ended("received", at=SENT)

    def live(self, today: date) -> None:
        for act, day in self.acts.items():
            if day == today:
                self.do(act.rstrip("_0123456789"), noon(day) - timedelta(hours=3))

    def do(self, act: str, now: datetime) -> None:
        application = self.application
        application.refresh_from_db()
        if act == "hold":
            hold.hold(application, "Litige", by=STAFF, now=now)
        elif act == "lift":
            hold.lift(application, by=STAFF, now=now)
        elif act == "give":
            pool.give(application, pool.Wishes(), now=now)
        elif act == "renew":
            pool.renew(application, now=now)
        elif act == "leave":
            pool.withdraw(application, now=now)
        else:
            LIFECYCLE.apply(application, act, by=STAFF, now=now, reason="experience")


@pytest.mark.django_db
def test_three_years_day_after_day():
    day = date
    UserFactory(role="direction")
    lives = [
        Life("going on", None),
        Life("refused", day(2027, 5, 1), reject=day(2027, 2, 1)),
        Life("refused on the 30th", day(2028, 2, 29), reject=day(2027, 11, 30)),
        Life("withdrew", day(2027, 4, 5), withdraw=day(2027, 1, 5)),
        Life(
            "taken up again",
            day(2027, 8, 1),
            reject=day(2027, 2, 1),
            reopen=day(2027, 4, 30),
            withdraw=day(2027, 5, 1),
        ),
        Life("in the pool", day(2029, 1, 20), give=day(2027, 1, 20), reject=day(2027, 2, 1)),
        Life(
            "left the pool at once",
            day(2027, 5, 1),
            give=day(2027, 1, 20),
            reject=day(2027, 2, 1),
            leave=day(2027, 3, 1),
        ),
        Life(
            "left the pool late",
            day(2028, 6, 2),
            give=day(2027, 1, 20),
            reject=day(2027, 2, 1),
            leave=day(2028, 6, 1),
        ),
        Life(
            "stays in the pool",
            None,
            give=day(2027, 1, 20),
            reject=day(2027, 2, 1),
            renew=day(2029, 1, 19),
        ),
        Life(
            "came back to the pool",
            day(2029, 3, 10),
            give_1=day(2027, 1, 20),
            reject=day(2027, 2, 1),
            leave=day(2027, 3, 1),
            give_2=day(2027, 3, 10),
        ),
        Life("held", None, reject=day(2027, 2, 1), hold=day(2027, 2, 2)),
        Life(
            "held, then let go",
            day(2028, 9, 9),
            reject=day(2027, 2, 1),
            hold=day(2027, 2, 2),
            lift=day(2028, 9, 9),
        ),
        Life(
            "held, then let go early",
            day(2027, 5, 1),
            reject=day(2027, 2, 1),
            hold=day(2027, 2, 2),
            lift=day(2027, 3, 3),
        ),
    ]
    gone: dict[str, date] = {}
    # Nothing can happen between these days; each is looked at with the day before and after.
    marks = {life.expected for life in lives if life.expected}
    marks |= {when for life in lives for when in life.acts.values()}
    marks |= {date(2027, 1, 1) + timedelta(days=30 * step) for step in range(38)}
    days = sorted({mark + timedelta(days=shift) for mark in marks for shift in (-1, 0, 1)})

    for today in days:
        for life in lives:
            if life.name not in gone:
                life.live(today)
        run_daily(noon(today), apply=True)
        left = set(Application.objects.values_list("pk", flat=True))
        for life in lives:
            if life.application.pk not in left:
                gone.setdefault(life.name, today)

    assert days[-1] >= date(2030, 1, 1)
    assert gone == {life.name: life.expected for life in lives if life.expected}
