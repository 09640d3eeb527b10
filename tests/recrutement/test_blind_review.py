"""Blind review: nothing tells who applies, before one's own reveal."""

import io

from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

import openpyxl
import pytest

from courrier.models import OutgoingMessage
from recrutement import emails
from recrutement.desk.masking import mails_as_read
from recrutement.models import ApplicationReveal
from recrutement.services import access, review
from recrutement.services.lifecycle import LIFECYCLE
from recrutement.services.redaction import HIDDEN, redact
from site_enys.states import staff
from tests.factories.people import UserFactory
from tests.factories.recrutement import ApplicationFactory, DocumentFactory, OfferFactory
from tests.recrutement import pdfs

pytestmark = pytest.mark.django_db

NAMESPACE = "wagtailsnippets_recrutement_application"
#: What is written nowhere but about this person.
TELLTALE = ("Élodie", "Zwilling", "zwilling", "elodie", "0611223344", "06 11 22 33 44")


def address(name: str, *args: object) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


def screen(name: str, application) -> str:
    return reverse(f"recrutement_{name}", args=[application.pk])


@pytest.fixture
def blind():
    """A blind application whose every text tells who wrote it."""
    application = ApplicationFactory(
        offer=OfferFactory(blind_review=True),
        reference="C-2025-0042",
        first_name="Élodie",
        last_name="Zwilling",
        email="elodie.zwilling@exemple.test",
        phone="06 11 22 33 44",
        message="Bonjour, je suis ELODIE Zwilling (elodie.zwilling@exemple.test, 06 11 22 33 44, "
        "https://www.linkedin.com/in/zwilling). J’ai mené trois enquêtes.",
    )
    now = timezone.now()
    application.answers.create(
        position=1, question="Votre terrain ?", answer="Zwilling, à Lyon depuis 2018 - 2020."
    )
    application.notes.create(text="Appelé Élodie Zwilling ce matin.", at=now)
    DocumentFactory(
        application=application,
        original_name="CV Zwilling.pdf",
        file=ContentFile(pdfs.pdf(), name="CV.pdf"),
    )
    LIFECYCLE.apply(
        application,
        "start_review",
        by=staff(UserFactory()),
        now=now,
        reason="Mme Zwilling a rappelé.",
    )
    emails.rejected(application, message="Merci, Élodie Zwilling.")
    return application


def assert_told_by_nothing(text: str) -> None:
    for word in TELLTALE:
        assert word not in text


@pytest.mark.parametrize("role", ["recrutement", "direction"])
def test_no_screen_of_the_desk_tells_who_it_is(log_in, blind, role):
    client = log_in(role)

    for url in (
        address("list"),
        address("list_results"),
        f"{address('list')}?ordering=shown_name",
        f"{address('list')}?ordering=-mean",
        f"{address('list')}?export=csv",
        address("inspect", blind.pk),
        address("history", blind.pk),
        address("usage", blind.pk),
        address("delete", blind.pk),
        *(address("transition", blind.pk, row.name) for row in LIFECYCLE.transitions),
        screen("note", blind),
        screen("rate", blind),
        screen("reveal", blind),
        reverse("recrutement_board"),
        "/admin/offres/",
        "/admin/",
        "/admin/reports/site-history/",
        "/admin/snippets/courrier/outgoingmessage/",
        "/admin/snippets/courrier/outgoingmessage/?export=csv",
        "/admin/pages/search/?q=C-2025-0042",
    ):
        response = client.get(url)
        assert response.status_code in {200, 302, 404}, url
        content = b"".join(response) if response.streaming else response.content
        assert_told_by_nothing(content.decode())


def test_a_reviewer_never_sees_who_it_is_even_when_others_do(log_in, blind):
    client = log_in("evaluation")
    blind.offer.blind_review, blind.offer.reviewers = False, [client.user]
    blind.offer.save()

    for url in (
        address("list"),
        address("inspect", blind.pk),
        reverse("recrutement_board"),
        screen("reveal", blind),
    ):
        text = client.get(url).content.decode()
        assert blind.reference in text
        assert_told_by_nothing(text)
    named = log_in("recrutement").get(address("inspect", blind.pk)).content.decode()
    assert "Zwilling" in named


