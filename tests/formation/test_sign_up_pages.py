"""The journey of a visitor: course page, form, confirmation; and what hostile visitors try."""

import re
from datetime import date, timedelta

from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

import pytest

from courrier.models import OutgoingMessage
from formation.enums import SessionState, Visibility
from formation.forms.sign_up import CompanyEnrolmentForm, IndividualEnrolmentForm
from formation.models import Enrolment, EnrolmentRequest, Session
from formation.services.enrolment import enrol
from formation.validators import clean_siret
from rgpd.models import NoticeVersion
from site_enys.public_forms import HONEYPOT, TOKEN
from tests.factories.formation import CoursePageFactory, SessionFactory, individual

pytestmark = pytest.mark.django_db

COMPANY = {
    "organisation": "Association Les Deux Rives",
    "siret": "732 829 320 00074",
    "contact_name": "Martine Aubert",
    "contact_email": "direction@deux-rives.test",
    "contact_phone": "04 00 00 00 00",
    "people": 1,
    "first_name_1": "Aïcha",
    "last_name_1": "N’Diaye-Moreau",
    "email_1": "aicha@deux-rives.test",
    "message": "Est-il possible d’arriver la veille ?",
}
INDIVIDUAL = {"first_name": "Benoît", "last_name": "Lemaire", "email": "benoit@exemple.test"}


def address(session, buyer="particulier"):
    return reverse("formation_enrol", args=[session.code]) + f"?pour={buyer}"


def token(form_class=IndividualEnrolmentForm, *, age=timedelta(seconds=30)):
    return form_class(now=timezone.now() - age).new_token()


def send(client, session, buyer="particulier", **answers):
    form_class = CompanyEnrolmentForm if buyer == "entreprise" else IndividualEnrolmentForm
    defaults = COMPANY if buyer == "entreprise" else INDIVIDUAL
    data = {"form_token": token(form_class), **defaults, **answers}
    return client.post(address(session, buyer), data)


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode()).replace("&nbsp;", " ")


# -- The straight way ---------------------------------------------------------------------------


def test_from_the_course_page_to_the_seat(client):
    session = SessionFactory(capacity=3)
    course = client.get(session.course.url)
    form_url = reverse("formation_enrol", args=[session.code])
    assert f'href="{form_url}"' in course.content.decode()
    assert "Dernières places" not in text_of(course)

    form = client.get(form_url)
    response = send(client, session, "entreprise")
    thanks = client.get(response["Location"])

    request = EnrolmentRequest.objects.get()
    session.refresh_from_db()
    assert form.status_code == 200
    assert response.status_code == 303
    assert request.reference in text_of(thanks)
    assert "Une place est comptée" in text_of(thanks)
    assert session.seats_taken == 1
    assert request.siret == "73282932000074"
    assert request.notice_shown_at
    assert NoticeVersion.objects.get(key="inscription").version == request.notice_version
    assert request.enrolments.get().last_name == "N’Diaye-Moreau"
    assert "2 places restantes" in text_of(client.get(session.course.url)).replace("\u00a0", " ")


def test_a_full_session_says_the_rank_on_the_waiting_list(client):
    session = SessionFactory(capacity=1)
    enrol(session, individual(1), timezone.now())
    enrol(session, individual(2), timezone.now())

    form = client.get(address(session))
    thanks = client.get(send(client, session)["Location"])

    assert "Rejoindre la liste d’attente" in text_of(form)
    assert "liste d’attente, au rang 2" in text_of(thanks)
    assert OutgoingMessage.objects.filter(
        kind="formation_waitlisted", to="benoit@exemple.test"
    ).exists()


def test_the_form_is_found_by_the_page_of_its_course(client):
    session = SessionFactory()

    head = client.get(address(session)).content.decode().partition("</head>")[0]

    assert f'<link rel="canonical" href="http://testserver{session.course.url}">' in head
    assert "noindex" not in head


