"""The address that nobody else can write, and what it changes."""

import re
from datetime import timedelta

from django.utils import timezone

import pytest

from courrier.models import OutgoingMessage
from recrutement.models import Application
from recrutement.services.control_mark import VALID_FOR, is_marked, marked_address
from site_enys.kept_files import names_under
from site_enys.models import RateWindow
from site_enys.private_storage import private_storage
from tests.factories.recrutement import OfferFactory
from tests.recrutement.posting import address, answers, post

NOW = timezone.now()


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
