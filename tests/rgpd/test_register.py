"""What the register promises is what the purge does."""

from datetime import timedelta
from io import StringIO

from django.core.management import CommandError, call_command
from django.db import models
from django.utils import timezone

import pytest
from axes.models import AccessAttempt

from courrier.models import Attachment, OutgoingMessage
from rgpd import register as registry
from rgpd.jobs import erase_what_has_ended
from rgpd.register import REGISTER, PersonalData, processings
from rgpd.services.purge import PurgeIncomplete, purge
from site_enys.models import PrivateFileAccess, User
from tests.factories.courrier import OutgoingMessageFactory
from tests.factories.people import UserFactory

NOW = timezone.now()
YEAR = timedelta(days=365)
SECOND = timedelta(seconds=1)


@pytest.fixture
def message(db):
    """A message exactly at the end of its retention."""
    return aged(OutgoingMessageFactory(), YEAR)


def aged(message, age):
    OutgoingMessage.objects.filter(pk=message.pk).update(created_at=NOW - age)
    return message


@pytest.fixture
def only(monkeypatch):
    """The register reduced to one entry, changed as the test wants."""

    def only(model=OutgoingMessage, **changes):
        entry = REGISTER[model]
        values = {name: getattr(entry, name) for name in entry.__dataclass_fields__} | changes
        monkeypatch.setattr(registry, "REGISTER", {model: PersonalData(**values)})

    return only


def count(outcome):
    return sum(outcome.values())


# -- The purge ----------------------------------------------------------------------------------


def test_a_row_lives_to_the_last_second_of_its_retention(message):
    assert count(purge(NOW, apply=True)) == 0
    assert count(purge(NOW + SECOND, apply=True)) == 1
    assert not OutgoingMessage.objects.exists()


def test_without_apply_rows_are_counted_and_stay(message):
    assert count(purge(NOW + SECOND, apply=False)) == 1
    assert OutgoingMessage.objects.exists()


def test_what_follows_a_row_goes_with_it(message):
    Attachment.objects.create(message=message, name="a", content_type="b", content=b"c")

    purge(NOW + SECOND, apply=True)

    assert not Attachment.objects.exists()


def test_running_again_erases_nothing_more(message):
    purge(NOW + SECOND, apply=True)

    assert count(purge(NOW + SECOND, apply=True)) == 0


def test_an_interruption_leaves_whole_rows_and_the_rest_for_next_time(message, only):
    aged(OutgoingMessageFactory(), 2 * YEAR)
    done = []

    def erase_one_then_stop(row):
        if done:
            raise KeyboardInterrupt
        done.append(row.delete())

    only(erase=erase_one_then_stop)
    with pytest.raises(KeyboardInterrupt):
        purge(NOW + SECOND, apply=True)

    assert OutgoingMessage.objects.count() == 1
    only()
    assert count(purge(NOW + SECOND, apply=True)) == 1


def test_a_row_that_cannot_be_erased_stops_no_other_and_is_said(message, only, caplog):
    aged(OutgoingMessageFactory(to="zoe@exemple.test"), 2 * YEAR)
    only(erase=lambda row: 1 / 0 if row.pk == message.pk else row.delete())

    with pytest.raises(PurgeIncomplete, match="Courriels envoyés"):
        purge(NOW + SECOND, apply=True)

    assert list(OutgoingMessage.objects.all()) == [message]
    assert f"OutgoingMessage n° {message.pk}" in caplog.text
    assert "exemple.test" not in caplog.text


def test_a_failed_erasure_leaves_the_row_whole(message, only):
    def half(row):
        OutgoingMessage.objects.filter(pk=row.pk).update(to="")
        raise RuntimeError

    only(erase=half)
    with pytest.raises(PurgeIncomplete):
        purge(NOW + SECOND, apply=True)

    assert OutgoingMessage.objects.get().to != ""


