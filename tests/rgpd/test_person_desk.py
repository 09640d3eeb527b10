"""Staff sees what is held about somebody only with a reason, and each gesture is noted."""

import json
from datetime import timedelta

from django.utils import timezone

import pytest

from courrier.models import OutgoingMessage
from home.models import ContactMessage
from rgpd.enums import RequestKind, RequestState
from rgpd.models import RightsRequest
from rgpd.register import Person
from rgpd.services import requests
from rgpd.services.export import everything_about
from site_enys.states import staff
from tests.factories.home import ContactMessageFactory
from tests.factories.people import UserFactory
from tests.pdfs import text_of

from .registered import messages, registered

pytestmark = pytest.mark.django_db
FIND = "/admin/rgpd/personne/"
ZOE = "zoe@exemple.test"


@pytest.fixture
def referent(log_in):
    return log_in("referent")


@pytest.fixture
def opened():
    """A request opened by somebody of the team, about Zoé."""
    by = staff(UserFactory(role="referent"))
    return requests.open_file(ZOE, "Au téléphone, identité vérifiée", by=by, now=timezone.now())


@pytest.fixture
def letter():
    return ContactMessageFactory(email=ZOE, text="Une question sur le DEIS.")


def page(request, *more):
    return "/".join([f"{FIND}{request.pk}", *more, ""])


def gestures(request):
    return list(request.events.values_list("transition", flat=True))


def test_an_address_and_a_reason_open_a_request_then_the_page(referent, letter):
    answer = referent.post(FIND, {"email": "Zoe@Exemple.test", "reason": "Au téléphone"})

    request = RightsRequest.objects.get()
    assert answer.url == page(request)
    assert (request.email, request.kind) == (ZOE, RequestKind.ACCESS)
    assert request.events.get().reason == "Au téléphone"
    assert request.events.get().user == referent.user
    assert not OutgoingMessage.objects.exists()


@pytest.mark.parametrize(
    ("email", "reason", "said"),
    [
        (ZOE, " ", "Écrivez pourquoi\u00a0: le motif manque."),
        ("pas une adresse", "Au téléphone", "adresse"),
        (f"{ZOE}\nBcc: tous@exemple.test", "Au téléphone", "adresse"),
        ("", "Au téléphone", "Écrivez l’adresse de la personne."),
    ],
)
def test_without_an_address_and_a_reason_nothing_is_opened(referent, email, reason, said):
    answer = referent.post(FIND, {"email": email, "reason": reason})

    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not RightsRequest.objects.exists()


def test_the_page_shows_what_the_person_would_read_and_the_look_is_noted(referent, opened, letter):
    other = ContactMessageFactory(email="paul@exemple.test", text="Rien à voir.")

    html = referent.get(page(opened)).content.decode()

    assert "Une question sur le DEIS." in html
    assert letter.reference in html
    assert other.text not in html
    assert other.reference not in html
    assert gestures(opened) == ["receive", "look"]
    assert opened.events.last().user == referent.user


def test_the_address_of_the_person_is_in_no_address_of_a_page(referent, opened):
    html = referent.get(page(opened)).content.decode()

    assert "zoe@exemple.test/" not in html
    assert "=zoe" not in html


def test_what_was_typed_is_text(referent, opened):
    ContactMessageFactory(email=ZOE, text="<script>alert(1)</script>")

    assert "<script>alert(1)</script>" not in referent.get(page(opened)).content.decode()


def test_a_copy_is_what_the_export_says_and_is_noted(referent, opened, letter):
    answer = referent.get(page(opened, "json"))

    data = json.loads(b"".join(answer.streaming_content))
    assert data["Adresse"] == ZOE
    assert set(data) == set(everything_about(Person(ZOE), timezone.now()))
    assert "no-store" in answer["Cache-Control"]
    assert gestures(opened) == ["receive", "copy"]
    assert opened.events.last().reason == "Copie téléchargée (JSON)"