def test_the_texts_stay_readable(log_in, blind):
    text = log_in("recrutement").get(address("inspect", blind.pk)).content.decode()

    assert "J’ai mené trois enquêtes." in text
    assert "à Lyon depuis 2018 - 2020." in text
    assert "ce matin." in text
    assert HIDDEN in text


@pytest.mark.parametrize("query", ["zwilling", "élodie", "elodie.zwilling", "exemple.test"])
def test_searching_a_name_does_not_find_whom_it_hides(log_in, blind, query):
    client = log_in("recrutement")

    found = client.get(f"{address('list')}?q={query}").context["object_list"]
    by_reference = client.get(f"{address('list')}?q=C-2025-0042").context["object_list"]

    assert list(found) == []
    assert list(by_reference) == [blind]


def test_a_hidden_name_has_no_place_in_the_alphabet(log_in, blind):
    shown = ApplicationFactory(last_name="Martin")
    first = ApplicationFactory(offer=blind.offer, last_name="Aubert")

    rows = log_in("recrutement").get(f"{address('list')}?ordering=shown_name")

    order = [row.reference for row in rows.context["object_list"]]
    assert order[-1] == shown.reference
    assert set(order[:2]) == {blind.reference, first.reference}


def test_the_spreadsheet_leaves_the_person_empty(log_in, blind):
    ApplicationFactory(last_name="Martin")

    response = log_in("recrutement").get(f"{address('list')}?export=xlsx")

    content = io.BytesIO(b"".join(response.streaming_content))
    head, *rows = openpyxl.load_workbook(content).active.iter_rows(values_only=True)
    lines = {row["Référence"]: row for row in (dict(zip(head, row, strict=True)) for row in rows)}
    hidden = lines.pop("C-2025-0042")
    (shown,) = lines.values()
    assert not any(hidden[name] for name in ("Nom", "Prénom", "Adresse électronique", "Téléphone"))
    assert shown["Nom"] == "Martin"


def test_the_message_about_to_leave_is_read_without_the_name(log_in, blind):
    client = log_in("recrutement")
    emails.rejected(blind, message="Merci, Élodie Zwilling.")
    message = OutgoingMessage.objects.latest("pk")

    (read,) = mails_as_read(client.user, [message])

    assert_told_by_nothing(f"{read.to} {read.subject} {read.text} {read.html}")
    assert "candidature" in read.text
    assert message.to == blind.email  # what leaves is whole


def test_a_reveal_needs_a_reason_and_shows_to_its_author_only(log_in, blind):
    client, other = log_in("recrutement"), log_in("direction")

    refused = client.post(screen("reveal", blind), {"reason": "  "})
    accepted = client.post(screen("reveal", blind), {"reason": "Fixer l’entretien."})

    assert "Écrivez pourquoi" in refused.content.decode()
    assert accepted.url == address("inspect", blind.pk)
    kept = ApplicationReveal.objects.get()
    assert (kept.application, kept.user, kept.reason) == (blind, client.user, "Fixer l’entretien.")
    text = client.get(address("inspect", blind.pk)).content.decode()
    for told in ("Élodie Zwilling", "elodie.zwilling@exemple.test", "CV Zwilling.pdf"):
        assert told in text
    assert "Fixer l’entretien." in text
    unrevealed = other.get(address("inspect", blind.pk)).content.decode()
    assert_told_by_nothing(unrevealed)
    assert str(client.user) in unrevealed  # who has asked is known to all


def test_a_reveal_sent_twice_is_one(log_in, blind):
    client = log_in("recrutement")
    client.post(screen("reveal", blind), {"reason": "Fixer l’entretien."})

    again = client.post(screen("reveal", blind), {"reason": "Encore."})

    assert "vous est déjà montrée" in again.content.decode()
    assert ApplicationReveal.objects.get().reason == "Fixer l’entretien."


def test_showing_the_screen_reveals_nothing(log_in, blind):
    client = log_in("recrutement")

    client.get(screen("reveal", blind))

    assert not access.sees_identity(client.user, blind)


