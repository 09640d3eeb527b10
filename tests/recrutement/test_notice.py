"""What is told above the button: read from the settings of the purge, and kept as a version."""

import hashlib
import re
from datetime import timedelta
from html import unescape

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import strip_tags

from wagtail.models import Site

import pytest

from home.models import OrganisationSettings
from recrutement.models import Application, RecruitmentSettings
from recrutement.notice import BACKUP_DAYS, WORDED, notice_for
from rgpd.models import NoticeVersion
from rgpd.services.purge import purge
from tests.factories.recrutement import ApplicationFactory, OfferFactory
from tests.recrutement.posting import address, answers, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_inspection")]


def words(offer=None) -> str:
    return " ".join(unescape(strip_tags(notice_for(offer).html)).split())


def set_delays(**values) -> None:
    settings = RecruitmentSettings.load()
    for name, value in values.items():
        setattr(settings, name, value)
    settings.save()


def set_organisation(**values) -> None:
    organisation = OrganisationSettings.for_site(Site.objects.get(is_default_site=True))
    for name, value in values.items():
        setattr(organisation, name, value)
    organisation.save()


def test_the_words_have_their_month():
    digest = hashlib.sha256(words().encode()).hexdigest()[:12]

    assert (WORDED, digest) == ("2026-11", "d208654a73eb"), "Donnez un nouveau mois."


@pytest.mark.parametrize(
    "told",
    [
        "3 mois après la fin du recrutement",
        "24 mois après notre dernier échange",
        "30 jours s’il n’est pas admis",
        "5 ans au plus",
        "Les courriels que nous vous envoyons : 12 mois",
        f"Les sauvegardes : {BACKUP_DAYS} jours de plus",
        "art. 6.1.b",
        "seulement si vous donnez votre accord (art. 6.1.a)",
        "sans eux, nous ne pouvons pas la recevoir",
        "notre hébergeur",
        "le service qui achemine nos courriels",
        "Rien ne part hors de l’Union européenne",
        "Aucune décision n’est automatique",
        "aucun logiciel ne la note ni ne la classe",
        "art. L1221-8",
        "confidentiels (art. L1221-9)",
        "les notes que l’équipe écrit",
        "limiter l’usage",
        "cnil.fr/plaintes",
    ],
)
def test_what_article_13_asks_for_is_told(told):
    assert told in words().replace("\u00a0", " ")


def test_who_is_responsible_is_told_with_the_ways_to_reach_them():
    set_organisation(
        legal_name="ENYS Conseil SARL",
        head_office="1 rue des Tables, 69007 Lyon",
        email="bonjour@enys.test",
        data_contact="Nadia Ferrand, 04 99 00 00 00",
        host_name="Hébergeur Lyonnais",
    )
    set_delays(accommodation_contact="Paul, à l’accueil", notice_extra="Un test écrit d’une heure.")

    told = words()

    for fact in (
        "ENYS Conseil SARL les utilise",
        "1 rue des Tables, 69007 Lyon",
        "bonjour@enys.test",
        "Nadia Ferrand, 04 99 00 00 00",
        "notre hébergeur, Hébergeur Lyonnais",
        "(Paul, à l’accueil)",
        "Un test écrit d’une heure.",
    ):
        assert fact in told


def test_a_client_structure_is_responsible_when_we_recruit_for_it():
    told = words(OfferFactory(on_behalf_of="Association Le Pont"))

    assert "Association Le Pont, qui recrute, est responsable" in told
    assert "chez nous et chez Association Le Pont" in told


def test_a_hidden_client_is_never_named_and_its_name_is_promised():
    offer = OfferFactory(on_behalf_of="Association Le Pont", hide_employer=True)

    told = words(offer)

    assert "Le Pont" not in told
    assert "Le nom de celle-ci vous est donné au premier entretien" in told


def test_what_staff_writes_is_never_markup():
    set_delays(notice_extra="<script>alert(1)</script>")

    assert "<script>" not in notice_for(None).html


def test_the_first_layer_stands_above_the_button_and_the_rest_is_folded(client):
    offer = OfferFactory()

    page = client.get(address(offer)).content.decode()

    first, rest, button = (
        page.index(mark)
        for mark in ("Ce que deviennent", "<summary>Qui les lit", "Envoyer ma candidature")
    )
    assert first < rest < button
    assert 'type="checkbox"' not in page[page.index('<form method="post"') : button]


def test_a_change_of_delay_changes_the_notice_its_version_and_the_purge_together():
    now = timezone.now()
    ApplicationFactory(state="rejected", submitted_at=now - timedelta(days=40))
    before = notice_for(None).version
    assert purge(now, apply=True)["Candidatures (candidatures)"] == 0

    set_delays(kept_months=1)

    assert "effacées 1 mois après la fin" in words()
    assert notice_for(None).version != before
    assert purge(now, apply=True)["Candidatures (candidatures)"] == 1


@pytest.mark.parametrize(
    "change",
    [{"pool_months": 12}, {"quarantine_days": 10}, {"hold_years": 2}, {"notice_extra": "Un test."}],
)
def test_each_setting_that_is_told_changes_the_version(change):
    before = notice_for(None).version

    set_delays(**change)

    assert notice_for(None).version != before


def test_the_version_stays_while_nothing_that_is_read_changes():
    before = notice_for(None).version

    set_delays(reminder_days=3)

    assert notice_for(None).version == before
    assert re.fullmatch(r"\d{4}-\d\d-[0-9a-f]{10}", before)


def test_an_application_keeps_the_version_and_the_instant_of_what_it_saw(client):
    offer = OfferFactory(on_behalf_of="Association Le Pont")

    post(client, offer)

    application = Application.objects.get()
    assert application.notice_version == notice_for(offer).version
    assert application.notice_version != notice_for(None).version
    kept = NoticeVersion.objects.get(key="candidature", version=application.notice_version)
    assert "Association Le Pont, qui recrute, est responsable" in kept.text
    age = application.submitted_at - application.notice_shown_at
    assert timedelta(seconds=29) < age < timedelta(seconds=60)


def test_a_form_shown_with_another_notice_is_shown_again_with_what_was_typed(client):
    offer = OfferFactory()
    data = answers(offer)
    set_delays(kept_months=2)

    response = client.post(address(offer), data)

    page = response.content.decode()
    assert response.status_code == 200
    assert "vérifiez vos réponses, puis envoyez-les à nouveau" in page
    assert "effacées 2 mois" in page
    assert "est déjà joint" in page
    assert 'value="Inès"' in page
    assert not Application.objects.exists()


def test_the_privacy_page_tells_the_same_delay(client):
    set_delays(kept_months=2)
    organisation = {"OrganisationSettings": OrganisationSettings()}

    page = render_to_string("home/parts/privacy.html", {"settings": {"home": organisation}})

    assert "2 mois après la fin du recrutement" in page.replace("\u00a0", " ")
