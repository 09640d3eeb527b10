"""The candidate's journey, as a browser without JavaScript goes through it."""

import re
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.test import override_settings
from django.utils import timezone

import pytest
import time_machine

from courrier.models import OutgoingMessage
from recrutement.models import Application, RecruitmentIndexPage
from site_enys.kept_files import names_under
from site_enys.private_storage import private_storage
from site_enys.public_forms import HONEYPOT
from tests.factories.recrutement import ApplicationFactory, OfferFactory
from tests.harness.clock import paris
from tests.recrutement import pdfs
from tests.recrutement.posting import address, answers, cv, post, token

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_inspection")]


@pytest.fixture
def offer():
    return OfferFactory(title="Chargé·e d’études", answer_by_days=14)


def kept_token(response) -> str:
    return re.search(r'name="cv_joint" value="([^"]+)"', response.content.decode())[1]


def test_from_the_form_to_the_number(client, offer):
    form = client.get(address(offer))
    assert form.status_code == 200
    assert 'enctype="multipart/form-data"' in form.content.decode()

    sent = post(client, offer)

    application = Application.objects.get()
    assert sent.status_code == 303
    assert sent.url.startswith("/recrutement/recue/")
    page = client.get(sent.url)
    text = page.content.decode()
    assert application.reference in text
    assert "Chargé·e d’études" in text
    assert "noindex" in text
    for secret in ("Inès", "Garnier", "ines.garnier"):
        assert secret not in text


def test_a_spontaneous_application_has_no_offer(client):
    sent = post(client, None)

    assert sent.status_code == 303
    assert Application.objects.get().offer is None
    assert "Candidature spontanée" in client.get(sent.url).content.decode()


def test_the_notice_stands_above_the_button_with_the_real_delay(client, offer):
    text = client.get(address(offer)).content.decode()

    notice, button = text.index("Ce que deviennent ces informations"), text.index("Envoyer ma")
    assert notice < button
    assert "effacées 3 mois après la fin du recrutement" in text
    assert "cnil.fr/plaintes" in text


def test_the_form_asks_for_nothing_that_the_law_forbids(client, offer):
    text = client.get(address(offer)).content.decode()
    form = text[text.index('<form method="post"') :]
    names = set(re.findall(r'name="([a-z_]+)"', form))

    assert names - {"csrfmiddlewaretoken", "form_token", HONEYPOT, "cv_joint"} == {
        "first_name", "last_name", "email", "phone", "cv", "message", "source", "accommodation",
    }  # fmt: skip


def test_the_form_is_never_stored_by_a_cache(client, offer):
    assert "no-store" in client.get(address(offer)).headers["Cache-Control"]


@pytest.mark.parametrize("field", ["first_name", "last_name", "email", "cv"])
def test_a_missing_answer_is_said_and_nothing_is_stored(client, offer, field):
    response = post(client, offer, **{field: None})

    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not Application.objects.exists()


def test_an_accepted_cv_survives_the_error_of_another_field(client, offer):
    first = post(client, offer, email="pas-une-adresse", cv=cv(pdfs.pdf(3), "Mon CV.pdf"))

    assert "Mon CV.pdf</strong> (3\u00a0pages) est déjà joint" in first.content.decode()
    assert 'value="Inès"' in first.content.decode()
    sent = post(client, offer, cv=None, cv_joint=kept_token(first))

    assert sent.status_code == 303
    document = Application.objects.get().documents.get()
    assert (document.original_name, document.pages) == ("Mon CV.pdf", 3)
    with document.file.open() as file:
        assert file.read() == pdfs.pdf(3)


def test_a_kept_cv_survives_several_errors(client, offer):
    first = post(client, offer, email="non")
    second = post(client, offer, email="non", cv=None, cv_joint=kept_token(first))
    third = post(client, offer, cv=None, cv_joint=kept_token(second))

    assert third.status_code == 303


def test_a_new_file_replaces_the_kept_one(client, offer):
    first = post(client, offer, email="non")

    post(client, offer, cv=cv(pdfs.pdf(2), "Autre.pdf"), cv_joint=kept_token(first))

    assert Application.objects.get().documents.get().original_name == "Autre.pdf"


def test_a_refused_file_leaves_the_kept_one_in_place(client, offer):
    first = post(client, offer, email="non")

    second = post(client, offer, cv=cv(b"x"), cv_joint=kept_token(first))

    assert "est déjà joint" in second.content.decode()
    assert post(client, offer, cv=None, cv_joint=kept_token(second)).status_code == 303


