"""The pages where a trainee signs: from her own link, by a button, once."""

import re
from datetime import timedelta

from django.urls import reverse

import pytest

from courrier.models import OutgoingMessage
from formation import links
from formation.enums import SessionState
from formation.forms.attendance import RoomLinkForm, SignForm
from formation.models import Attendance, Enrolment, Session
from formation.services.attendance import TRIES_PER_HOUR, open_sheet, room_code
from formation.services.enrolment import enrol
from tests.factories.formation import SessionFactory, confirmed, individual
from tests.harness.client import SiteClient
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

SIGNED_UP = paris(2027, 1, 15, 10)
STARTS = paris(2027, 3, 1, 9)
MINUTE = timedelta(minutes=1)
HOSTILE = ["\x00", "\u202e123456", "1" * 10_000, "🙂🙂🙂🙂🙂🙂", "<script>", "12 34", ""]


@pytest.fixture(autouse=True)
def _in_the_room(time_machine):
    time_machine.move_to(STARTS, tick=False)


@pytest.fixture
def session():
    return SessionFactory(first=STARTS, state=SessionState.CONFIRMED)


@pytest.fixture
def trainee(session):
    return confirmed(session, 1, now=SIGNED_UP)[0]


@pytest.fixture
def slot(session):
    return session.slots.order_by("starts_at").first()


@pytest.fixture
def code(slot):
    return room_code(open_sheet(slot, STARTS), STARTS)


def path_of(url):
    return "/" + url.split("/", 3)[3]


def opened(client, enrolment):
    """The page where the link of her convocation leads her to sign."""
    page = client.get(path_of(links.enrolment_url(enrolment)))["Location"]
    return f"{page}{enrolment.public_id}/emargement/"


def token(form=SignForm):
    return form(now=STARTS - timedelta(seconds=30)).new_token()


def signs(client, page, code, **more):
    return client.post(page, {"form_token": token(), "code": code} | more)


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode()).replace("&nbsp;", " ")


def test_she_types_the_code_and_her_line_is_made(client, trainee, code):
    page = opened(client, trainee)
    assert "À signer maintenant" in text_of(client.get(page))

    answer = signs(client, page, f"{code[:3]} {code[3:]}")

    assert answer.status_code == 303
    line = Attendance.objects.get()
    assert (line.enrolment, line.minutes, line.signed_at) == (trainee, 210, STARTS)
    shown = text_of(client.get(answer["Location"]))
    assert "Votre signature est enregistrée" in shown
    assert "Je signe" not in shown


def test_the_page_of_the_follow_up_leads_to_the_signature_on_the_day_only(
    client, trainee, time_machine
):
    follow = opened(client, trainee).rsplit(f"{trainee.public_id}/emargement/", 1)[0]

    assert "Signer ma présence" in text_of(client.get(follow))
    time_machine.move_to(STARTS - timedelta(days=1))
    client.get(path_of(links.enrolment_url(trainee)))
    assert "Signer ma présence" not in text_of(client.get(follow))


def test_a_second_press_makes_no_second_line(client, trainee, code):
    page, sent = opened(client, trainee), {"form_token": token(), "code": code}

    answers = [client.post(page, sent) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == [f"{page}?signe"] * 2
    assert Attendance.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "head"])
def test_reading_the_address_of_the_qr_code_signs_nothing(client, trainee, slot, code, method):
    page = opened(client, trainee)

    response = getattr(client, method)(path_of(links.room_url(slot, code)))
    shown = client.get(response["Location"])

    assert response["Location"] == f"{page}?code={code}"
    assert f'value="{code}"' in shown.content.decode()
    assert not Attendance.objects.exists()


def test_a_phone_that_knows_nobody_asks_for_the_link(client, trainee, slot, code):
    url = path_of(links.room_url(slot, code))
    OutgoingMessage.objects.all().delete()

    page = client.get(url)
    answers = [
        client.post(url, {"form_token": token(RoomLinkForm), "email": email})
        for email in ("stagiaire1@exemple.test", "curieux@exemple.test")
    ]

    assert page.status_code == 200
    assert trainee.full_name not in text_of(page)
    assert len({answer["Location"] for answer in answers}) == 1
    assert "son lien vient de partir" in text_of(client.get(answers[0]["Location"]))
    assert [mail.to for mail in OutgoingMessage.objects.all()] == ["stagiaire1@exemple.test"]


