"""What people were shown is kept word for word, once, under the version that their rows name."""

from datetime import timedelta

from django.db import transaction
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

import pytest

from home.models import ContactMessage, ContactPage
from home.notice import contact_notice
from rgpd.informed_form import InformedForm
from rgpd.models import NoticeVersion
from rgpd.notices import TEXTS, declare, rows_with, version_of
from rgpd.services.notices import remember
from site_enys.public_forms import PublicForm
from tests.factories.home import ContactMessageFactory, ContactPageFactory, contact_answers
from tests.races import at_once

pytestmark = pytest.mark.django_db

NOW = timezone.now()
LIST = "wagtailsnippets_rgpd_noticeversion:list"
INSPECT = "wagtailsnippets_rgpd_noticeversion:inspect"

#: Where the forms stand that repeat no notice, each with the reason.
NO_NOTICE = {
    "formation.forms.agreement": "a space opened by a link, below what the sign-up told",
    "formation.forms.attendance": "the same, for whoever is in the room",
    "formation.forms.follow": "the same",
    "recrutement.forms.space": "the same; the pool has the words of its consent",
    "rgpd.forms": "the same; the form that asks for the address is told",
    "recrutement.views.apply": "counts what is sent, and asks for nothing",
    "blog.forms.DecisionForm": "the buttons of the team",
    "home.desk.charte.SampleForm": "shown to the team, and sent nowhere",
}


@pytest.fixture
def page() -> ContactPage:
    return ContactPageFactory()


def known(key: str = "essai") -> list[tuple[str, str]]:
    return list(NoticeVersion.objects.filter(key=key).values_list("version", "text"))


# -- Versions -----------------------------------------------------------------------------------


def test_a_version_is_a_month_and_a_fingerprint_of_what_is_read():
    version = version_of("2026-11", "Vos données\n  servent à vous répondre.")

    assert version == version_of("2026-11", "Vos données servent à vous répondre.")
    assert version != version_of("2026-11", "Vos données servent à vous écrire.")
    assert version.startswith("2026-11-")
    assert len(version) <= ContactMessage._meta.get_field("notice_version").max_length


def test_the_words_that_are_kept_are_those_that_are_read_without_markup():
    text = contact_notice().text

    assert text.startswith("Vos données\nVos réponses servent à vous répondre, et à rien d’autre.")
    assert "12 mois après la réception du message" in text
    assert not {"<", "&nbsp;"} & set(text)


# -- Remembering --------------------------------------------------------------------------------


def test_each_version_is_stored_once_with_the_first_instant():
    remember("essai", "1", "Ancien.", NOW)
    remember("essai", "1", "Ancien.", NOW + timedelta(days=9))
    remember("essai", "2", "Nouveau.", NOW + timedelta(days=9))

    assert sorted(known()) == [("1", "Ancien."), ("2", "Nouveau.")]
    assert NoticeVersion.objects.get(version="1").first_shown_at == NOW


@pytest.mark.django_db(transaction=True)
def test_a_version_that_is_known_costs_no_query(count_queries):
    first = count_queries(lambda: remember("essai", "1", "Mots.", NOW))
    again = count_queries(lambda: remember("essai", "1", "Mots.", NOW))

    assert (first > 0, again) == (True, 0)


@pytest.mark.django_db(transaction=True)
def test_what_is_undone_is_not_taken_for_stored():
    with transaction.atomic():
        remember("essai", "1", "Mots.", NOW)
        transaction.set_rollback(True)
    assert known() == []

    remember("essai", "1", "Mots.", NOW)

    assert known() == [("1", "Mots.")]


@pytest.mark.django_db(transaction=True)
def test_two_first_readers_at_the_same_time_write_one_row():
    outcomes = at_once(*[lambda: remember("essai", "1", "Mots.", NOW)] * 2)

    assert outcomes == [None, None]
    assert known() == [("1", "Mots.")]


# -- Forms --------------------------------------------------------------------------------------


def test_a_message_keeps_what_was_shown_and_when(client, page):
    client.post(page.url, contact_answers())

    message, notice = ContactMessage.objects.get(), contact_notice()
    assert message.notice_version == notice.version
    assert timedelta(seconds=29) < message.created_at - message.notice_shown_at
    assert known("contact") == [(notice.version, notice.text)]