def test_a_row_whose_retention_starts_again_meanwhile_is_kept(message, only):
    other = aged(OutgoingMessageFactory(), 2 * YEAR)

    def erase(row):
        OutgoingMessage.objects.exclude(pk=row.pk).update(created_at=NOW)
        row.delete()

    only(erase=erase)

    assert count(purge(NOW + SECOND, apply=True)) == 1
    assert OutgoingMessage.objects.count() == 1
    assert other


def test_the_command_is_a_dry_run_unless_told_otherwise(message):
    OutgoingMessage.objects.update(created_at=NOW - 2 * YEAR)
    out = StringIO()

    call_command("rgpd_purge", stdout=out)
    assert "1  Courriels envoyés par le site (courriels)" in out.getvalue()
    assert "Rien n'a été effacé" in out.getvalue()
    assert OutgoingMessage.objects.exists()

    call_command("rgpd_purge", "--apply", stdout=out)
    assert not OutgoingMessage.objects.exists()


def test_the_command_fails_when_something_stayed(message, only):
    OutgoingMessage.objects.update(created_at=NOW - 2 * YEAR)
    only(erase=lambda row: 1 / 0)

    with pytest.raises(CommandError, match="Courriels envoyés"):
        call_command("rgpd_purge", "--apply", stdout=StringIO())


def test_the_purge_is_a_job_of_each_day(message):
    assert erase_what_has_ended(NOW + SECOND) == "lignes effacées\u00a0: 1"


# -- The foundation's own data ------------------------------------------------------------------


@pytest.mark.django_db
def test_an_account_is_forgotten_a_year_after_it_was_closed():
    left = UserFactory(is_active=False, last_login=NOW - YEAR - SECOND, role="redaction")
    never = UserFactory(is_active=False, date_joined=NOW - YEAR - SECOND)
    kept = [
        UserFactory(is_active=True, last_login=NOW - 3 * YEAR),
        UserFactory(is_active=False, last_login=NOW),
        UserFactory(is_active=False, last_login=None, date_joined=NOW),
    ]

    assert count(purge(NOW, apply=True)) == 2

    for user in (left, never):
        name, email = user.last_name, user.email
        user.refresh_from_db()
        assert (user.last_name, user.email, user.has_usable_password()) == ("", "", False)
        assert name not in str(user)
        assert email not in user.username
    assert User.objects.filter(pk__in=[user.pk for user in kept], last_name__gt="").count() == 3
    assert count(purge(NOW, apply=True)) == 0


@pytest.mark.django_db
def test_the_journals_of_the_foundation_end():
    AccessAttempt.objects.create(
        username="a", ip_address="192.0.2.1", user_agent="", failures_since_start=1
    )
    AccessAttempt.objects.update(attempt_time=NOW - timedelta(days=183))
    PrivateFileAccess.objects.create(subject="CV n° 1")
    PrivateFileAccess.objects.update(at=NOW - YEAR)

    assert count(purge(NOW, apply=True)) == 0
    assert count(purge(NOW + SECOND, apply=True)) == 2


# -- What the privacy page reads ----------------------------------------------------------------


@pytest.mark.django_db
def test_models_that_say_the_same_are_said_once():
    names = [entry.processing for entry in processings()]

    assert names == sorted(names)
    assert names.count("Sécurité des connexions") == 1
    assert len(REGISTER) > len(names)


@pytest.mark.django_db
@pytest.mark.parametrize("entry", REGISTER.values(), ids=lambda entry: entry.model._meta.label)
def test_each_entry_says_everything_the_law_asks_in_words(entry):
    for name in ("processing", "purpose", "legal_basis", "data", "recipients", "kept_since"):
        assert getattr(entry, name).strip(), name
    assert entry.delay > timedelta(0)
    assert any(word in entry.delay_words for word in ("mois", "ans", "jours", "tant que"))
    assert isinstance(entry.ended(NOW), models.QuerySet)
    assert entry.ended(NOW).model is entry.model
