"""What the site writes by itself, day after day."""

from collections import Counter
from datetime import date, timedelta

import pytest

from courrier.models import OutgoingMessage
from recrutement.models import Application, JobOfferPage, RecruitmentSettings
from recrutement.services import decisions, extensions
from recrutement.services.reminders import (
    answer_as_last_resort,
    remind_of_promises,
    tell_of_closed_offers,
)
from tests.factories.people import UserFactory
from tests.factories.recrutement import ApplicationFactory
from tests.harness.clock import paris
from tests.mails import last_mail
from tests.races import at_once

from .scenes import NOW, STAFF, an_offer, applies, thomas

pytestmark = pytest.mark.django_db

ALL = (tell_of_closed_offers, remind_of_promises, answer_as_last_resort)


def set_up(**facts):
    RecruitmentSettings.load()
    RecruitmentSettings.objects.update(**facts)


def kinds():
    return Counter(OutgoingMessage.objects.values_list("kind", flat=True))


# An offer that has closed, S2


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (paris(2027, 3, 1, 23, 59), 0),
        (paris(2027, 3, 2, 0, 0), 1),
        (paris(2027, 4, 30, 12), 1),
        (paris(2027, 5, 1, 12), 0),
    ],
)
def test_an_offer_past_its_day_is_told_to_its_recruiter(now, told):
    offer = an_offer(recruiter=thomas())
    ApplicationFactory(offer=offer)
    ApplicationFactory(offer=offer, state="interview")
    ApplicationFactory(offer=offer, state="rejected")
    ApplicationFactory(offer=offer, synthetic=True)

    assert tell_of_closed_offers(now, apply=False) == told
    assert not OutgoingMessage.objects.exists()
    assert tell_of_closed_offers(now, apply=True) == told
    assert tell_of_closed_offers(now, apply=True) == 0

    if told:
        mail = last_mail("recrutement_offre_close")
        assert mail.to == "thomas@enys.test"
        assert mail.subject.startswith("Offre close : 2 candidatures attendent")


def test_another_closing_day_is_told_again():
    offer = an_offer()
    ApplicationFactory(offer=offer)
    tell_of_closed_offers(paris(2027, 3, 2, 9), apply=True)
    JobOfferPage.objects.update(closing_date=date(2027, 3, 20))

    assert tell_of_closed_offers(paris(2027, 3, 10, 9), apply=True) == 0
    assert tell_of_closed_offers(paris(2027, 3, 21, 9), apply=True) == 1
    assert last_mail("recrutement_offre_close").to == "equipe@enys.test"


@pytest.mark.parametrize("status", ["suspended", "filled", "cancelled"])
def test_what_somebody_has_already_ended_is_not_told(status):
    ApplicationFactory(offer=an_offer(status=status))

    assert tell_of_closed_offers(paris(2027, 3, 2, 9), apply=True) == 0


def test_an_offer_with_nobody_waiting_is_not_told():
    ApplicationFactory(offer=an_offer(), state="rejected")

    assert tell_of_closed_offers(paris(2027, 3, 2, 9), apply=True) == 0


# The promises, S3


def days_reminded(application, first, last):
    """The days on which somebody is told of this promise."""
    days = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        now = paris(day.year, day.month, day.day, 6)
        counted = remind_of_promises(now, apply=False)
        assert remind_of_promises(now, apply=True) == counted
        assert remind_of_promises(now, apply=True) == 0
        if counted:
            days.append(day)
    return days


def test_a_promise_is_recalled_before_its_day_then_every_week():
    application = applies()  # promised before the third of February

    days = days_reminded(application, date(2027, 1, 15), date(2027, 2, 28))

    assert days == [
        date(2027, 1, 27),
        date(2027, 2, 4),
        date(2027, 2, 11),
        date(2027, 2, 18),
        date(2027, 2, 25),
    ]
    assert application.events.filter(transition="remind").count() == 5


def test_a_day_without_a_run_is_made_up_for():
    applies()

    assert remind_of_promises(paris(2027, 1, 30, 6), apply=True) == 1


def test_a_short_notice_is_followed_on_the_day_after_the_promise():
    set_up(reminder_days=2)

    days = days_reminded(applies(), date(2027, 1, 25), date(2027, 2, 12))

    assert days == [date(2027, 2, 1), date(2027, 2, 4), date(2027, 2, 11)]


def test_a_promise_that_is_extended_is_recalled_before_its_new_day():
    application = applies()
    remind_of_promises(paris(2027, 1, 28, 6), apply=True)

    extensions.extend(application, date(2027, 2, 20), "", by=STAFF, now=paris(2027, 1, 28, 9))

    assert days_reminded(application, date(2027, 1, 29), date(2027, 2, 14)) == [date(2027, 2, 13)]


