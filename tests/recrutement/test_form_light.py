"""What the home page says of the form, when it is checked, and who is told."""

from datetime import timedelta

from django.utils import timezone

import pytest

from courrier.models import OutgoingMessage
from recrutement.jobs import FormIsDown, check_the_form
from recrutement.models import FormCheck, RecruitmentIndexPage
from recrutement.services.form_light import form_light, is_due
from recrutement.services.synthetic import ALL_IS_WELL, check_form
from tests.harness.clock import paris

NOW = timezone.now()


def checked(at, *, passed: bool = True, detail: str = ALL_IS_WELL) -> FormCheck:
    return FormCheck.objects.create(at=at, passed=passed, door="Offre X", detail=detail)


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

    first = page.partition("À voir en premier</h3>")[2].partition("</ul>")[0]
    assert "panne du formulaire de candidature</a>" in first
    assert "répond 500, et non 200" in page
    assert "enys-light--off" in page


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["redaction", "formation"])
def test_others_do_not_see_the_light(log_in, role):
    checked(timezone.now(), passed=False)

    assert "Formulaire de candidature" not in log_in(role).get("/admin/").content.decode()
