"""What is promised above the button is what the purge does."""

from datetime import timedelta

from django.utils import timezone

import pytest

from recrutement.enums import ENDED, ApplicationState
from recrutement.models import Application, ApplicationDocument
from rgpd.register import FOLLOWERS
from rgpd.services.purge import purge
from site_enys.kept_files import names_under
from site_enys.private_storage import private_storage
from tests.factories.recrutement import ApplicationFactory, DocumentFactory

NOW = timezone.now()
MONTHS_3 = timedelta(days=93)


def aged(state: str, age: timedelta) -> Application:
    return ApplicationFactory(state=state, submitted_at=NOW - age)


@pytest.mark.django_db
@pytest.mark.parametrize("state", ENDED)
def test_what_has_ended_is_erased_after_three_months(state):
    aged(state, MONTHS_3)
    young = aged(state, timedelta(days=91))

    purge(NOW, apply=True)

    assert list(Application.objects.all()) == [young]


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["received", "reviewing", "interview", "offered"])
def test_what_is_going_on_is_never_erased(state):
    aged(state, timedelta(days=400))

    purge(NOW, apply=True)

    assert Application.objects.count() == 1


@pytest.mark.django_db
def test_what_nobody_let_in_is_erased_after_thirty_days():
    aged(ApplicationState.QUARANTINE, timedelta(days=31))
    young = aged(ApplicationState.QUARANTINE, timedelta(days=29))

    purge(NOW, apply=True)

    assert list(Application.objects.all()) == [young]


@pytest.mark.django_db(transaction=True)
def test_erasing_deletes_the_file_and_the_events():
    document = DocumentFactory(application=aged("rejected", MONTHS_3))

    purge(NOW, apply=False)
    assert private_storage().exists(document.file.name)

    purge(NOW, apply=True)
    assert list(names_under(private_storage(), "recrutement")) == []
    assert not ApplicationDocument.objects.exists()


def test_files_and_events_live_and_die_with_the_application():
    assert {model.__name__ for model, lead in FOLLOWERS.items() if lead is Application} == {
        "ApplicationAnswer",
        "ApplicationDocument",
        "ApplicationEvent",
        "ApplicationNote",
        "ApplicationRating",
        "ApplicationReveal",
        "Interview",
    }