def test_one_digest_for_each_recruiter_and_one_for_the_team():
    hers, his = an_offer(recruiter=thomas()), an_offer(recruiter=UserFactory(), title="Autre (H/F)")
    soon, late = {"answer_by": date(2027, 1, 20)}, {"answer_by": date(2027, 1, 10)}
    for offer, facts in ((hers, soon), (hers, late), (hers, late), (his, late), (None, soon)):
        ApplicationFactory(offer=offer, first_name="Inès", **facts)

    assert remind_of_promises(NOW, apply=True) == 3

    mail = OutgoingMessage.objects.get(to="thomas@enys.test")
    assert (
        "2\u00a0réponses en retard, 1\u00a0réponse à donner avant le 20\u00a0janvier" in mail.text
    )
    assert OutgoingMessage.objects.filter(to="equipe@enys.test").count() == 1
    assert all("Inès" not in one.text for one in OutgoingMessage.objects.all())


@pytest.mark.parametrize(
    "facts", [{"state": "rejected"}, {"state": "quarantine"}, {"synthetic": True}]
)
def test_who_waits_for_nothing_is_in_no_digest(facts):
    applies(answer_by=date(2027, 1, 10), **facts)

    assert remind_of_promises(NOW, apply=True) == 0


def test_without_anybody_to_tell_nothing_is_counted(settings):
    settings.STAFF_EMAIL = ""
    applies(offer=None, answer_by=date(2027, 1, 10))

    assert remind_of_promises(NOW, apply=True) == 0


def test_the_digests_take_as_many_queries_for_one_as_for_thirty(count_queries):
    offer = an_offer(recruiter=thomas())
    ApplicationFactory(offer=offer, answer_by=date(2027, 1, 10))
    RecruitmentSettings.load()
    with_one = count_queries(lambda: remind_of_promises(NOW, apply=False))
    for _ in range(29):
        ApplicationFactory(offer=offer, answer_by=date(2027, 1, 10))

    assert count_queries(lambda: remind_of_promises(NOW, apply=False)) == with_one


# The last resort, E8


@pytest.mark.parametrize(
    ("now", "written"), [(paris(2027, 3, 4, 23, 59), 0), (paris(2027, 3, 5), 1)]
)
def test_who_had_no_answer_for_sixty_days_gets_a_word(now, written):
    application = applies()  # sent on the fourth of January at nine

    assert answer_as_last_resort(now, apply=False) == written
    assert not OutgoingMessage.objects.exists()
    assert answer_as_last_resort(now, apply=True) == written
    assert answer_as_last_resort(now, apply=True) == 0

    application.refresh_from_db()
    assert application.state == "received"
    assert application.first_answer_at is None
    assert application.last_resort_at == (now if written else None)
    assert application.events.count() == written


@pytest.mark.parametrize(
    "facts",
    [
        {"first_answer_at": NOW},
        {"held_at": NOW, "hold_reason": "Litige."},
        {"synthetic": True},
        {"state": "quarantine"},
        {"state": "rejected"},
    ],
)
def test_it_is_not_written_to(facts):
    applies(**facts)

    assert answer_as_last_resort(paris(2027, 6, 1), apply=True) == 0


def test_zero_means_never():
    set_up(last_resort_days=0)
    applies()

    assert answer_as_last_resort(paris(2028, 6, 1), apply=True) == 0


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_write_once():
    applies()
    now = paris(2027, 6, 1)

    outcomes = at_once(*[lambda: answer_as_last_resort(now, apply=True)] * 2)

    assert sorted(outcomes) == [0, 1]
    assert OutgoingMessage.objects.count() == 1


# All together


def test_three_months_of_days():
    """A dry run before each says the same, and a second run on the same day does nothing."""
    answered, forgotten, withdrawn = (
        applies(reference=f"C-2027-000{number}", email=f"{number}@exemple.test", offer=offer)
        for offer in [an_offer(recruiter=thomas())]
        for number in (1, 2, 3)
    )
    for number in range(92):
        now = paris(2027, 1, 5, 6) + timedelta(days=number)
        if number == 30:
            decisions.reject(answered, "autre", "Non.", by=STAFF, now=now)
        if number == 40:
            Application.objects.filter(pk=withdrawn.pk).update(state="withdrawn", decided_at=now)
        for step in ALL:
            counted = step(now, apply=False)
            before = OutgoingMessage.objects.count()
            assert step(now, apply=True) == counted
            assert OutgoingMessage.objects.count() == before + counted
            assert not counted or step(now + timedelta(hours=12), apply=True) == 0

    assert kinds() == {
        "recrutement_offre_close": 1,
        # The 27th of January, the 4th of February, and every week until the 1st of April.
        "recrutement_promesses": 10,
        "recrutement_refus": 1,
        "recrutement_dernier_recours": 1,
    }
    assert OutgoingMessage.objects.get(kind="recrutement_dernier_recours").to == forgotten.email