def test_the_copy_on_paper_can_be_read(referent, opened, letter):
    answer = referent.get(page(opened, "pdf"))

    assert "Une question sur le DEIS." in text_of(b"".join(answer.streaming_content))


def test_an_erasure_first_says_what_goes_and_what_stays(referent, opened):
    with registered(messages(kept_by_law=lambda row, now: "Un article." * (row.phone == "0"))):
        ContactMessageFactory(email=ZOE)
        kept = ContactMessageFactory(email=ZOE, phone="0")

        html = referent.get(page(opened, "effacer")).content.decode()

    assert "Messages de contact&nbsp;: 1\u00a0fiche" in html
    assert "Un article." in html
    assert kept.reference in html
    assert ContactMessage.objects.count() == 2


def test_an_erasure_erases_tells_the_person_and_is_noted(referent, opened, letter):
    control = ContactMessageFactory(email="paul@exemple.test")

    answer = referent.post(page(opened, "effacer"), {"reason": "Demandé par courrier signé"})

    assert answer.status_code == 302
    assert list(ContactMessage.objects.all()) == [control]
    assert OutgoingMessage.objects.filter(to=ZOE, kind="rgpd_erased").count() == 1
    assert "erase" in gestures(opened)
    assert "Demandé par courrier signé" in opened.events.get(transition="erase").reason
    erasure = RightsRequest.objects.get(kind=RequestKind.ERASURE)
    assert (erasure.email, erasure.state) == (ZOE, RequestState.ANSWERED)


def test_without_a_reason_nothing_is_erased(referent, opened, letter):
    html = referent.post(page(opened, "effacer"), {"reason": ""}).content.decode()

    assert "Écrivez pourquoi\u00a0: le motif manque." in html
    assert ContactMessage.objects.exists()


@pytest.mark.parametrize("name", ["", "json", "pdf"])
def test_a_closed_request_opens_nothing(referent, opened, letter, name):
    by = staff(referent.user)
    requests.answer(opened, "Voici.", by=by, now=timezone.now())
    before = gestures(opened)

    answer = referent.get(page(opened, *filter(None, [name])))

    assert answer.status_code == 302
    assert answer.url.endswith(f"inspect/{opened.pk}/")
    assert gestures(opened) == before


def test_a_closed_request_erases_nothing(referent, opened, letter):
    requests.answer(opened, "Voici.", by=staff(referent.user), now=timezone.now())

    html = referent.post(page(opened, "effacer"), {"reason": "Encore"}).content.decode()

    assert "Cette demande est close" in html
    assert ContactMessage.objects.exists()


@pytest.mark.parametrize("role", ["redaction", "formation", "recrutement", "evaluation"])
def test_other_roles_see_nothing(log_in, opened, letter, role):
    client = log_in(role)

    for url in (FIND, page(opened), page(opened, "json"), page(opened, "pdf")):
        assert client.get(url).status_code == 302
    assert client.post(FIND, {"email": ZOE, "reason": "Curiosité"}).status_code == 302
    assert client.post(page(opened, "effacer"), {"reason": "x"}).status_code == 302
    assert ContactMessage.objects.exists()
    assert gestures(opened) == ["receive"]


def test_a_request_that_does_not_exist_is_not_found(referent, opened):
    assert referent.get(f"{FIND}{opened.pk + 1}/").status_code == 404
    assert referent.get(f"{FIND}{opened.pk + 1}/json/").status_code == 404


def test_somebody_unknown_has_an_empty_page(referent, opened):
    html = referent.get(page(opened)).content.decode()

    assert "Une question" not in html
    assert "rien" in html


def test_the_page_costs_the_same_with_one_and_thirty_messages(referent, opened, count_queries):
    with registered(messages()):
        ContactMessageFactory(email=ZOE)
        few = count_queries(lambda: referent.get(page(opened)))
        ContactMessageFactory.create_batch(29, email=ZOE, created_at=timezone.now() - timedelta(1))

        assert count_queries(lambda: referent.get(page(opened))) == few