def test_a_kept_cv_is_of_no_use_in_another_form(client, offer):
    stolen = kept_token(post(client, offer, email="non"))

    response = post(client, OfferFactory(), cv=None, cv_joint=stolen)

    assert "cv" in response.context["form"].errors


def test_a_double_click_with_a_kept_cv_makes_one_application(client, offer):
    kept = kept_token(post(client, offer, email="non"))
    data = answers(offer, cv=None, cv_joint=kept)

    first, second = client.post(address(offer), data), client.post(address(offer), data)

    assert first.url == second.url
    assert Application.objects.count() == 1


def test_a_refused_file_is_said_beside_the_field_and_nothing_is_stored(client, offer):
    response = post(client, offer, cv=cv(pdfs.with_javascript()))

    assert "contient un programme" in response.context["form"].errors["cv"][0]
    assert not Path(settings.PRIVATE_ROOT).exists()


def test_a_name_with_a_path_and_direction_marks_is_only_text(client, offer):
    post(client, offer, cv=cv(name="..\\..\\CV\u202e d’Inès.pdf"))

    document = Application.objects.get().documents.get()
    assert document.original_name == "CV d’Inès.pdf"
    assert re.fullmatch(r"recrutement/[0-9a-f]{2}/[0-9a-f]{32}", document.file.name)


def test_the_file_is_never_under_the_media_folder(client, offer):
    post(client, offer)

    path = Path(Application.objects.get().documents.get().file.path)
    assert path.is_relative_to(settings.PRIVATE_ROOT)
    assert not path.is_relative_to(settings.MEDIA_ROOT)
    assert path.stat().st_mode & 0o077 == 0
    assert client.get(f"/media/{path.name}/").status_code == 404


def test_no_cv_is_asked_when_the_offer_does_not_require_one(client):
    offer = OfferFactory(cv_required=False)

    assert post(client, offer, cv=None).status_code == 303


def test_the_message_can_be_required_or_absent(client):
    required, absent = OfferFactory(cover_letter="obligatoire"), OfferFactory(cover_letter="sans")

    assert "message" in post(client, required, message="").context["form"].errors
    assert 'name="message"' not in client.get(address(absent)).content.decode()
    post(client, absent, message="Quand même")
    assert Application.objects.get().message == ""


def test_a_replay_gets_the_first_answer(client, offer):
    data = answers(offer)

    first = client.post(address(offer), data)
    second = client.post(address(offer), data | {"cv": cv()})

    assert first.url == second.url
    assert Application.objects.count() == 1
    assert OutgoingMessage.objects.filter(kind="recrutement_accuse").count() == 1


def test_a_second_application_gets_the_same_page_and_tells_nothing(client, offer):
    long_ago = timezone.now() - timedelta(days=10)
    old = ApplicationFactory(
        offer=offer, email="ines.garnier@exemple.test", submitted_at=long_ago, state="interview"
    )

    known = client.get(post(client, offer).url).content.decode()
    unknown_sent = post(client, offer, email="autre@exemple.test")
    unknown = client.get(unknown_sent.url).content.decode()

    def without_number(text: str) -> str:
        return re.sub(r"C-2026-\d+|recue/[^/]+/", "", text)

    assert without_number(known) == without_number(unknown)
    assert Application.objects.filter(email=old.email).count() == 1


def test_somebody_too_fast_is_set_aside_and_gets_the_same_answer(client, offer):
    sent = post(client, offer, form_token=token(offer, age=timedelta(0)))

    assert sent.status_code == 303
    assert Application.objects.get().state == "quarantine"
    assert not OutgoingMessage.objects.exists()
    assert "est arrivée" in client.get(sent.url).content.decode()


def test_a_filled_trap_is_set_aside(client, offer):
    post(client, offer, **{HONEYPOT: "http://spam.test"})

    assert Application.objects.get().state == "quarantine"


def test_a_form_of_another_offer_is_refused(client, offer):
    response = post(client, offer, form_token=token(OfferFactory()))

    assert response.context["form"].non_field_errors()
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"first_name": "a" * 81},
        {"first_name": "In\x00ès"},
        {"last_name": "Gar\x1bnier"},
        {"message": "x" * 5001},
        {"message": "\x07"},
        {"phone": "appelez-moi"},
        {"phone": "12"},
        {"phone": "0" * 31},
        {"email": "a@b"},
        {"email": "a" * 300 + "@exemple.test"},
        {"source": "espion"},
        {"form_token": "x"},
        {"cv_joint": "x" * 2000},
        {"cv_joint": "\x00"},
    ],
)
def test_hostile_answers_get_a_sentence_and_never_a_crash(client, offer, changes):
    response = post(client, offer, **changes)

    assert response.status_code == 200
    assert response.context["form"].errors
    assert not Application.objects.exists()


