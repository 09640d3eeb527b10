"""A right that is exercised is answered within a month (RGPD, article 12)."""

from datetime import date, timedelta

from django.utils import timezone

import pytest
import time_machine

from courrier.models import OutgoingMessage
from rgpd.enums import RequestKind, RequestState
from rgpd.jobs import remind_of_requests
from rgpd.models import RightsRequest
from rgpd.services import requests
from rgpd.services.requests import LIFECYCLE, Arrival
from site_enys.exceptions import Refused
from site_enys.states import PERSON, staff
from tests.factories.people import UserFactory
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db
NOW = paris(2027, 1, 31, 10)
LIST = "/admin/snippets/rgpd/rightsrequest/"


def received(now=NOW, kind=RequestKind.ACCESS, **more):
    return requests.receive("zoe@exemple.test", kind, by=PERSON, now=now, **more)


@pytest.fixture
def member():
    return staff(UserFactory(role="referent"))


@pytest.fixture
def referent(log_in):
    return log_in("referent")


def screen(name, request):
    return f"/admin/rgpd/demandes/{request.pk}/{name}/"


def mails():
    return list(OutgoingMessage.objects.order_by("pk").values_list("kind", "to"))


# -- The rules ----------------------------------------------------------------------------------


def test_the_answer_is_due_a_month_after_the_request():
    assert received().answer_by == date(2027, 2, 28)
    assert received(paris(2027, 3, 15)).answer_by == date(2027, 4, 15)


def test_the_month_of_a_letter_runs_from_the_day_it_came():
    arrival = Arrival(channel="Reçue par courrier", received_at=paris(2027, 1, 10, 12))

    request = received(arrival=arrival)

    assert request.answer_by == date(2027, 2, 10)
    assert request.events.get().reason == "Reçue par courrier"


def test_a_letter_of_tomorrow_is_refused():
    with pytest.raises(Refused, match="pas encore passée"):
        received(arrival=Arrival(received_at=NOW + timedelta(days=1)))

    assert not RightsRequest.objects.exists()


def test_the_address_is_kept_as_it_is_looked_for():
    assert requests.receive(" Zoe@Exemple.TEST ", "access", by=PERSON, now=NOW).email == (
        "zoe@exemple.test"
    )


def test_an_answer_is_kept_sent_and_noted(member):
    request = received()

    requests.answer(request, "Voici vos données.", by=member, now=NOW)

    mail = OutgoingMessage.objects.get()
    assert (request.state, request.answer) == (RequestState.ANSWERED, "Voici vos données.")
    assert request.events.last().user == member.user
    assert (mail.kind, mail.to) == ("rgpd_request_answered", "zoe@exemple.test")
    assert "Voici vos données." in mail.text
    assert "https://www.cnil.fr/fr/plaintes" in mail.text


def test_an_answer_leaves_once(member):
    request = received()
    requests.answer(request, "Voici.", by=member, now=NOW)

    with pytest.raises(Refused):
        requests.answer(request, "Et encore.", by=member, now=NOW)

    request.refresh_from_db()
    assert request.answer == "Voici."
    assert OutgoingMessage.objects.count() == 1


def test_an_empty_answer_is_refused(member):
    request = received()

    for text in ("", " \n "):
        with pytest.raises(Refused, match="Écrivez d’abord la réponse"):
            requests.answer(request, text, by=member, now=NOW)

    assert not OutgoingMessage.objects.exists()


def test_a_refusal_says_why_and_to_whom_one_may_complain(member):
    request = received()

    requests.refuse(request, "Nous ne vous connaissons pas.", by=member, now=NOW)

    mail = OutgoingMessage.objects.get()
    assert request.state == RequestState.REFUSED
    assert "Nous ne vous connaissons pas." in mail.text
    assert "https://www.cnil.fr/fr/plaintes" in mail.text
    assert "saisir le tribunal" in mail.text


