"""The promised day, its one extension, and how long our answers take."""

from datetime import date, timedelta

from django.urls import reverse

import pytest

from courrier.models import OutgoingMessage
from recrutement.exceptions import PastDate, PromiseAlreadyExtended
from recrutement.models import AnonymizedApplication
from recrutement.services import extensions
from recrutement.services.promises import AnswerFigures, answer_figures
from site_enys.states import TransitionRefused
from tests.factories.recrutement import ApplicationFactory, IndexFactory, in_days
from tests.harness.clock import paris

from .scenes import NOW, STAFF, applies

pytestmark = pytest.mark.django_db


def extend(application, until=date(2027, 2, 20), **options):
    extensions.extend(application, until, "", **{"by": STAFF, "now": NOW} | options)


def test_a_later_day_is_promised_once():
    application = applies()

    extend(application, reason="Congés.")

    assert application.answer_by == date(2027, 2, 20)
    event = application.events.get()
    assert event.reason == (
        "Réponse promise avant le 20\u00a0février 2027 au lieu du 3\u00a0février 2027. Congés."
    )
    with pytest.raises(PromiseAlreadyExtended):
        extend(application, date(2027, 3, 1))
    assert OutgoingMessage.objects.count() == 1


@pytest.mark.parametrize(
    ("until", "refused"),
    [
        (date(2027, 2, 3), True),
        (date(2027, 2, 4), False),
        (date(2027, 3, 16), False),
        (date(2027, 3, 17), True),
    ],
)
def test_the_new_day_is_later_and_within_sixty_days(until, refused):
    application = applies()

    if not refused:
        extend(application, until)
        return
    with pytest.raises(PastDate):
        extend(application, until)
    assert not OutgoingMessage.objects.exists()


def test_a_promise_already_broken_is_extended_from_today():
    application = applies(answer_by=date(2027, 1, 10))

    with pytest.raises(PastDate):
        extend(application, NOW.date())
    extend(application, NOW.date() + timedelta(days=1))


@pytest.mark.parametrize("state", ["quarantine", "rejected", "hired"])
def test_who_waits_for_nothing_gets_no_other_day(state):
    with pytest.raises(TransitionRefused):
        extend(applies(state=state))


def test_the_screen_promises_and_says_so(log_in):
    application = ApplicationFactory()
    url = reverse("recrutement_extend", args=[application.pk])
    client = log_in("recrutement")

    client.post(url, {"until": in_days(45), "words": "Une absence."})
    again = client.get(url)

    application.refresh_from_db()
    assert application.answer_by == in_days(45)
    assert "Une absence." in OutgoingMessage.objects.get().text
    assert "déjà été prolongé" in again.content.decode()


def test_a_day_that_does_not_suit_is_told_beside_its_field(log_in):
    application = ApplicationFactory()
    url = reverse("recrutement_extend", args=[application.pk])

    page = log_in("recrutement").post(url, {"until": in_days(-1), "words": "Une absence."})

    assert "plus éloigné" in str(page.context["form"].errors["until"])
    assert "Une absence." in page.content.decode()


# The published delay


SENT = paris(2027, 1, 4, 23, 30)


def answered(days, *, sent=SENT, **facts):
    first = {"first_answer_at": sent + timedelta(days=days)}
    return ApplicationFactory(submitted_at=sent, state="reviewing", offer=None, **first | facts)


def forgotten(days, month=date(2026, 6, 1)):
    AnonymizedApplication.objects.create(
        submitted_month=month, state="rejected", days_to_answer=days
    )


def test_half_of_the_answers_took_so_many_days_or_less():
    for days in (1, 3, 12):
        answered(days)
    for days in (30, 40):
        forgotten(days)

    assert answer_figures(NOW) == AnswerFigures(days=12, count=5, since=date(2026, 1, 1))
    assert answer_figures(NOW).days == 12


def test_between_two_middles_the_longer_one_is_told():
    for days in (1, 2, 3, 8, 9, 10):
        answered(days)

    assert answer_figures(NOW).days == 8


def test_fewer_than_five_answers_say_nothing():
    for days in (1, 2, 3):
        answered(days)
    forgotten(4)
    answered(0, synthetic=True)
    answered(0, first_answer_at=None, last_resort_at=NOW)
    forgotten(None)
    assert answer_figures(NOW) is None

    forgotten(5)

    assert answer_figures(NOW).days == 3


def test_only_twelve_months_count():
    for _ in range(5):
        forgotten(4, month=date(2025, 12, 1))
        answered(4, sent=paris(2025, 12, 31, 23, 59))
    assert answer_figures(NOW) is None

    for _ in range(5):
        forgotten(6, month=date(2026, 1, 1))

    assert answer_figures(NOW) == AnswerFigures(days=6, count=5, since=date(2026, 1, 1))


def test_days_are_those_of_paris():
    for _ in range(5):
        answered(0, first_answer_at=paris(2027, 1, 5, 0, 30))  # the hour after

    assert answer_figures(NOW).days == 1


def test_the_page_publishes_it_in_two_queries(client, count_queries):
    for days in range(5):
        answered(days, sent=paris(2026, 11, 1, 9))

    url = IndexFactory.the_one().url
    text = client.get(url).content.decode()

    assert "<strong>2\u00a0jours ou moins</strong> (5\u00a0réponses)" in text
    assert count_queries(lambda: answer_figures(NOW)) == 2


def test_the_page_says_nothing_without_enough_answers(client):
    assert "ou moins" not in client.get(IndexFactory.the_one().url).content.decode()