def test_the_confirmation_shows_no_personal_data_and_is_not_indexed(client):
    session = SessionFactory()
    thanks = client.get(send(client, session, "entreprise")["Location"])

    html = thanks.content.decode()
    for word in ("Aïcha", "Moreau", "Aubert", "deux-rives", "73282932000074"):
        assert word not in html
    assert '<meta name="robots" content="noindex">' in html
    assert "no-store" in thanks["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    [
        "/formation/inscription/merci/00000000-0000-4000-8000-000000000000/",
        "/formation/inscription/merci/1/",
        "/formation/inscription/merci/F-2027-0001/",
        "/formation/inscription/INCONNUE/",
        "/formation/inscription/00000000-0000-4000-8000-000000000000/",
        "/formation/inscription/",
    ],
)
def test_an_address_that_is_guessed_finds_nothing(client, path):
    assert client.get(path).status_code == 404


# -- Kinds of buyers ----------------------------------------------------------------------------


def test_each_buyer_is_asked_only_what_is_needed(client):
    session = SessionFactory()
    company = client.get(address(session, "entreprise")).content.decode()
    alone = client.get(address(session, "particulier")).content.decode()

    assert 'name="organisation"' in company
    assert "organisation" not in alone
    for needless in ("naissance", "secu", "cv", "diplome"):
        assert f'name="{needless}' not in company + alone


def test_the_notice_comes_from_the_register_and_stands_above_the_button(client):
    html = text_of(client.get(address(SessionFactory())))

    notice, button = html.index("Vos données"), html.index("Envoyer ma demande")
    assert notice < button
    assert "6 mois après la fin de la session" in html
    assert "6 ans après la fin de la session" in html


def test_the_cpf_is_explained_and_never_enrols_here(client):
    session = SessionFactory()
    page = client.get(address(session, "cpf"))
    posted = client.post(address(session, "cpf"), {"form_token": token(), **INDIVIDUAL})

    assert "moncompteformation.gouv.fr" in text_of(page)
    assert "<form method" not in page.content.decode()
    assert posted.status_code == 200
    assert EnrolmentRequest.objects.count() == 0


def test_a_certifying_course_links_to_its_page_on_the_platform(client):
    course = CoursePageFactory(
        is_certifying=True,
        certification_title="Conduire un diagnostic",
        certification_code="RS0000",
        certifier="ENYS",
        certification_registered_on=date(2026, 1, 5),
        certification_blocks="Deux blocs.",
        certification_pathways="Aucune.",
        certification_prospects="Chargé de mission.",
        certification_success_rate=80,
        cpf_url="https://www.moncompteformation.gouv.fr/formation/1",
    )
    page = client.get(address(SessionFactory(course=course), "cpf"))

    assert 'href="https://www.moncompteformation.gouv.fr/formation/1"' in page.content.decode()


def test_the_accommodation_tick_is_kept_and_said(client):
    send(client, SessionFactory(), wants_accommodation_call="on")

    mail = OutgoingMessage.objects.get(kind="formation_received")
    assert Enrolment.objects.get().wants_accommodation_call
    assert "Inès Corbel" in mail.text


# -- Which session ------------------------------------------------------------------------------


def test_a_session_by_link_is_found_by_its_secret_and_not_by_its_code(client):
    session = SessionFactory(visibility=Visibility.LINK)
    by_link = reverse("formation_enrol", args=[session.public_id])

    assert client.get(by_link).status_code == 200
    assert client.get(address(session)).status_code == 404
    assert session.code not in client.get(session.course.url).content.decode()