def test_the_same_message_sent_twice_remembers_once(client, page):
    answers = contact_answers()

    first, second = (client.post(page.url, answers) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert (ContactMessage.objects.count(), len(known("contact"))) == (1, 1)


def test_a_message_that_is_refused_remembers_nothing(client, page):
    response = client.post(page.url, contact_answers(email="personne"))

    assert response.status_code == 422
    assert known("contact") == []


def test_a_form_opened_with_other_words_is_shown_again_with_the_present_ones(client, page):
    answers = contact_answers()
    with override_settings(WAGTAIL_SITE_NAME="Maison renommée"):
        shown_again = client.post(page.url, answers)
        html = shown_again.content.decode()

    assert not ContactMessage.objects.exists()
    assert "Maison renommée est responsable" in html
    assert answers["text"] in html


def test_the_notice_stands_above_the_button_folded_after_its_first_sentence(client, page):
    html = client.get(page.url).content.decode()

    sentence, rest, button = (
        html.index(mark)
        for mark in ("et à rien d’autre.", "<summary>Qui les lit", "Envoyer le message")
    )
    assert sentence < rest < button


def test_every_public_form_tells_or_says_here_why_not():
    silent = {
        f"{form.__module__}.{form.__qualname__}"
        for form in _all(PublicForm) - _all(InformedForm) - {InformedForm}
        if form.__module__ not in NO_NOTICE and not form.__module__.startswith("tests.")
    }

    assert silent - NO_NOTICE.keys() == set()


def _all(form: type) -> set[type]:
    found = set(form.__subclasses__())
    return found.union(*(_all(one) for one in found)) if found else found


@pytest.mark.parametrize("text", TEXTS.values(), ids=lambda text: text.key)
def test_every_text_names_columns_that_hold_its_version(text):
    longest = len(version_of("2026-11", "Mots"))

    for model in text.carriers:
        assert model._meta.get_field(text.field).max_length >= longest


# -- The screens of staff -----------------------------------------------------------------------


def test_the_team_in_charge_reads_each_version_and_how_many_rows_name_it(log_in):
    version = contact_notice().version
    remember("contact", version, "Mot pour mot.", NOW)
    ContactMessageFactory.create_batch(2, notice_version=version)
    row = NoticeVersion.objects.get()
    client = log_in("referent")

    listed = client.get(reverse(LIST)).content.decode()
    read = client.get(reverse(INSPECT, args=[row.pk])).content.decode()

    assert version in listed
    assert "Message de contact" in listed
    assert "Mot pour mot." in read
    assert "2\u00a0fiches portent cette version" in read


def test_a_version_cannot_be_changed_nor_deleted(log_in):
    remember("contact", "1", "Mots.", NOW)
    client = log_in("direction")
    patterns = {"edit", "delete", "add", "copy", "history"}

    names = {pattern.name for pattern in NoticeVersion.snippet_viewset.get_urlpatterns()}
    statuses = {
        client.get(reverse(f"wagtailsnippets_rgpd_noticeversion:{name}", args=args)).status_code
        for name, args in (("add", []), ("edit", [_only().pk]), ("delete", [_only().pk]))
        if name in names & patterns
    }

    assert statuses <= {302, 403, 404}
    assert known("contact") == [("1", "Mots.")]


@pytest.mark.parametrize("role", ["formation", "recrutement", "redaction", "evaluation"])
def test_other_roles_have_no_list_of_versions(log_in, role):
    remember("contact", "1", "Mots.", NOW)
    client = log_in(role)

    for url in (reverse(LIST), reverse(INSPECT, args=[_only().pk])):
        assert client.get(url).status_code in {302, 403}


def test_the_version_on_a_record_leads_to_its_words_for_who_may_read_them(log_in):
    remember("contact", "2026-11-essai", "Mots.", NOW)
    message = ContactMessageFactory(notice_version="2026-11-essai")
    url = reverse("wagtailsnippets_home_contactmessage:inspect", args=[message.pk])
    words = f'href="{reverse(INSPECT, args=[_only().pk])}"'

    direction, editor = (log_in(role).get(url).content.decode() for role in DIRECTION_AND_EDITOR)

    assert words in direction
    assert words not in editor
    assert "2026-11-essai" in editor


def test_a_version_without_words_stays_a_mere_version(log_in):
    message = ContactMessageFactory(notice_version="perdue")
    url = reverse("wagtailsnippets_home_contactmessage:inspect", args=[message.pk])

    html = log_in("direction").get(url).content.decode()

    assert "perdue" in html
    assert reverse(LIST) + "inspect" not in html


def test_hostile_words_are_never_markup(log_in):
    remember("contact", "1", "<script>alert(1)</script>", NOW)

    html = log_in("direction").get(reverse(INSPECT, args=[_only().pk])).content.decode()

    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_a_text_that_no_row_keeps_is_not_counted(monkeypatch):
    monkeypatch.setattr("rgpd.notices.TEXTS", {})
    declare("page", "Une page")

    assert rows_with("page", "1") is None
    assert rows_with("inconnue", "1") is None


DIRECTION_AND_EDITOR = ("direction", "redaction")


def _only() -> NoticeVersion:
    return NoticeVersion.objects.get()