@pytest.mark.parametrize("code", HOSTILE)
def test_what_is_no_code_is_refused_beside_the_field(client, trainee, slot, code):
    open_sheet(slot, STARTS)
    page = opened(client, trainee)

    response = signs(client, page, code)
    shown = client.get(page, {"code": code})

    assert response.status_code == shown.status_code == 200
    assert 'id="id_code_error"' in response.content.decode()
    assert not Attendance.objects.exists()


def test_codes_are_not_found_by_trying_them(client, trainee, code):
    page = opened(client, trainee)
    for number in range(TRIES_PER_HOUR):
        signs(client, page, f"{number:06}")

    refused = signs(client, page, code)

    assert "Trop de codes ont été essayés" in text_of(refused)
    assert not Attendance.objects.exists()


def test_the_employer_does_not_sign_for_the_trainee(client, trainee, code):
    page = client.get(path_of(links.request_url(trainee.request)))["Location"]
    url = f"{page}{trainee.public_id}/emargement/"

    shown, posted = client.get(url), signs(client, url, code)

    assert "Seule Aïcha Moreau 1 signe" in text_of(shown)
    assert "Je signe" not in text_of(shown)
    assert posted.status_code == 200
    assert not Attendance.objects.exists()


def test_somebody_who_pays_alone_signs_from_her_only_link(client, session, code):
    alone = enrol(session, individual(7), SIGNED_UP).enrolments.get()
    Enrolment.objects.filter(pk=alone.pk).update(state="confirmed")

    signs(client, opened(client, alone), code)

    assert Attendance.objects.get().enrolment == alone


def test_the_link_of_another_person_does_not_open_the_page(client, session, trainee, code):
    other = confirmed(session, 2, now=SIGNED_UP)[0]
    hers = opened(client, other)
    mine = opened(SiteClient(), trainee)
    crossed = hers.replace(f"{other.public_id}/emargement", f"{trainee.public_id}/emargement")

    assert client.get(mine).status_code == 403
    assert signs(client, mine, code).status_code == 403
    assert client.get(crossed).status_code == 404
    assert signs(client, crossed, code).status_code == 404
    assert not Attendance.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda who: Enrolment.objects.update(state="requested"), "n’est pas confirmée"),
        (lambda who: Session.objects.update(state="cancelled"), "n’a pas lieu à ces dates"),
        (lambda who: who.session.slots.all().delete(), "Aucune demi-journée n’est à signer"),
    ],
)
def test_what_is_not_possible_is_said_in_words(client, trainee, slot, change, words):
    page = opened(client, trainee)
    change(trainee)

    shown, posted = client.get(page), signs(client, page, "123456")

    assert "Rien n’est à signer" in text_of(shown)
    assert posted.status_code == 200
    assert words in text_of(posted) or "Rien n’est à signer" in text_of(posted)
    assert not Attendance.objects.exists()


def test_a_room_that_is_not_is_not_found(client, slot):
    assert client.get(reverse("formation_sign_room", args=[slot.pk + 1000])).status_code == 404
    assert client.get(f"/formation/emargement/{'9' * 30}/").status_code in {400, 404}
    Session.objects.update(state="cancelled")
    assert client.get(reverse("formation_sign_room", args=[slot.pk])).status_code == 404


def test_the_pages_are_private(client, trainee, slot, code):
    page = opened(client, trainee)

    for url in (page, path_of(links.room_url(slot, code))):
        response = client.get(url)
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "same-origin"


def test_the_room_costs_the_same_for_one_person_and_for_thirty(
    client, trainee, slot, code, count_queries
):
    url = path_of(links.room_url(slot, code))
    Session.objects.update(capacity=60)
    one = count_queries(lambda: client.get(url))
    confirmed(trainee.session, *range(2, 32), now=SIGNED_UP)

    assert count_queries(lambda: client.get(url)) == one
