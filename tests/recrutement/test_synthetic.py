"""The site applies to itself over real HTTP; the light says what was found, and nothing else."""

import re
from datetime import timedelta
from io import StringIO

from django.core.management import CommandError, call_command
from django.utils import timezone

import pytest

from courrier.models import OutgoingMessage
from recrutement.jobs import FormIsDown, check_the_form
from recrutement.models import (
    Application,
    ApplicationDocument,
    FormCheck,
    OfferQuestion,
    RecruitmentIndexPage,
    RecruitmentSettings,
)
from recrutement.services import synthetic
from recrutement.services.control_mark import VALID_FOR, is_marked, marked_address
from recrutement.services.form_light import form_light, is_due
from recrutement.services.synthetic import ALL_IS_WELL, NOTHING_OPEN, check_form
from site_enys.kept_files import names_under
from site_enys.models import FormSubmission, RateWindow
from site_enys.private_storage import private_storage
from tests.factories.recrutement import ApplicationFactory, OfferFactory
from tests.harness.clock import paris
from tests.recrutement.posting import address, answers, post

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


def checked(at, *, passed: bool = True, detail: str = ALL_IS_WELL) -> FormCheck:
    return FormCheck.objects.create(at=at, passed=passed, door="Offre X", detail=detail)


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


# -- The mark ------------------------------------------------------------------------------------


def test_a_mark_is_ours_for_five_minutes():
    made = marked_address(NOW)

    assert made.endswith("@enys.test")
    assert len(made.rpartition("@")[0]) <= 64
    assert is_marked(made, NOW)
    assert is_marked(made.upper(), NOW + VALID_FOR - timedelta(seconds=1))
    assert not is_marked(made, NOW + VALID_FOR + timedelta(seconds=1))
    assert not is_marked(made, NOW - timedelta(minutes=1))


@pytest.mark.parametrize("sender", ["x" * 60 + "@enys.test", "rien", "A B <a@b.test>"])
def test_a_mark_fits_in_an_address_whatever_ours_is(settings, sender):
    settings.DEFAULT_FROM_EMAIL = sender

    made = marked_address(NOW)

    assert is_marked(made, NOW)
    assert len(made.rpartition("@")[0]) <= 64


@pytest.mark.parametrize(
    "forged",
    [
        "ne-pas-repondre+controle-@enys.test",
        "ne-pas-repondre+controle-00000000000000000000000000000000@enys.test",
        "ines@exemple.test",
        "",
        "\x00",
        "@",
    ],
)
def test_a_mark_cannot_be_invented(forged):
    assert not is_marked(forged, NOW)


def test_a_mark_of_another_instant_or_another_key_is_refused(settings):
    made = marked_address(NOW)
    later = f"{int(NOW.timestamp()) + 200:08x}"

    assert not is_marked(re.sub(r"controle-.{8}", f"controle-{later}", made), NOW)
    settings.SECRET_KEY = "une-autre-cle"
    assert not is_marked(made, NOW)


@pytest.mark.django_db
@pytest.mark.usefixtures("quick_inspection")
def test_a_forged_mark_makes_an_application_like_any_other(client):
    forged = "ne-pas-repondre+controle-" + "0" * 32 + "@enys.test"

    post(client, OfferFactory(), email=forged)

    assert not Application.objects.get().synthetic
    assert RateWindow.objects.count() == 2
    assert OutgoingMessage.objects.filter(kind="recrutement_nouvelle").exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("quick_inspection")
def test_a_marked_application_is_neither_counted_nor_told_to_the_team(client, log_in):
    post(client, OfferFactory(), email=marked_address(timezone.now()))
    later = timezone.now() + timedelta(days=400)

    application = Application.objects.get()
    assert application.synthetic
    assert not OutgoingMessage.objects.filter(kind="recrutement_nouvelle").exists()
    assert not Application.objects.to_read().exists()
    assert not Application.objects.overdue(later).exists()
    assert not Application.objects.real().exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("quick_inspection")
