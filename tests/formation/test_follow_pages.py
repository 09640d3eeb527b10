"""What the link of an e-mail opens, for whom, and for how long."""

import re
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

import pytest

from courrier.models import OutgoingMessage
from formation import links
from formation.enums import EnrolmentState, SessionState
from formation.forms.follow import (
    ConfirmForm,
    ContactForm,
    CorrectForm,
    LinkAgainForm,
    SubstituteForm,
    TransferForm,
)
from formation.models import Enrolment, Session
from formation.services.enrolment import enrol
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from site_enys.links import GRANT_LASTS, revoke
from site_enys.states import PERSON, SYSTEM, Actor, Role
from tests.factories.formation import SessionFactory, group, individual, sign_up
from tests.harness.client import SiteClient
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

STAFF = Actor(Role.STAFF)
S = EnrolmentState
FORMS = {"coordonnees": CorrectForm, "remplacer": SubstituteForm}
CORRECTION = {
    "first_name": "Aïcha",
    "last_name": "Diop",
    "email": "aicha@exemple.test",
    "phone": "06 12 34 56 78",
}


@pytest.fixture
def request_of_two():
    return enrol(SessionFactory(capacity=3), group(1, 2), timezone.now())


@pytest.fixture
def alone():
    return enrol(SessionFactory(capacity=3), individual(1), timezone.now()).enrolments.get()


def offered_a_place(data):
    """Who waited for a full session that somebody has just left."""
    session, now = SessionFactory(capacity=1), timezone.now()
    seated = enrol(session, individual(1), now).enrolments.get()
    waits = enrol(session, data, now).enrolments.get()
    ENROLMENT_LIFECYCLE.apply(seated, "withdraw", by=PERSON, now=now)
    waits.refresh_from_db()
    return waits


def path_of(url):
    return "/" + url.split("/", 3)[3]


def opened(client, thing):
    """The page that the link of this request, or of this trainee, leads to."""
    url = links.enrolment_url(thing) if isinstance(thing, Enrolment) else links.request_url(thing)
    return client.get(path_of(url))["Location"]


def act_url(page, enrolment, name):
    return f"{page}{enrolment.public_id}/{name}/"


def post(client, url, form=ConfirmForm, **data):
    token = form(now=timezone.now() - timedelta(seconds=30)).new_token()
    return client.post(url, {"form_token": token, **data})


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode()).replace("&nbsp;", " ")


# -- The link -----------------------------------------------------------------------------------