def test_a_hidden_or_draft_session_does_not_exist_for_visitors(client):
    hidden = SessionFactory(visibility=Visibility.HIDDEN)
    draft = SessionFactory(state=SessionState.DRAFT)
    orphan = SessionFactory(course__live=False)

    for session in (hidden, draft, orphan):
        assert client.get(address(session)).status_code == 404
        assert send(client, session).status_code == 404
        by_link = reverse("formation_enrol", args=[session.public_id])
        assert client.get(by_link).status_code == 404


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"state": SessionState.CANCELLED}, "Cette session est annulée"),
        ({"state": SessionState.POSTPONED}, "Cette session est reportée"),
        ({"capacity": 1, "seats_taken": 1, "accepts_waiting_list": False}, "est complète"),
    ],
)
def test_a_session_that_takes_nobody_says_why(client, fields, sentence):
    session = SessionFactory(**fields)
    page = client.get(address(session))

    assert sentence in text_of(page)
    assert "<form method" not in page.content.decode()
    assert sentence in text_of(send(client, session))
    assert EnrolmentRequest.objects.count() == 0


def test_a_session_not_open_yet_says_when(client):
    opens = timezone.now() + timedelta(days=10)
    page = client.get(address(SessionFactory(enrol_opens_at=opens)))

    assert "pas encore ouvertes" in text_of(page)
    assert "Elles ouvriront le" in text_of(page)


def test_a_session_that_closes_between_form_and_sending_keeps_what_was_typed(client):
    session = SessionFactory()
    Session.objects.filter(pk=session.pk).update(enrol_closes_at=timezone.now())

    response = send(client, session)

    assert response.status_code == 200
    assert "Les inscriptions à cette session sont closes." in text_of(response)
    assert 'value="benoit@exemple.test"' in response.content.decode()


# -- Replays, robots, doubles -------------------------------------------------------------------


def test_a_double_click_makes_one_request_and_gets_the_same_answer(client):
    session = SessionFactory()
    data = {"form_token": token(), **INDIVIDUAL}
    first, second = (client.post(address(session), data) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert EnrolmentRequest.objects.count() == 1
    session.refresh_from_db()
    assert session.seats_taken == 1


def test_a_replay_after_the_closing_still_finds_its_first_answer(client):
    session = SessionFactory()
    data = {"form_token": token(), **INDIVIDUAL}
    first = client.post(address(session), data)
    Session.objects.filter(pk=session.pk).update(state=SessionState.CANCELLED)

    assert client.post(address(session), data)["Location"] == first["Location"]


def test_a_known_address_sees_the_same_pages_as_an_unknown_one(client):
    session = SessionFactory()
    pages = []
    for email in ("connue@exemple.test", "connue@exemple.test", "autre@exemple.test"):
        response = send(client, session, email=email)
        html = client.get(response["Location"]).content.decode()
        pages.append(re.sub(r"F-\d{4}-\d{4}|[0-9a-f-]{36}", "", html))
        assert response.status_code == 303

    assert pages[0] == pages[1] == pages[2]


def test_a_quick_hand_keeps_its_seat_and_is_marked(client):
    session = SessionFactory()
    send(client, session, **{TOKEN: token(age=timedelta(0))})

    session.refresh_from_db()
    assert session.seats_taken == 1
    assert EnrolmentRequest.objects.get().suspect


def test_a_robot_gets_the_usual_answer_and_takes_no_seat(client):
    session = SessionFactory()
    response = send(client, session, **{HONEYPOT: "Achetez."})
    thanks = client.get(response["Location"])

    session.refresh_from_db()
    assert "Une place est comptée" in text_of(thanks)
    assert (session.seats_taken, OutgoingMessage.objects.count()) == (0, 0)
    assert EnrolmentRequest.objects.get().suspect


def test_an_old_token_asks_to_send_again_and_keeps_the_answers(client):
    response = send(client, SessionFactory(), form_token=token(age=timedelta(hours=5)))

    assert "resté ouvert trop longtemps" in text_of(response)
    assert 'value="Lemaire"' in response.content.decode()


def test_a_token_of_another_form_is_not_accepted(client):
    send(client, SessionFactory(), form_token=token(CompanyEnrolmentForm))

    assert EnrolmentRequest.objects.count() == 0


def test_an_error_of_the_database_is_never_hidden(client, monkeypatch):
    def broken(*args, **kwargs):
        raise IntegrityError

    monkeypatch.setattr("formation.views.sign_up.enrol_visitor", broken)
    with pytest.raises(IntegrityError):
        send(client, SessionFactory())
    assert EnrolmentRequest.objects.count() == 0


# -- Hostile input ------------------------------------------------------------------------------

HOSTILE = [
    ("first_name", ""),
    ("first_name", "x" * 81),
    ("first_name", "A\x00B"),
    ("first_name", "A\x1bB"),
    ("first_name", "Gagnez 1000 euros"),
    ("last_name", "<script>alert(1)</script>"),
    ("last_name", "https://achetez.example"),
    ("email", "pas-une-adresse"),
    ("email", "a@b\r\nBcc: tous@exemple.test"),
    ("email", f"{'a' * 250}@exemple.test"),
    ("phone", "appelez-moi"),
    ("phone", "1" * 31),
    ("message", "x" * 1001),
    ("message", "A\x00B"),
]


@pytest.mark.parametrize(("field", "value"), HOSTILE)
def test_hostile_answers_get_a_french_error_and_change_nothing(client, field, value):
    client.checks_html = False
    session = SessionFactory()
    response = send(client, session, **{field: value})

    assert response.status_code == 200
    assert "est à corriger" in text_of(response)
    assert f'href="#id_{field}"' in response.content.decode()
    assert "<script>alert" not in response.content.decode()
    session.refresh_from_db()
    assert (session.seats_taken, EnrolmentRequest.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("organisation", "Visitez www.achetez.example"),
        ("organisation", "x" * 161),
        ("siret", "123"),
        ("siret", "73282932000075"),
        ("siret", "١٢٣٤٥٦٧٨٩٠١٢٣٤"),
        ("contact_email", "direction@"),
        ("contact_name", ""),
    ],
)
def test_hostile_company_answers_get_an_error_too(client, field, value):
    response = send(client, SessionFactory(), "entreprise", **{field: value})

    assert response.status_code == 200
    assert f'href="#id_{field}"' in response.content.decode()
    assert EnrolmentRequest.objects.count() == 0


