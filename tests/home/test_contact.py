"""From the contact form to the row that the team sees."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

import pytest
import time_machine

from courrier.models import OutgoingMessage
from home.enums import MessageState
from home.forms import ContactForm
from home.models import ContactMessage
from site_enys.public_forms import HONEYPOT
from tests.factories.home import ContactMessageFactory, ContactPageFactory, contact_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def url() -> str:
    return ContactPageFactory().url


def test_form_is_shown_at_its_old_address_and_never_cached(client, url) -> None:
    response = client.get(url)

    assert url == "/infos-administratives/contact/"
    assert "no-store" in response["Cache-Control"]
    assert 'name="form_token"' in response.content.decode()


def test_message_is_stored_then_announced(client, url) -> None:
    response = client.post(url, contact_answers(name="Awa Diallo"))

    message = ContactMessage.objects.get()
    assert response.status_code == 303
    assert response["Location"] == f"/infos-administratives/contact/recu/{message.public_id}/"
    assert (message.name, message.state, message.suspect) == ("Awa Diallo", "new", False)
    assert list(message.events.values_list("transition", "role")) == [("receive", "system")]


def test_team_is_told_and_sender_is_answered(client, url) -> None:
    client.post(url, contact_answers(email="awa@exemple.test"))

    message = ContactMessage.objects.get()
    to_staff = OutgoingMessage.objects.get(kind="contact_staff")
    receipt = OutgoingMessage.objects.get(kind="contact_receipt")
    assert (to_staff.to, to_staff.reply_to) == ("equipe@enys.test", "awa@exemple.test")
    assert message.text in to_staff.text
    assert receipt.to == "awa@exemple.test"
    assert message.reference in receipt.subject
    assert message.reference in receipt.text
    assert message.reference in receipt.html


def test_confirmation_gives_the_reference_and_no_personal_data(client, url) -> None:
    response = client.post(url, contact_answers(), follow=True)

    html = response.content.decode()
    assert ContactMessage.objects.get().reference in html
    assert '<meta name="robots" content="noindex">' in html
    assert "Awa" not in html
    assert "exemple.test" not in html


def test_confirmation_of_nothing_is_not_found(client) -> None:
    address = "/infos-administratives/contact/recu/00000000-0000-0000-0000-000000000000/"

    assert client.get(address).status_code == 404


def test_same_answers_sent_twice_make_one_message_and_one_answer(client, url) -> None:
    answers = contact_answers()

    first = client.post(url, answers)
    second = client.post(url, answers)

    assert ContactMessage.objects.count() == 1
    assert OutgoingMessage.objects.count() == 2
    assert first["Location"] == second["Location"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "a" * 121),
        ("name", "Awa\x00Diallo"),
        ("email", ""),
        ("email", "pas une adresse"),
        ("email", "awa@exemple.test\nBcc: autre@exemple.test"),
        ("email", "a" * 250 + "@exemple.test"),
        ("phone", "appelez-moi"),
        ("phone", "0" * 25),
        ("topic", ""),
        ("topic", "inconnu"),
        ("text", ""),
        ("text", "\x07"),
        ("text", "a" * 5001),
        ("text", "é" * 100_000),
    ],
)
def test_refused_answer_is_explained_beside_its_field_and_kept(client, url, field, value) -> None:
    answers = contact_answers(organisation="Association Les Tilleuls") | {field: value}

    response = client.post(url, answers)

    form = response.context["form"]
    assert response.status_code == 422
    assert list(form.errors) == [field]
    html = response.content.decode()
    assert f'id="id_{field}_error"' in html
    assert f'href="#id_{field}"' in html
    assert 'value="Association Les Tilleuls"' in html
    assert not ContactMessage.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"), [("name", "a" * 120), ("text", "é" * 5000), ("phone", "+33 1 99 00 12 34")]
)
def test_longest_answer_is_accepted(client, url, field, value) -> None:
    client.post(url, contact_answers(**{field: value}))

    assert getattr(ContactMessage.objects.get(), field) == value


def test_line_breaks_of_the_name_never_reach_a_header(client, url) -> None:
    client.post(url, contact_answers(name="Awa\nBcc: autre@exemple.test"))

    subjects = OutgoingMessage.objects.values_list("subject", flat=True)
    assert not any("\n" in subject or "Bcc" in subject for subject in subjects)


def test_markup_is_shown_as_text(client, log_in, url) -> None:
    client.post(url, contact_answers(text="<script>alert(1)</script>"))

    sent = OutgoingMessage.objects.get(kind="contact_staff")
    assert "<script>" not in sent.html
    message = ContactMessage.objects.get()
    html = log_in("direction").get(
        reverse("wagtailsnippets_home_contactmessage:inspect", args=[message.pk])
    )
    assert "<script>alert(1)" not in html.content.decode()


@pytest.mark.parametrize("trace", ["trap", "haste"])
def test_suspect_message_is_kept_but_nothing_leaves(client, url, trace) -> None:
    answers = (
        contact_answers(**{HONEYPOT: "http://exemple.test"})
        if trace == "trap"
        else contact_answers(form_token=ContactForm().new_token())
    )

    response = client.post(url, answers)

    assert response.status_code == 303
    assert ContactMessage.objects.get().suspect
    assert not OutgoingMessage.objects.exists()


def test_form_left_open_too_long_keeps_what_was_typed(client, url) -> None:
    with time_machine.travel(timezone.now() - timedelta(hours=5)):
        old = ContactForm().new_token()

    response = client.post(url, contact_answers(form_token=old))

    assert response.status_code == 422
    assert "resté ouvert trop longtemps" in response.content.decode()
    assert "Association Les Tilleuls" in response.content.decode()


def test_too_many_messages_from_one_address_have_to_wait(client, url, settings) -> None:
    settings.FORM_HOURLY_LIMIT = 1
    client.post(url, contact_answers())

    response = client.post(url, contact_answers(text="Encore moi."))

    assert ContactMessage.objects.count() == 1
    assert "Réessayez" in response.content.decode()


def test_purge_erases_messages_after_a_year(django_assert_num_queries) -> None:
    from rgpd.services.purge import purge  # noqa: PLC0415

    now = timezone.now()
    ContactMessageFactory(created_at=now - timedelta(days=366))
    recent = ContactMessageFactory(created_at=now - timedelta(days=364))

    purge(now, apply=True)

    assert list(ContactMessage.objects.all()) == [recent]


def test_unknown_state_is_refused_by_the_database() -> None:
    from django.db import IntegrityError  # noqa: PLC0415

    with pytest.raises(IntegrityError):
        ContactMessageFactory(state="oublié")


def test_states_are_those_of_the_choices() -> None:
    assert set(MessageState.values) == {"new", "handled", "spam"}