def test_a_closed_offer_refuses_its_form_with_the_reason(client, offer):
    offer.status = "filled"
    offer.save()

    for response in (client.get(address(offer)), post(client, offer)):
        assert response.status_code == 410
        assert "Ce poste est pourvu" in response.content.decode()
        assert "noindex" in response.content.decode()
    assert not Application.objects.exists()


def test_a_form_opened_in_time_and_sent_too_late_is_refused(client):
    offer = OfferFactory(closing_date=paris(2026, 6, 30).date())

    with time_machine.travel(paris(2026, 6, 30, 23, 59), tick=False):
        opened = token(offer)
        assert client.get(address(offer)).status_code == 200
        data = answers(offer, form_token=opened)
    with time_machine.travel(paris(2026, 7, 1), tick=False):
        late = client.post(address(offer), data)

    assert late.status_code == 410
    assert "date limite" in late.content.decode()


def test_an_offer_closed_while_the_form_is_read_is_refused_in_the_form(client, offer, monkeypatch):
    monkeypatch.setattr(
        "recrutement.forms.application.check_cv",
        lambda upload: type(offer).objects.update(status="cancelled") and None,
    )

    response = post(client, offer)

    assert "Cette offre a été annulée." in response.context["form"].non_field_errors()
    assert not Application.objects.exists()


def test_spontaneous_applications_can_be_closed(client):
    RecruitmentIndexPage.objects.update(spontaneous_open=False)

    assert client.get(address(None)).status_code == 410
    assert post(client, None).status_code == 410


@pytest.mark.parametrize(
    "path",
    [
        "/recrutement/postuler/ENYS-1999-999/",
        "/recrutement/postuler/%00/",
        "/recrutement/postuler/" + "x" * 500 + "/",
        "/recrutement/recue/7f9c1f0e-0000-4000-8000-000000000000/",
        "/recrutement/recue/WyJDLTIwMjYtMDAwMSIsIngiLCIyMDI2LTAxLTAxIl0:AAAA/",
    ],
)
def test_an_invented_address_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_the_form_of_a_draft_is_not_found(client):
    assert client.get(address(OfferFactory(live=False))).status_code == 404


@override_settings(FORM_HOURLY_LIMIT=2)
def test_too_many_files_are_not_opened(client, offer, monkeypatch):
    for _ in range(2):
        post(client, offer, email="non")
    monkeypatch.setattr(
        "recrutement.forms.application.check_cv", lambda upload: pytest.fail("ouvert")
    )

    response = post(client, offer)

    assert "Réessayez dans" in response.context["form"].errors["cv"][0]


@override_settings(FORM_HOURLY_LIMIT=1)
def test_too_many_applications_wait_with_their_file(client, offer):
    kept = kept_token(post(client, offer, email="non"))
    post(client, offer, cv=None, cv_joint=kept)

    response = post(client, offer, email="b@exemple.test", cv=None, cv_joint=kept)

    assert response.context["form"].non_field_errors()
    assert "est déjà joint" in response.content.decode()


def test_a_crash_while_saving_leaves_no_file(client, offer, monkeypatch):
    def crash(*args, **kwargs):
        raise RuntimeError("panne")

    monkeypatch.setattr("recrutement.emails.parts.queue", crash)

    with pytest.raises(RuntimeError):
        post(client, offer)

    assert list(names_under(private_storage(), "recrutement")) == []
    assert not Application.objects.exists()


def test_only_reading_and_sending_are_allowed(client, offer):
    assert client.put(address(offer)).status_code == 405
    assert client.delete(address(offer)).status_code == 405


def test_the_csrf_protection_is_on(offer):
    from tests.harness.client import SiteClient  # noqa: PLC0415

    strict = SiteClient(enforce_csrf_checks=True)

    assert post(strict, offer).status_code == 403
    assert not Application.objects.exists()


def test_the_number_of_queries_of_the_form_is_small(client, offer, count_queries):
    client.get(address(offer))

    assert count_queries(lambda: client.get(address(offer))) <= 15