@pytest.mark.parametrize("name", ["Zoé", "N’Guessan", "Le Goff", "Ali-Jean", "李", "محمد", "🙂"])
def test_real_names_of_the_whole_world_are_accepted(client, name):
    assert send(client, SessionFactory(), first_name=name).status_code == 303


@pytest.mark.parametrize("query", ["?pour=", "?pour=%27", "?pour=entreprise&pour=cpf", "?x=%FF"])
def test_a_strange_query_shows_a_form_or_the_cpf_page(client, query):
    session = SessionFactory()

    response = client.get(reverse("formation_enrol", args=[session.code]) + query)

    assert response.status_code == 200


def test_other_methods_are_refused(client):
    assert client.put(address(SessionFactory())).status_code == 405


@pytest.mark.parametrize("siret", ["73282932000074", "732 829 320 00074", "35600000000048"])
def test_valid_sirets_are_accepted(siret):
    assert len(clean_siret(siret)) == 14


def test_the_forms_take_few_queries(client, count_queries):
    session = SessionFactory()
    client.get(address(session))

    assert count_queries(lambda: client.get(address(session))) <= 15


# -- Several people -----------------------------------------------------------------------------


def people_of(*numbers, start=1):
    """What the form sends for these people, on successive lines."""
    rows = {}
    for line, number in enumerate(numbers, start=start):
        rows |= {
            f"first_name_{line}": "Aïcha",
            f"last_name_{line}": f"Moreau {'I' * number}",
            f"email_{line}": f"stagiaire{number}@deux-rives.test",
        }
    return rows


