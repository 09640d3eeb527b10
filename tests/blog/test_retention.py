"""Until when what readers sent is kept: what the register says and what the purge does."""

from datetime import timedelta

from django.utils import timezone

import pytest

from blog.models import Comment, CommentReport
from blog.services import retention
from rgpd.register import REGISTER, processings
from rgpd.services.purge import purge
from tests.factories.blog import CommentFactory, PostPageFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()
SECOND = timedelta(seconds=1)


@pytest.fixture
def post():
    return PostPageFactory(date=NOW)


def received(post, age, **traits):
    return CommentFactory(post=post, created_at=NOW - age, **traits)


def reported(comment, age, **traits):
    return CommentReport.objects.create(
        comment=comment, reason="other", created_at=NOW - age, **traits
    )


def purged():
    purge(NOW, apply=True, entries=[REGISTER[Comment], REGISTER[CommentReport]])


@pytest.mark.parametrize("traits", [{}, {"approved": True}])
def test_an_address_and_a_sender_are_forgotten_after_thirty_days(post, traits):
    traces = {"email": "a@exemple.test", "sender": "x"} | traits
    kept = received(post, retention.TRACES, **traces)
    forgotten = received(post, retention.TRACES + SECOND, **traces)

    purged()

    kept.refresh_from_db()
    forgotten.refresh_from_db()
    assert (kept.email, kept.sender) == ("a@exemple.test", "x")
    assert (forgotten.email, forgotten.sender, forgotten.name) == ("", "", "Aïcha")


@pytest.mark.parametrize("state", ["pending", "rejected", "spam"])
def test_what_was_not_published_is_erased_after_six_months(post, state):
    kept = received(post, retention.UNPUBLISHED, state=state)
    received(post, retention.UNPUBLISHED + SECOND, state=state)
    published = received(post, timedelta(days=900), approved=True)

    purged()

    assert set(Comment.objects.all()) == {kept, published}


def test_a_report_is_erased_six_months_after_the_decision(post):
    comment = received(post, timedelta(days=900), approved=True)
    decided = {"age": timedelta(days=200)}
    kept = reported(comment, **decided, decided_at=NOW - retention.REPORTS)
    reported(comment, **decided, decided_at=NOW - retention.REPORTS - SECOND)
    waiting = reported(comment, retention.FORGOTTEN_REPORTS)
    reported(comment, retention.FORGOTTEN_REPORTS + SECOND)

    purged()

    assert set(CommentReport.objects.all()) == {kept, waiting}


def test_the_sender_of_a_report_is_forgotten_after_thirty_days_and_the_report_stays(post):
    comment = received(post, SECOND, approved=True)
    report = reported(comment, retention.TRACES + SECOND, sender="x", email="b@exemple.test")

    purged()

    report.refresh_from_db()
    assert (report.sender, report.email) == ("", "b@exemple.test")


def test_the_purge_has_nothing_left_to_do_the_second_time(post):
    received(post, retention.TRACES + SECOND, email="a@exemple.test")
    purged()

    assert not retention.ended_comments(NOW).exists()


def test_the_privacy_page_says_it():
    words = {entry.processing: entry.delay_words for entry in processings()}

    assert "6 mois pour un commentaire refusé ou non lu" in words["Commentaires du blog"]
    assert "30 jours au plus" in words["Commentaires du blog"]
    assert "6 mois après la décision" in words["Signalements de commentaires"]
