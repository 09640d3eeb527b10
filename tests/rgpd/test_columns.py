"""Each list and each record says when the purge comes for it."""

from datetime import timedelta

from django.utils import timezone

import pytest

from blog.models import Comment
from courrier.models import OutgoingMessage
from formation.models import Enrolment, EnrolmentRequest
from formation.services.enrolment import enrol
from home.models import ContactMessage
from rgpd.register import REGISTER
from site_enys.admin import admin_url
from site_enys.admin.additions import additions_to
from tests.factories.blog import CommentFactory, PostPageFactory
from tests.factories.courrier import OutgoingMessageFactory
from tests.factories.formation import SessionFactory, a_month_from, individual
from tests.factories.home import ContactMessageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def direction(log_in):
    return log_in("direction")


def page(client, model, **query):
    return client.get(admin_url(model, "list"), query).content.decode()


def test_a_list_says_the_day_of_each_row(direction):
    row = ContactMessageFactory()
    told = REGISTER[ContactMessage].countdown_of(row).sentence

    assert told.startswith("Effacement le ")
    assert told in page(direction, ContactMessage)
    inspected = direction.get(admin_url(ContactMessage, "inspect", row.pk)).content.decode()
    assert told in inspected


def test_a_list_can_be_narrowed_to_what_ends_soon(direction):
    year, now = REGISTER[ContactMessage].delay, timezone.now()
    soon = ContactMessageFactory(name="Bientôt", created_at=now - year + timedelta(days=6))
    ContactMessageFactory(name="Plus tard", created_at=now - year + timedelta(days=20))

    week, month = (page(direction, ContactMessage, efface=days) for days in ("7", "30"))

    assert soon.name in week
    assert "Plus tard" not in week
    assert "Plus tard" in month
    assert "Plus tard" in page(direction, ContactMessage, efface="7; DROP TABLE")


def people(count):
    session = SessionFactory(first=a_month_from(timezone.now()), capacity=60)
    for number in range(count):
        enrol(session, individual(number), timezone.now())


@pytest.mark.parametrize(
    ("model", "make"),
    [
        (ContactMessage, ContactMessageFactory.create_batch),
        (OutgoingMessage, OutgoingMessageFactory.create_batch),
        (EnrolmentRequest, people),
        (Enrolment, people),
    ],
)
def test_a_long_list_costs_no_more(direction, count_queries, model, make):
    make(1)
    page(direction, model)
    few = count_queries(lambda: page(direction, model))
    make(12)

    assert count_queries(lambda: page(direction, model)) <= few


def test_what_asks_the_database_for_each_row_is_in_no_list():
    for model, entry in REGISTER.items():
        for addition in additions_to(model):
            assert addition.in_lists is not entry.asks_for_each


def test_what_an_app_erases_by_itself_shows_its_own_countdown():
    for model, entry in REGISTER.items():
        if entry.own_job:
            assert additions_to(model) == []


def test_comments_cost_no_more(direction, count_queries):
    post = PostPageFactory()
    CommentFactory(post=post)
    page(direction, Comment)
    few = count_queries(lambda: page(direction, Comment))
    CommentFactory.create_batch(12, post=post)

    assert count_queries(lambda: page(direction, Comment)) <= few
