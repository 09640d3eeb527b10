"""What a page showed on a past day, from the journal of its publications."""

from datetime import date

from wagtail.models import PageLogEntry

import pytest
import time_machine

from home.services import scheduling
from home.services.history import version_at, versions_on
from tests.factories.home import ServicePageFactory
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return ServicePageFactory(live=False, title="Conseil")


def publish(page, instant, **changes):
    """Publish the page with these changes, as an editor does."""
    with time_machine.travel(instant, tick=False):
        for name, value in changes.items():
            setattr(page, name, value)
        revision = page.save_revision(log_action=True)
        revision.publish()
    page.refresh_from_db()
    return revision


def unpublish(page, instant):
    with time_machine.travel(instant, tick=False):
        page.unpublish()
    page.refresh_from_db()


def shown_on(page, *day):
    return [version.revision for version in versions_on(page, date(*day))]


def test_a_page_shows_its_last_publication_until_the_next_or_its_withdrawal(page):
    first = publish(page, paris(2026, 3, 2, 10))
    second = publish(page, paris(2026, 3, 5, 10), title="Autre")
    unpublish(page, paris(2026, 3, 8, 10))
    third = publish(page, paris(2026, 3, 12, 10))

    assert shown_on(page, 2026, 3, 1) == []
    assert shown_on(page, 2026, 3, 2) == [first]
    assert shown_on(page, 2026, 3, 4) == [first]
    assert shown_on(page, 2026, 3, 5) == [first, second]
    assert shown_on(page, 2026, 3, 8) == [second]
    assert shown_on(page, 2026, 3, 10) == []
    assert shown_on(page, 2026, 3, 12) == [third]
    assert shown_on(page, 2026, 9, 1) == [third]


def test_days_begin_at_midnight_in_paris(page):
    revision = publish(page, paris(2026, 7, 2, 0, 30))
    unpublish(page, paris(2026, 7, 4, 0, 0))

    assert shown_on(page, 2026, 7, 1) == []
    assert shown_on(page, 2026, 7, 2) == [revision]
    assert shown_on(page, 2026, 7, 3) == [revision]
    assert shown_on(page, 2026, 7, 4) == []


def test_a_draft_saved_since_has_not_been_shown(page):
    revision = publish(page, paris(2026, 3, 2, 10))
    page.title = "Brouillon"
    page.save_revision()

    assert shown_on(page, 2026, 3, 3) == [revision]


def test_a_scheduled_page_is_shown_when_its_time_has_come_and_until_it_is_over(page):
    scheduled = publish(
        page,
        paris(2026, 3, 2, 10),
        go_live_at=paris(2026, 3, 6, 8),
        expire_at=paris(2026, 3, 9, 8),
    )
    for instant in (paris(2026, 3, 6, 8, 1), paris(2026, 3, 9, 8, 1)):
        with time_machine.travel(instant, tick=False):
            scheduling.run(instant)

    assert shown_on(page, 2026, 3, 5) == []
    assert shown_on(page, 2026, 3, 6) == [scheduled]
    assert shown_on(page, 2026, 3, 8) == [scheduled]
    assert shown_on(page, 2026, 3, 10) == []


def test_a_change_that_waits_for_its_time_leaves_what_is_shown(page):
    shown = publish(page, paris(2026, 3, 2, 10))
    publish(page, paris(2026, 3, 4, 10), title="Demain", go_live_at=paris(2026, 4, 1, 8))

    assert shown_on(page, 2026, 3, 20) == [shown]


def test_an_instant_belongs_to_what_it_begins(page):
    first, second = (publish(page, paris(2026, 3, day, 10)) for day in (2, 5))

    assert version_at(page, paris(2026, 3, 2, 9, 59)) is None
    assert version_at(page, paris(2026, 3, 5, 9, 59)).revision == first
    assert version_at(page, paris(2026, 3, 5, 10)).revision == second


def test_a_revision_that_was_deleted_since_is_said_to_be_gone(page):
    publish(page, paris(2026, 3, 2, 10)).delete()

    (version,) = versions_on(page, date(2026, 3, 3))
    assert version.revision is None


def test_a_page_that_no_journal_knows_has_shown_nothing_that_is_known():
    page = ServicePageFactory()
    PageLogEntry.objects.filter(page=page.pk).delete()

    assert versions_on(page, date(2026, 3, 3)) == []