def test_two_months_more_are_taken_once_and_told_with_the_reason(member):
    request = received()

    requests.extend(request, "Il faut relire dix ans d’archives.", by=member, now=NOW)

    mail = OutgoingMessage.objects.get()
    assert (request.answer_by, request.state) == (date(2027, 4, 28), RequestState.WAITING)
    assert "Il faut relire dix ans d’archives." in mail.text
    assert "28\u00a0avril 2027" in mail.text
    with pytest.raises(Refused, match="déjà été prolongé"):
        requests.extend(request, "Encore.", by=member, now=NOW)


def test_no_more_time_without_a_reason(member):
    with pytest.raises(Refused, match="motif"):
        requests.extend(received(), " ", by=member, now=NOW)


def test_no_more_time_after_the_first_month(member):
    request = received()

    with pytest.raises(Refused, match="premier mois"):
        requests.extend(request, "Trop tard.", by=member, now=paris(2027, 3, 1))
    requests.extend(request, "À temps.", by=member, now=paris(2027, 2, 28, 23))


def test_only_the_person_withdraws_her_request(member):
    request = received()

    with pytest.raises(Refused, match="pas ouverte"):
        LIFECYCLE.apply(request, "withdraw", by=member, now=NOW)
    LIFECYCLE.apply(request, "withdraw", by=PERSON, now=NOW)

    assert request.state == RequestState.WITHDRAWN


# -- The reminder -------------------------------------------------------------------------------


def test_the_referent_is_reminded_in_the_last_week_and_when_it_is_late():
    referent = UserFactory(role="referent")
    received()

    for day, expected in ((20, 0), (21, 0), (22, 1)):
        OutgoingMessage.objects.all().delete()
        remind_of_requests(paris(2027, 2, day, 9))
        assert OutgoingMessage.objects.count() == expected, day

    OutgoingMessage.objects.all().delete()
    remind_of_requests(paris(2027, 3, 2, 9))
    late = OutgoingMessage.objects.get()
    assert late.to == referent.email
    assert "le délai est passé depuis le 28\u00a0février 2027" in late.text
    assert "zoe" not in late.text + late.html + late.subject


def test_a_new_request_is_announced_the_same_day(settings):
    received()

    remind_of_requests(NOW + timedelta(hours=5))

    assert mails() == [("rgpd_requests_due", settings.STAFF_EMAIL)]


def test_what_is_answered_reminds_of_nothing(member):
    requests.answer(received(), "Voici.", by=member, now=NOW)
    OutgoingMessage.objects.all().delete()

    assert remind_of_requests(paris(2027, 3, 2, 9)) == "rappel\u00a0: 0\u00a0demande"
    assert mails() == []


# -- The desk -----------------------------------------------------------------------------------


@time_machine.travel(NOW, tick=False)
def test_the_list_says_how_much_time_is_left(log_in):
    received()
    received(paris(2026, 12, 20))

    html = log_in("referent").get(LIST).content.decode()

    assert "28\u00a0jours" in html
    assert "en retard de 11\u00a0jours" in html


@time_machine.travel(NOW, tick=False)
def test_the_desk_of_the_day_says_what_waits(log_in):
    received()

    html = log_in("referent").get("/admin/").content.decode()

    assert "1\u00a0demande sur des données personnelles à traiter" in html


@pytest.mark.parametrize(("day", "urgent"), [(21, False), (22, True)])
def test_the_last_week_is_urgent(day, urgent):
    received()

    assert requests.urgent(paris(2027, 2, day)).exists() is urgent


def test_an_answer_is_read_before_it_leaves(referent):
    request = received(timezone.now())
    url = screen("repondre", request)

    html = referent.post(url, {"answer": "Voici.", "preview": ""}).content.decode()

    assert "Un courriel partira" in html
    assert "zoe@exemple.test" in html
    assert mails() == []
    request.refresh_from_db()
    assert request.state == RequestState.WAITING

    assert referent.post(url, {"answer": "Voici."}).status_code == 302
    assert mails() == [("rgpd_request_answered", "zoe@exemple.test")]