@pytest.mark.parametrize("reason", ["x" * 501, "\x00"])
def test_a_reason_too_long_or_empty_is_refused_in_french(log_in, blind, reason):
    response = log_in("recrutement").post(screen("reveal", blind), {"reason": reason})

    assert response.status_code == 200
    assert "reason-error" in response.content.decode()
    assert not ApplicationReveal.objects.exists()


def test_after_the_reveal_the_name_is_found_and_the_file_opens(log_in, blind):
    client = log_in("recrutement")
    document = blind.documents.get()
    url = reverse("recrutement_document", args=[document.pk])
    before = client.get(url)
    review.reveal(blind, by=staff(client.user), now=timezone.now(), reason="Entretien.")

    found = client.get(f"{address('list')}?q=zwilling").context["object_list"]

    assert before.status_code == 302
    assert list(found) == [blind]
    assert b"".join(client.get(url).streaming_content) == pdfs.pdf()


def test_the_journal_of_messages_keeps_blind_ones_from_who_has_not_asked(log_in, blind):
    named = ApplicationFactory(email="martin@exemple.test")
    emails.rejected(named, message="Merci.")
    client = log_in("direction")
    url = "/admin/snippets/courrier/outgoingmessage/"

    before = client.get(url).content.decode()
    searched = client.get(f"{url}?q=zwilling").context["object_list"]
    review.reveal(blind, by=staff(client.user), now=timezone.now(), reason="Relance.")

    assert "martin@exemple.test" in before
    assert_told_by_nothing(before)
    assert list(searched) == []
    assert blind.email in client.get(url).content.decode()


def test_a_failed_blind_message_neither_opens_nor_leaves_again_from_there(log_in, blind):
    message = OutgoingMessage.objects.about(blind).first()
    OutgoingMessage.objects.filter(pk=message.pk).update(state="failed")
    client = log_in("direction")

    page = client.get(
        reverse("wagtailsnippets_courrier_outgoingmessage:inspect", args=[message.pk])
    )
    again = client.post(reverse("courrier_send_again", args=[message.pk]))

    assert page.status_code == 302
    assert again.status_code == 404


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Je m’appelle Élodie Zwilling.", f"Je m’appelle {HIDDEN} {HIDDEN}."),
        ("elodie ZWILLING", f"{HIDDEN} {HIDDEN}"),
        ("E\u0301lodie", HIDDEN),
        ("ezwilling, zwilling_elodie, zwillingelodie", f"ezwilling, {HIDDEN}_{HIDDEN}, {HIDDEN}"),
        ("a.b+c@mail.exemple.fr ou a.b (at) mail.fr", f"{HIDDEN} ou {HIDDEN}"),
        ("06.11.22.33.44, +33 6 11 22 33 44, 0033611223344", ", ".join([HIDDEN] * 3)),
        ("https://exemple.fr/moi?x=1 www.moi.net linkedin.com/in/moi", " ".join([HIDDEN] * 3)),
        ("@elodie_z sur Mastodon", f"{HIDDEN} sur Mastodon"),
        ("De 2018 - 2020, 12 000 000 habitants.", "De 2018 - 2020, 12 000 000 habitants."),
        ("", ""),
    ],
)
def test_what_is_blacked_out_of_a_text(text, expected):
    application = ApplicationFactory.build(
        offer=None, first_name="Élodie", last_name="Zwilling", email="e@exemple.test"
    )

    assert redact(text, application) == expected


def test_a_particle_of_the_name_stays_in_the_sentences():
    application = ApplicationFactory.build(offer=None, first_name="Léa", last_name="de La Tour")

    assert redact("La tour de garde", application) == f"La {HIDDEN} de garde"


HOSTILE = ["a" * 10_000, "a." * 5_000, "0 6" * 3_000, "@" * 10_000, "🙂\u202e" * 4_000]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_read_in_no_time(text):
    application = ApplicationFactory.build(offer=None)
    start = timezone.now()

    redact(text, application)

    assert (timezone.now() - start).total_seconds() < 1
