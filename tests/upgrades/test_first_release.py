"""The data of the first release, brought to the current code: kept, shown, and still at work."""

import io
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from wagtail.models import Page

import PIL.Image
import pytest
import time_machine

from courrier.models import OutgoingMessage
from formation.models import Enrolment, EnrolmentRequest, Session
from formation.services.enrolment import refuse_unless_open_to
from home.models import CustomImage
from recrutement.models import Application, JobOfferPage
from site_enys.admin import admin_url
from site_enys.exceptions import refusal_of
from site_enys.jobs import run_due
from site_enys.models import User
from tests.formation.test_sign_up_pages import send as send_sign_up
from tests.harness.clock import paris
from tests.recrutement.posting import post as send_application
from tests.upgrades.old_data import first_release

pytestmark = [pytest.mark.processes, pytest.mark.django_db]

#: The day after its demonstration was made: its sessions and its offers are still to come.
NOW = paris(2026, 11, 23, 10)
#: What is computed from the rest, or that groups and permissions fill again.
COMPUTED = (
    *("search_", "wagtailcore_referenceindex", "auth_", "django_content_type", "django_session"),
    *("wagtailcore_group", "wagtailcore_collectionviewrestriction"),
)

RENAMED = {"formation_requestnumber": "formation_numbering"}


@pytest.fixture(scope="module")
def counts(django_db_setup, django_db_blocker, tmp_path_factory):
    """Counts of the old rows, once they are in the current state of the tables."""
    with (
        django_db_blocker.unblock(),
        first_release(tmp_path_factory.mktemp("ancien")) as counts,
        time_machine.travel(NOW),
    ):
        call_command("migrate", verbosity=0)
        yield counts


@pytest.fixture(autouse=True)
def _that_day(db, counts):
    """The pictures are too heavy to be kept: others of their size stand in their place."""
    for picture in CustomImage.objects.all():
        stand_in = io.BytesIO()
        PIL.Image.new("RGB", (picture.width, picture.height), "teal").save(stand_in, "PNG")
        storages["default"].save(picture.file.name, ContentFile(stand_in.getvalue()))
    with time_machine.travel(NOW):
        yield


def count(table):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608
        return cursor.fetchone()[0]


def test_every_row_is_still_there(counts):
    present = set(connection.introspection.table_names())
    kept = {
        RENAMED.get(table, table): number
        for table, number in counts.items()
        if not table.startswith(COMPUTED)
    }

    assert kept.keys() - present == set()
    assert {table: count(table) for table in kept if count(table) < kept[table]} == {}
    assert kept["formation_enrolment"] == Enrolment.objects.count() == 79
    assert kept["recrutement_application"] == Application.objects.count() == 8


def test_nothing_points_to_nothing(counts):
    connection.check_constraints()

    assert Page.find_problems() == ([], [], [], [], [])
    assert Enrolment.objects.exclude(request__in=EnrolmentRequest.objects.all()).count() == 0


def test_every_page_and_every_old_address_answers(client, counts):
    pages = Page.objects.live().public().filter(depth__gt=1).specific()

    answers = {page.url: client.get(page.url).status_code for page in pages}

    assert {url: code for url, code in answers.items() if code != 200} == {}
    assert len(answers) == counts["wagtailcore_page"] - 1
    for old in ("/blog/preparer-evaluation-has/", "/formation/memoire-deis/", "/recherche/?q=deis"):
        assert client.get(old).status_code == 200


def test_somebody_signs_up_for_a_session_of_then(client):
    session = next(
        session
        for session in Session.objects.upcoming(NOW)
        if session.seats_left > 1 and not refusal_of(refuse_unless_open_to, session, "company", NOW)
    )
    taken = session.seats_taken

    answer = send_sign_up(client, session, "entreprise")

    session.refresh_from_db()
    assert answer.status_code == 303, answer.context["form"].errors
    assert session.seats_taken == taken + 1
    assert EnrolmentRequest.objects.filter(contact_email="direction@deux-rives.test").exists()


def test_somebody_applies_for_an_offer_of_then(client):
    offer = JobOfferPage.objects.to_show(timezone.now()).first()

    answer = send_application(client, offer)

    assert answer.status_code == 303
    assert Application.objects.filter(offer=offer, email="ines.garnier@exemple.test").exists()


def test_the_team_signs_in_and_reads_its_lists(client):
    client.force_login(User.objects.get(username="direction"))

    for path in (
        *("/admin/", "/admin/pages/", "/admin/images/"),
        *(admin_url(model, "list") for model in (EnrolmentRequest, Application, OutgoingMessage)),
    ):
        assert client.get(path, follow=True).status_code == 200, path


def test_the_clock_finds_its_work(counts):
    done = run_due(NOW + timedelta(minutes=1), within=True)

    assert len(done) > 20
    assert {name: line for name, line in done.items() if line.startswith("échec")} == {}
