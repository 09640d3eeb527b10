"""The site applies to itself over real HTTP; the light says what was found, and nothing else."""

from datetime import timedelta
from io import StringIO

from django.core.management import CommandError, call_command
from django.utils import timezone

import pytest

from courrier.models import OutgoingMessage
from recrutement.models import (
    Application,
    ApplicationDocument,
    FormCheck,
    OfferQuestion,
    RecruitmentIndexPage,
    RecruitmentSettings,
)
from recrutement.services import synthetic
from recrutement.services.form_light import form_light
from recrutement.services.synthetic import ALL_IS_WELL, NOTHING_OPEN, check_form
from site_enys.kept_files import names_under
from site_enys.models import FormSubmission, RateWindow
from site_enys.private_storage import private_storage
from tests.factories.recrutement import ApplicationFactory, OfferFactory

NOW = timezone.now()
over_http = pytest.mark.django_db(transaction=True)


@pytest.fixture
def quick(settings):
    settings.FORM_MIN_SECONDS = 0


def nothing_remains() -> bool:
    kept = (Application, ApplicationDocument, FormSubmission, OutgoingMessage, RateWindow)
    return not any(model.objects.exists() for model in kept) and not list(
        names_under(private_storage(), ".")
    )


# -- The check itself ----------------------------------------------------------------------------


@over_http
def test_a_form_that_works_turns_the_light_green_and_nothing_remains(live_server, settings):
    settings.FORM_MIN_SECONDS = 1
    offer = OfferFactory(answer_by_days=14)
    for kind in ("court", "long", "oui-non", "choix"):
        OfferQuestion.objects.create(
            page=offer, label=f"{kind}\u202f?", kind=kind, choices="A\nB", required=True
        )

    check = check_form(live_server.url)

    assert (check.passed, check.detail) == (True, ALL_IS_WELL)
    assert check.door == f"Offre {offer.reference}"
    assert form_light(timezone.now()).works is True
    assert nothing_remains()


@over_http
@pytest.mark.usefixtures("quick")
def test_what_the_check_sends_goes_all_the_way(live_server, monkeypatch):
    OfferFactory()
    seen = {}
    monkeypatch.setattr(synthetic, "remove", lambda rows: seen.setdefault("kept", []).extend(rows))

    check_form(live_server.url)

    application = Application.objects.get()
    assert application.synthetic
    assert application.email.startswith("ne-pas-repondre+controle-")
    assert application.documents.get().pages == 1
    assert [message.kind for message in OutgoingMessage.objects.all()] == ["recrutement_accuse"]
    assert FormSubmission.objects.count() == 1
    assert not RateWindow.objects.exists()
    monkeypatch.undo()
    synthetic.remove(Application.objects.filter(synthetic=True))
    assert nothing_remains()


@over_http
@pytest.mark.usefixtures("quick")
def test_without_an_offer_the_spontaneous_form_is_the_door(live_server):
    assert check_form(live_server.url).door == "Candidature spontanée"
    assert FormCheck.objects.get().passed


@pytest.mark.django_db
def test_when_nothing_is_open_it_is_said_and_nothing_fails():
    RecruitmentIndexPage.objects.update(spontaneous_open=False)

    check = check_form()

    assert (check.passed, check.detail) == (True, NOTHING_OPEN)
    assert form_light(timezone.now()).works is None


@over_http
@pytest.mark.usefixtures("quick")
def test_the_command_says_what_it_found(live_server):
    out = StringIO()

    call_command("synthetic_application", url=live_server.url, stdout=out)

    assert out.getvalue().strip() == ALL_IS_WELL


@over_http
@pytest.mark.usefixtures("quick")
def test_the_limit_of_visitors_neither_stops_the_check_nor_is_used_by_it(live_server, settings):
    settings.FORM_HOURLY_LIMIT = 0

    assert check_form(live_server.url).passed
    assert not RateWindow.objects.exists()


# -- A site that does not work -------------------------------------------------------------------


@over_http
def test_a_site_that_does_not_answer_turns_the_light_red():
    with pytest.raises(CommandError, match="ne répond pas"):
        call_command("synthetic_application", url="http://127.0.0.1:9")

    assert form_light(timezone.now()).works is False


@over_http
@pytest.mark.usefixtures("quick")
def test_a_name_that_the_site_does_not_know_turns_the_light_red(live_server, settings):
    settings.ALLOWED_HOSTS = ["ailleurs.test"]

    assert "répond 400, et non 200" in check_form(live_server.url).detail
    assert not FormCheck.objects.get().passed


@over_http
@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("status", "page", "detail"),
    [
        (404, "Rien ici.", "répond 404, et non 200"),
        (500, "Panne.", "répond 500, et non 200"),
        (301, "", "répond 301, et non 200"),
        (200, "<form method=post><input name=q></form>", "ne contient pas le formulaire"),
        (200, '<form enctype="multipart/form-data"></form>', "L’envoi répond 403, et non 303"),
    ],
)
def test_a_wrong_page_turns_the_light_red(live_server, settings, status, page, detail):
    OfferFactory()
    settings.ROOT_URLCONF = "tests.recrutement.broken_urls"
    settings.BROKEN_ANSWER = (status, page)

    check = check_form(live_server.url)

    assert not check.passed
    assert detail in check.detail
    assert form_light(timezone.now()).works is False


@over_http
@pytest.mark.usefixtures("quick")
def test_a_form_that_refuses_everybody_says_why(live_server):
    offer = OfferFactory()
    OfferQuestion.objects.create(page=offer, label="Quoi\u202f?", kind="choix", required=True)
    RecruitmentSettings.objects.update_or_create(defaults={"max_file_megabytes": 0})

    check = check_form(live_server.url)

    assert "L’envoi répond 200, et non 303. Votre CV dépasse" in check.detail
    assert not Application.objects.exists()


@over_http
@pytest.mark.usefixtures("quick")
def test_a_form_that_sets_everybody_aside_turns_the_light_red(live_server, settings, monkeypatch):
    monkeypatch.setattr("recrutement.services.synthetic.time.sleep", lambda seconds: None)
    settings.FORM_MIN_SECONDS = 600

    check = check_form(live_server.url)

    assert not check.passed
    assert "ne l’a pas reconnue" in check.detail
    assert Application.objects.count() == 0
    assert list(names_under(private_storage(), ".")) == []


@over_http
@pytest.mark.usefixtures("quick")
def test_a_store_that_cannot_be_written_turns_the_light_red(live_server, settings, tmp_path):
    wall = tmp_path / "mur"
    wall.write_text("pas un dossier")
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "site_enys.private_storage.PrivateFileSystemStorage",
            "OPTIONS": {"location": wall},
        }
    }

    check = check_form(live_server.url)

    assert not check.passed
    assert not Application.objects.exists()


@over_http
@pytest.mark.usefixtures("quick")
def test_mail_that_does_not_leave_turns_the_light_red(live_server, settings, monkeypatch):
    settings.EMAIL_HOST = "127.0.0.1"
    monkeypatch.setattr(synthetic, "LONGEST_SENDING", 1)

    check = check_form(live_server.url)

    assert "L’accusé de réception n’est pas parti" in check.detail
    assert not Application.objects.exists()


@over_http
@pytest.mark.usefixtures("quick")
def test_what_a_killed_check_has_left_goes_with_the_next_one(live_server):
    left = ApplicationFactory(synthetic=True, submitted_at=NOW - timedelta(hours=1))
    spared = ApplicationFactory(submitted_at=NOW - timedelta(hours=1))

    check_form(live_server.url)

    assert list(Application.objects.all()) == [spared]
    assert left.pk != spared.pk