def test_the_link_leads_to_an_address_without_its_token(client, request_of_two):
    url = path_of(links.request_url(request_of_two))

    response = client.get(url)
    page = client.get(response["Location"])

    assert response.status_code == 303
    assert response["Location"] == f"/formation/suivi/demande/{request_of_two.public_id}/"
    assert page.status_code == 200
    policies = [answer["Referrer-Policy"] for answer in (response, page)]
    assert policies == ["no-referrer", "same-origin"]
    for answer in (response, page):
        assert "no-store" in answer["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in page.content.decode()


@pytest.mark.parametrize(
    "break_it",
    [
        lambda url: url[:-3] + "AA/",
        lambda url: url.replace("/demande/", "/inscription/"),
        lambda url: re.sub(r"/lien/demande/[^/]+/", "/lien/demande/n-importe-quoi/", url),
    ],
)
def test_an_altered_link_opens_nothing_and_offers_a_new_one(client, request_of_two, break_it):
    response = client.get(break_it(path_of(links.request_url(request_of_two))))

    assert response.status_code == 403
    assert "Ce lien n’est plus valable" in text_of(response)
    assert "Recevoir mon lien" in text_of(response)


def test_a_link_dies_when_it_is_revoked_and_closes_the_page_that_it_opened(client, request_of_two):
    url = path_of(links.request_url(request_of_two))
    page = client.get(url)["Location"]

    revoke(request_of_two)

    assert client.get(url).status_code == 403
    assert client.get(page).status_code == 403


def test_a_link_is_too_old_after_four_hundred_days(client, request_of_two, time_machine):
    url = path_of(links.request_url(request_of_two))
    time_machine.move_to(timezone.now() + timedelta(days=401))

    assert client.get(url).status_code == 403


def test_the_page_closes_by_itself_and_the_link_opens_it_again(
    client, request_of_two, time_machine
):
    url = path_of(links.request_url(request_of_two))
    page = client.get(url)["Location"]
    time_machine.move_to(timezone.now() + GRANT_LASTS + timedelta(seconds=1))

    assert client.get(page).status_code == 403
    assert client.get(client.get(url)["Location"]).status_code == 200


def test_the_address_alone_opens_nothing(client, request_of_two):
    opened(SiteClient(), request_of_two)

    assert client.get(f"/formation/suivi/demande/{request_of_two.public_id}/").status_code == 403


def test_somebody_elses_link_does_not_open_mine(client, request_of_two, alone):
    page = opened(client, alone)
    mine = request_of_two.enrolments.first()

    assert client.get(f"/formation/suivi/demande/{request_of_two.public_id}/").status_code == 403
    assert client.get(act_url(page, mine, "annuler")).status_code == 404
    assert client.get(f"{page}{mine.public_id}/agenda.ics").status_code == 404


@pytest.mark.parametrize("method", ["get", "head"])
def test_reading_a_link_changes_nothing(client, alone, method):
    getattr(client, method)(path_of(links.enrolment_url(alone)))
    page = opened(client, alone)
    for name in ("annuler", "coordonnees", "reporter", "retractation"):
        getattr(client, method)(act_url(page, alone, name))

    alone.refresh_from_db()
    assert (alone.state, alone.events.count()) == (S.REQUESTED, 1)


# -- What it shows ------------------------------------------------------------------------------


def test_the_buyer_sees_everybody_and_the_trainee_only_herself(client, request_of_two):
    first, second = request_of_two.enrolments.order_by("pk")

    whole = text_of(client.get(opened(client, request_of_two)))
    hers = text_of(client.get(opened(SiteClient(), first)))

    assert first.full_name in whole
    assert second.full_name in whole
    assert "Corriger le contact" in whole
    page = opened(trainee := SiteClient(), first)
    hers = text_of(trainee.get(page))
    assert first.full_name in hers
    assert second.full_name not in hers
    assert "Martine Aubert" not in hers


def buttons(client, page):
    return set(re.findall(r'/([a-z]+)/">[^<]*<span', client.get(page).content.decode()))


def test_only_what_is_possible_now_is_offered(client, request_of_two):
    first = request_of_two.enrolments.first()
    page = opened(client, request_of_two)

    assert buttons(client, page) == {"coordonnees", "remplacer", "annuler"}
    SessionFactory(course=first.session.course)
    assert "reporter" in buttons(client, page)
    Session.objects.filter(pk=first.session_id).update(state=SessionState.CANCELLED)
    assert buttons(client, page) == {"coordonnees"}
    trainee = SiteClient()
    Session.objects.filter(pk=first.session_id).update(state=SessionState.PUBLISHED)
    assert buttons(trainee, opened(trainee, first)) == {"coordonnees", "annuler"}


def test_the_page_says_when_the_convocation_left(client, alone):
    alone.state = S.CONFIRMED
    alone.save()
    page = opened(client, alone)
    assert "La convocation part dix jours avant" in client.get(page).text

    Enrolment.objects.update(convoked_at=paris(2027, 2, 19, 9))

    assert "La convocation est partie le" in client.get(page).text


def test_what_is_over_has_no_place_in_a_calendar(client, alone):
    Enrolment.objects.update(state=S.ATTENDED)
    Session.objects.update(state=SessionState.COMPLETED)

    text = client.get(opened(client, alone)).text

    assert "Ajouter à un agenda" not in text
    assert "À lire avant la formation" not in text


def test_the_page_costs_the_same_for_one_person_and_for_thirty(client, count_queries):
    session = SessionFactory(capacity=60)
    one = opened(client, enrol(session, group(1), timezone.now()))
    many = opened(client, enrol(session, group(*range(2, 32)), timezone.now()))

    assert count_queries(lambda: client.get(many)) == count_queries(lambda: client.get(one))


# -- What it does -------------------------------------------------------------------------------


def test_a_person_leaves_and_a_second_press_gets_the_same_answer(client, alone):
    page = opened(client, alone)
    url = act_url(page, alone, "annuler")
    token = ConfirmForm(now=timezone.now() - timedelta(seconds=30)).new_token()

    answers = [client.post(url, {"form_token": token}) for _ in range(2)]

    alone.refresh_from_db()
    assert alone.state == S.WITHDRAWN
    assert {answer["Location"] for answer in answers} == {f"{page}?fait=annuler"}
    assert "désistement est enregistré" in text_of(client.get(answers[0]["Location"]))
    event = alone.events.last()
    assert (event.role, event.user) == (Role.PERSON, None)
    assert OutgoingMessage.objects.filter(kind="formation_withdrawn").count() == 1


def test_what_is_no_longer_possible_is_said_and_changes_nothing(client, alone):
    page = opened(client, alone)
    ENROLMENT_LIFECYCLE.apply(alone, "withdraw", by=STAFF, now=timezone.now())

    shown = client.get(act_url(page, alone, "annuler"))
    posted = post(client, act_url(page, alone, "annuler"))

    assert "n’est pas possible" in text_of(shown)
    assert posted.status_code == 200
    assert "n’est pas possible" in text_of(posted)
    assert alone.events.count() == 2


def test_an_offer_is_accepted_by_its_buyer_alone(client):
    waits = offered_a_place(sign_up(2))
    trainee = SiteClient()
    hers = opened(trainee, waits)

    assert trainee.get(act_url(hers, waits, "accepter")).status_code == 404
    assert "C’est votre employeur qui répond" in text_of(trainee.get(hers))
    page = opened(client, waits.request)
    assert "Une place est gardée jusqu’au" in text_of(client.get(page))
    post(client, act_url(page, waits, "accepter"))

    waits.refresh_from_db()
    assert waits.state == S.REQUESTED


def test_who_did_not_answer_in_time_reads_why_and_may_ask_again(client):
    waits = offered_a_place(individual(2))
    ENROLMENT_LIFECYCLE.apply(waits, "expire", by=SYSTEM, now=waits.offer_expires_at)

    page = text_of(client.get(opened(client, waits)))

    assert "sans réponse, elle est allée à la demande suivante" in page
    assert f'<a href="{waits.session.course.url}">refaire une demande</a>' in page


def test_a_contract_is_undone_by_a_button(client, alone):
    now = timezone.now()
    for name in ("accept", "sign_contract"):
        ENROLMENT_LIFECYCLE.apply(alone, name, by=STAFF, now=now)
    page = opened(client, alone)
    assert "sans motif et sans frais" in text_of(client.get(page))

    post(client, act_url(page, alone, "retractation"))

    alone.refresh_from_db()
    assert alone.state == S.RETRACTED


def test_corrected_details_are_kept_and_the_page_stays_open(client, alone):
    page = opened(client, alone)
    url = act_url(page, alone, "coordonnees")
    assert 'value="stagiaire1@exemple.test"' in client.get(url).content.decode()

    refused = post(client, url, CorrectForm, **CORRECTION | {"email": "pas une adresse"})
    done = post(client, url, CorrectForm, **CORRECTION)

    assert 'value="Diop"' in refused.content.decode()
    alone.refresh_from_db()
    assert alone.full_name == "Aïcha Diop"
    assert "coordonnées sont corrigées" in text_of(client.get(done["Location"]))
    assert OutgoingMessage.objects.filter(to="stagiaire1@exemple.test").count() == 2


def test_a_colleague_is_named_by_the_company(client, request_of_two):
    first = request_of_two.enrolments.first()
    page = opened(client, request_of_two)
    colleague = {"first_name": "Paul", "last_name": "Roy", "email": "paul@deux-rives.test"}

    answer = post(client, act_url(page, first, "remplacer"), SubstituteForm, **colleague)

    first.refresh_from_db()
    assert first.state == S.SUBSTITUTED
    assert "Paul Roy" in text_of(client.get(answer["Location"]))


def test_another_date_is_chosen_among_those_with_a_seat(client, alone):
    other = SessionFactory(course=alone.session.course)
    elsewhere = SessionFactory()
    page = opened(client, alone)
    url = act_url(page, alone, "reporter")
    token = TransferForm(sessions=[other], now=timezone.now() - timedelta(seconds=30)).new_token()

    refused = client.post(url, {"form_token": token, "session": elsewhere.code})
    client.post(url, {"form_token": token, "session": other.code})

    assert "n’a plus de place libre" in text_of(refused)
    alone.refresh_from_db()
    assert (alone.state, alone.followed_by.get().session) == (S.TRANSFERRED, other)


def test_the_contact_of_the_company_is_corrected(client, request_of_two, alone):
    opened(client, request_of_two)
    url = reverse("formation_follow_contact", args=[request_of_two.public_id])
    new = {"contact_name": "Léa Petit", "contact_email": "lea@deux-rives.test"}

    answer = post(client, url, ContactForm, **new)

    assert "Léa Petit" in text_of(client.get(answer["Location"]))
    opened(client, alone)
    mine = reverse("formation_follow_contact", args=[alone.request.public_id])
    assert client.get(mine).status_code == 404


def test_the_half_days_are_downloaded_for_a_calendar(client, alone):
    page = opened(client, alone)

    response = client.get(f"{page}{alone.public_id}/agenda.ics")

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.content.count(b"BEGIN:VEVENT") == 4
    ENROLMENT_LIFECYCLE.apply(alone, "withdraw", by=STAFF, now=timezone.now())
    assert client.get(f"{page}{alone.public_id}/agenda.ics").status_code == 404


# -- A link that was lost -----------------------------------------------------------------------


@pytest.mark.parametrize("address", ["stagiaire1@exemple.test", "curieux@exemple.test"])
def test_asking_for_a_link_is_answered_the_same_whoever_asks(client, alone, address):
    before = OutgoingMessage.objects.count()

    response = post(
        client,
        reverse("formation_follow_find"),
        LinkAgainForm,
        reference=alone.request.reference,
        email=address,
    )

    assert response["Location"] == reverse("formation_follow_find") + "?envoye"
    assert "un courriel vient de partir" in text_of(client.get(response["Location"]))
    sent = OutgoingMessage.objects.count() - before
    assert sent == (address == "stagiaire1@exemple.test")


def test_the_link_that_is_sent_opens_the_page(client, alone):
    post(
        client,
        reverse("formation_follow_find"),
        LinkAgainForm,
        reference=alone.request.reference,
        email=alone.email,
    )
    [url] = re.findall(
        r"https?://\S+/suivi/lien/\S+", OutgoingMessage.objects.get(kind="formation_link").text
    )

    assert client.get(client.get(path_of(url))["Location"]).status_code == 200