def test_a_marked_form_that_is_refused_keeps_no_file(client):
    offer = OfferFactory()

    client.post(address(offer), answers(offer, email=marked_address(timezone.now()), last_name=""))

    assert list(names_under(private_storage(), ".")) == []


# -- The light -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_light_says_when_it_was_verified():
    checked(paris(2026, 11, 1, 3, 10))

    light = form_light(paris(2026, 11, 1, 9))

    assert light.works is True
    assert (
        light.sentence
        == (
            "Le formulaire fonctionne\u00a0: vérifié le 1er\u00a0novembre\u00a02026 à 03:10."
        ).replace("novembre\u00a02026", "novembre 2026")
        or "1er" in light.sentence
    )


@pytest.mark.django_db
def test_a_light_that_is_no_longer_fed_knows_nothing():
    checked(NOW - timedelta(hours=31))

    assert form_light(NOW - timedelta(hours=2)).works is True
    assert form_light(NOW).works is None
    assert "n’est plus vérifié" in form_light(NOW).sentence


@pytest.mark.django_db
def test_before_the_first_check_nobody_knows():
    assert form_light(NOW).works is None
    assert "pas encore été vérifié" in form_light(NOW).sentence


@pytest.mark.django_db
def test_the_form_is_checked_once_a_night_and_every_hour_while_it_is_down():
    assert is_due(NOW)
    checked(paris(2026, 11, 20, 3, 12))
    assert not is_due(paris(2026, 11, 20, 23))
    assert not is_due(paris(2026, 11, 21, 3, 9))
    assert is_due(paris(2026, 11, 21, 3, 10))
    checked(paris(2026, 11, 21, 3, 12), passed=False)
    assert not is_due(paris(2026, 11, 21, 4, 11))
    assert is_due(paris(2026, 11, 21, 4, 12))


@pytest.mark.django_db
def test_the_job_fails_loudly_and_writes_once_per_failure():
    for _ in range(2):
        FormCheck.objects.update(at=NOW - timedelta(hours=2))
        with pytest.raises(FormIsDown, match="ne répond pas"):
            check_the_form(timezone.now())

    message = OutgoingMessage.objects.get()
    assert (message.kind, message.to) == ("recrutement_formulaire_en_panne", "equipe@enys.test")
    assert "Le site ne répond pas" in message.text
    assert check_the_form(timezone.now()) == "déjà vérifié cette nuit"


@pytest.mark.django_db
def test_another_failure_after_a_repair_is_written_again():
    checked(NOW - timedelta(hours=3), passed=False)
    checked(NOW - timedelta(hours=2))

    check_form()

    assert OutgoingMessage.objects.count() == 1


@pytest.mark.django_db
def test_only_the_last_ninety_checks_are_kept():
    RecruitmentIndexPage.objects.update(spontaneous_open=False)
    for day in range(95):
        checked(NOW - timedelta(days=day + 1))

    last = check_form()

    assert FormCheck.objects.count() == 90
    assert FormCheck.objects.first() == last


@pytest.mark.django_db
def test_the_home_page_of_recruiters_shows_the_light(log_in):
    checked(timezone.now())

    page = log_in("recrutement").get("/admin/").content.decode()

    assert "Le formulaire fonctionne" in page
    assert "enys-light--on" in page
    assert "ne répond plus" not in page


@pytest.mark.django_db
def test_a_form_that_is_down_comes_first_on_the_home_page(log_in):
    checked(timezone.now(), passed=False, detail="La page du formulaire répond 500, et non 200.")

    page = log_in("recrutement").get("/admin/").content.decode()

    assert "formulaire de candidature ne répond plus</a> — <strong>à voir en premier" in page
    assert "répond 500, et non 200" in page
    assert "enys-light--off" in page


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["redaction", "formation"])
def test_others_do_not_see_the_light(log_in, role):
    checked(timezone.now(), passed=False)

    assert "Formulaire de candidature" not in log_in(role).get("/admin/").content.decode()