def test_an_employer_enrols_several_people_at_once(client):
    session = SessionFactory(capacity=5)
    billing = {
        "signatory_name": "Jeanne Roux",
        "signatory_email": "direction@deux-rives.test",
        "billing_email": "compta@deux-rives.test",
        "order_reference": "BC-2027-12",
        "funder": "opco",
        "funder_name": "Santé",
    }

    response = send(client, session, "entreprise", people=3, **people_of(1, 2, 3), **billing)
    thanks = text_of(client.get(response["Location"]))

    request = EnrolmentRequest.objects.get()
    assert "3 places sont comptées" in thanks
    assert request.enrolments.count() == 3
    assert {name: getattr(request, name) for name in billing} == billing
    session.refresh_from_db()
    assert session.seats_taken == 3


def test_a_group_for_which_seats_are_missing_reads_how_many_and_its_rank(client):
    session = SessionFactory(capacity=3)
    enrol(session, individual(9), timezone.now())
    answers = {"people": 3, "accept_partial": "on"}

    response = send(client, session, "entreprise", **people_of(1, 2, 3), **answers)

    thanks = text_of(client.get(response["Location"]))
    assert "2 places sont comptées" in thanks
    assert "liste d’attente, au rang 1" in thanks


def test_a_group_that_waits_together_is_not_told_that_nothing_was_left(client):
    session = SessionFactory(capacity=3)
    enrol(session, individual(9), timezone.now())

    response = send(client, session, "entreprise", people=3, **people_of(1, 2, 3))

    thanks = text_of(client.get(response["Location"]))
    assert "Il n’y avait pas assez de places : votre demande est sur la" in thanks
    assert "La session était complète" not in thanks


def test_a_button_gives_more_lines_and_keeps_what_was_typed(client):
    session = SessionFactory()

    response = send(client, session, "entreprise", siret="faux", ajouter="5")

    html = response.content.decode()
    assert response.status_code == 200
    assert html.count("Prénom du ou de la stagiaire") == 6
    assert 'value="N’Diaye-Moreau"' in html
    assert 'value="faux"' in html
    assert "form-errors" not in html
    assert EnrolmentRequest.objects.count() == 0


def test_a_line_left_blank_counts_for_nobody_and_a_half_filled_one_is_said(client):
    session = SessionFactory()

    blank = send(client, session, "entreprise", people=4, **people_of(1), **people_of(2, start=4))
    half = send(client, session, "entreprise", people=2, first_name_2="Paul")

    assert blank.status_code == 303
    assert EnrolmentRequest.objects.get().enrolments.count() == 2
    assert "Personne 2, Nom du ou de la stagiaire</a>" in text_of(half)
    assert half.status_code == 200


def test_the_same_person_twice_in_a_request_is_said_beside_the_second(client):
    response = send(client, SessionFactory(), "entreprise", people=2, **people_of(1, 1))

    assert "déjà dans la liste ci-dessus" in text_of(response)
    assert EnrolmentRequest.objects.count() == 0


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        ("0", "supérieure ou égale à 1"),
        ("500", "30 personnes au plus"),
        ("99999999999999999999", "30 personnes au plus"),
    ],
)
def test_no_group_is_of_nobody_nor_of_five_hundred(client, people, sentence):
    response = send(client, SessionFactory(capacity=12), "entreprise", people=people)

    assert sentence in text_of(response)
    assert 'value="N’Diaye-Moreau"' in response.content.decode()
    assert EnrolmentRequest.objects.count() == 0


def test_a_group_larger_than_the_session_is_refused_in_words(client):
    response = send(
        client, SessionFactory(capacity=2), "entreprise", people=3, **people_of(1, 2, 3)
    )

    assert "n’a que 2 places en tout" in text_of(response).replace("\u00a0", " ")


def test_who_pays_alone_is_told_that_a_session_is_too_near(client):
    session = SessionFactory(first=timezone.now() + timedelta(days=10))

    shown = text_of(client.get(address(session)))
    sent = send(client, session)

    assert "délai de rétractation" in shown
    assert "délai de rétractation" in text_of(sent)
    assert EnrolmentRequest.objects.count() == 0
    assert send(client, session, "entreprise").status_code == 303