def test_a_second_click_answers_nothing_more(referent):
    request = received(timezone.now())
    url = screen("repondre", request)
    referent.post(url, {"answer": "Voici."})

    html = referent.post(url, {"answer": "Voici."}).content.decode()

    assert "n’est pas possible" in html
    assert len(mails()) == 1


@pytest.mark.parametrize("name", ["repondre", "refuser"])
def test_an_empty_answer_is_said_beside_the_field(referent, name):
    request = received(timezone.now())

    html = referent.post(screen(name, request), {"answer": " "}).content.decode()

    assert "Écrivez d’abord la réponse." in html
    assert mails() == []


def test_the_reason_of_an_extension_is_asked(referent):
    request = received(timezone.now())

    html = referent.post(screen("prolonger", request), {"reason": ""}).content.decode()
    assert "Écrivez pourquoi\u00a0: le motif manque." in html

    referent.post(screen("prolonger", request), {"reason": "Dossier ancien."})
    assert mails() == [("rgpd_request_extended", "zoe@exemple.test")]


def test_a_request_that_came_by_letter_is_written_down_and_acknowledged(referent):
    day = timezone.localdate() - timedelta(days=3)
    typed = {
        "channel": "par courrier",
        "received_on": day.isoformat(),
        "email": "Zoe@exemple.test",
        "kind": "erasure",
        "about": "",
        "text": "Effacez-moi.",
    }

    answer = referent.post("/admin/rgpd/demandes/inscrire/", typed)

    request = RightsRequest.objects.get()
    assert answer.url == f"{LIST}inspect/{request.pk}/"
    assert timezone.localdate(request.received_at) == day
    assert request.events.get().reason == "Reçue par courrier"
    assert [to for _kind, to in mails()] == ["zoe@exemple.test"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("received_on", "9999-12-31"),
        ("received_on", "hier"),
        ("email", "pas une adresse"),
        ("email", "zoe@exemple.test\nBcc: tous@exemple.test"),
        ("kind", "tout"),
        ("channel", "par pigeon"),
        ("text", "x" * 5001),
        ("text", "a\x00b"),
    ],
)
def test_what_makes_no_sense_is_said_beside_the_field(referent, field, value):
    typed = {
        "channel": "par courrier",
        "received_on": timezone.localdate().isoformat(),
        "email": "zoe@exemple.test",
        "kind": "access",
    }

    answer = referent.post("/admin/rgpd/demandes/inscrire/", typed | {field: value})

    assert answer.status_code == 200
    assert not RightsRequest.objects.exists()
    assert mails() == []


@pytest.mark.parametrize("role", ["redaction", "formation", "recrutement", "evaluation"])
def test_other_roles_see_and_do_nothing(log_in, role):
    request = received(timezone.now())
    client = log_in(role)

    for url in (LIST, f"{LIST}inspect/{request.pk}/", "/admin/rgpd/demandes/inscrire/"):
        assert client.get(url).status_code == 302
    for name in ("repondre", "refuser", "prolonger"):
        assert client.post(screen(name, request), {"answer": "Voici."}).status_code == 302
    request.refresh_from_db()
    assert request.state == RequestState.WAITING


def test_nobody_edits_or_deletes_a_request(referent):
    request = received(timezone.now())

    for view in ("edit", "delete"):
        assert referent.get(f"{LIST}{view}/{request.pk}/").status_code == 302


def test_the_list_costs_the_same_with_one_and_thirty_requests(referent, count_queries):
    received()
    few = count_queries(lambda: referent.get(LIST))
    for _ in range(29):
        received()

    assert count_queries(lambda: referent.get(LIST)) == few


def test_a_request_shows_its_journal_and_its_mails(referent, member):
    request = received()
    requests.answer(request, "Voici.", by=member, now=NOW)

    html = referent.get(f"{LIST}inspect/{request.pk}/").content.decode()

    assert "Notre réponse à votre demande" in html
    assert "À traiter → Répondue" in html
