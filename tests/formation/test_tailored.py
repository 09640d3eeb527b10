"""A course for one team: from the form to the answer of the training desk."""

import io
import re
from datetime import timedelta

from django.db import IntegrityError
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

import pytest
from openpyxl import load_workbook

from courrier.models import OutgoingMessage
from formation.demo.load import tailored_requests
from formation.enums import TailoredState
from formation.forms.tailored import TailoredRequestForm
from formation.models import CoursePage, TailoredRequest, TailoredRequestEvent
from formation.models.tailored import MOST_PEOPLE
from formation.notice import notice, tailored_notice
from formation.services.tailored import TAILORED_LIFECYCLE
from rgpd.models import NoticeVersion
from rgpd.services.purge import purge
from site_enys.admin import admin_url
from site_enys.public_forms import HONEYPOT
from site_enys.states import Actor, Role, TransitionRefused
from tests.desk import lines_waiting
from tests.factories.formation import (
    TAILORED_ANSWERS,
    CoursePageFactory,
    SessionFactory,
    tailored_request,
)
from tests.harness.clock import paris
from tests.races import at_once

pytestmark = pytest.mark.django_db

NOW = paris(2027, 1, 15, 10)
SECOND = timedelta(seconds=1)
STAFF = Actor(Role.STAFF)
FORM = "/formation/sur-mesure/"
S = TailoredState


def token(*, age=timedelta(seconds=30)):
    return TailoredRequestForm(now=timezone.now() - age).new_token()


def answers(**changes):
    return TAILORED_ANSWERS | {"form_token": token()} | changes


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode()).replace("&nbsp;", " ")


# -- The straight way ---------------------------------------------------------------------------


def test_the_form_is_reached_from_the_catalogue_the_course_and_the_sign_up(client):
    session = SessionFactory()
    from_course = reverse("formation_tailored_course", args=[session.course.slug])

    assert f'href="{FORM}"' in client.get("/formation/").content.decode()
    assert f'href="{from_course}"' in client.get(session.course.url).content.decode()
    sign_up = client.get(reverse("formation_enrol", args=[session.code]))
    assert f'href="{from_course}"' in sign_up.content.decode()


def test_the_preview_of_a_course_without_address_leads_to_the_general_form():
    html = render_to_string(
        "formation/includes/tailored_words.html", {"course": CoursePage(title="Neuve")}
    )

    assert f'href="{FORM}"' in html


def test_a_request_from_a_course_is_stored_and_confirmed_with_its_reference(client):
    course = CoursePageFactory()
    url = reverse("formation_tailored_course", args=[course.slug])
    shown = client.get(url)

    response = client.post(url, answers(siret="732 829 320 00074"))
    first, again = (client.get(response["Location"]) for _ in range(2))

    demand = TailoredRequest.objects.get()
    event = demand.events.get()
    assert course.title in text_of(shown)
    assert "no-store" in shown["Cache-Control"]
    assert response.status_code == 303
    assert demand.reference in text_of(first)
    assert text_of(first) == text_of(again)
    assert (demand.course, demand.state, demand.headcount) == (course, S.RECEIVED, 24)
    assert demand.siret == "73282932000074"
    assert demand.notice_version == tailored_notice().version
    assert demand.notice_shown_at
    assert NoticeVersion.objects.get(key="sur-mesure").version == demand.notice_version
    assert (event.transition, event.role) == ("request", Role.PERSON)


def test_references_follow_those_of_the_sign_ups():
    first, second = tailored_request(NOW), tailored_request(NOW)

    assert (first.reference, second.reference) == ("F-2027-0001", "F-2027-0002")


def test_person_and_team_are_told(client):
    client.post(FORM, answers())

    demand = TailoredRequest.objects.get()
    receipt = OutgoingMessage.objects.get(kind="formation_tailored_received")
    to_staff = OutgoingMessage.objects.get(kind="formation_tailored_staff")
    assert (receipt.to, receipt.reply_to) == ("r.ouali@exemple.test", "formation@enys.test")
    assert demand.reference in receipt.subject
    assert demand.reference in receipt.text
    assert "24\u00a0personnes" in receipt.html
    assert (to_staff.to, to_staff.reply_to) == ("equipe@enys.test", "r.ouali@exemple.test")
    assert demand.need in to_staff.text
    assert admin_url(TailoredRequest, "inspect", demand.pk) in to_staff.html


def test_the_acknowledgement_carries_nobody_elses_words():
    """Whoever typed the address may be a stranger: nothing free is sent to it in our name."""
    tailored_request(need="Achetez nos montres.", place="Montres", organisation="Montres & Cie")

    receipt = OutgoingMessage.objects.get(kind="formation_tailored_received")
    assert "ontres" not in receipt.subject + receipt.text + receipt.html


def test_the_confirmation_shows_no_personal_data_and_is_not_indexed(client):
    response = client.post(FORM, answers(), follow=True)

    html = response.content.decode()
    assert '<meta name="robots" content="noindex">' in html
    assert not re.search("Ouali|exemple.test|Clos fleuri", html)


@pytest.mark.parametrize(
    "path",
    [
        "/formation/sur-mesure/recue/00000000-0000-4000-8000-000000000000/",
        "/formation/sur-mesure/recue/1/",
        "/formation/inconnue/sur-mesure/",
    ],
)
def test_an_address_that_is_guessed_finds_nothing(client, path):
    assert client.get(path).status_code == 404


def test_a_course_that_is_not_published_takes_no_request(client):
    course = CoursePageFactory(live=False)
    url = reverse("formation_tailored_course", args=[course.slug])

    assert client.get(url).status_code == 404
    assert client.post(url, answers()).status_code == 404


def test_the_confirmation_outlives_the_course(client):
    course = CoursePageFactory()
    demand = tailored_request(course=course)
    course.delete()

    page = client.get(reverse("formation_tailored_received", args=[demand.public_id]))

    assert demand.reference in text_of(page)


def test_the_notice_stands_above_the_button_and_is_not_that_of_the_sign_ups(client):
    html = text_of(client.get(FORM))

    assert html.index("Vos données") < html.index("Envoyer ma demande")
    assert "6 mois (3 ans si nous y donnons suite) après notre dernier échange" in html
    assert tailored_notice().version != notice().version


# -- Refusals -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("organisation", "", "Indiquez votre entreprise"),
        ("organisation", "Visitez www.achetez.example", "sans adresse de site"),
        ("organisation", "x" * 161, "160"),
        ("siret", "123", "14 chiffres"),
        ("siret", "73282932000075", "vérifiez ses chiffres"),
        ("contact_name", "", "Indiquez votre nom"),
        ("contact_name", "<script>alert(1)</script>", "sans chiffre ni adresse"),
        ("contact_email", "a@b\r\nBcc: tous@exemple.test", ""),
        ("contact_phone", "appelez-moi", "Écrivez un numéro"),
        ("headcount", "", "même approximatif"),
        ("headcount", "0", "au moins une personne"),
        ("headcount", "-3", "au moins une personne"),
        ("headcount", str(MOST_PEOPLE + 1), "plusieurs groupes"),
        ("headcount", "5000", "plusieurs groupes"),
        ("headcount", "9" * 40, "plusieurs groupes"),
        ("headcount", "une dizaine", "nombre entier"),
        ("period", "x" * 201, "200"),
        ("place", "", "à distance"),
        ("need", "", "Décrivez votre besoin"),
        ("need", "x" * 3001, "3000"),
        ("need", "A\x00B", ""),
    ],
)
def test_a_refused_answer_is_explained_beside_its_field_and_the_others_are_kept(
    client, field, value, sentence
):
    client.checks_html = False
    response = client.post(FORM, answers(period="avant juin") | {field: value})

    html = response.content.decode()
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert sentence in html
    assert f'href="#id_{field}"' in html
    assert "<script>alert" not in html
    assert field == "period" or 'value="avant juin"' in html
    assert not TailoredRequest.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("headcount", 1),
        ("headcount", MOST_PEOPLE),
        ("need", "é" * 3000),
        ("period", ""),
        ("siret", ""),
    ],
)
def test_an_answer_at_the_limit_is_accepted(client, field, value):
    client.post(FORM, answers(**{field: value}))

    assert getattr(TailoredRequest.objects.get(), field) == value


@pytest.mark.parametrize(
    "fields",
    [{"headcount": 0}, {"headcount": MOST_PEOPLE + 1}, {"organisation": ""}, {"state": "oubliée"}],
)
def test_the_database_holds_the_same_rules(fields):
    demand = tailored_request()

    with pytest.raises(IntegrityError):
        TailoredRequest.objects.filter(pk=demand.pk).update(**fields)


def test_other_methods_are_refused(client):
    assert client.put(FORM).status_code == 405


# -- Replays and robots -------------------------------------------------------------------------


def test_a_double_click_makes_one_request_and_gets_the_same_answer(client):
    data = answers()
    first, second = (client.post(FORM, data) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert TailoredRequest.objects.count() == 1
    assert OutgoingMessage.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_twice_at_once_makes_one_request(client):
    data = answers()
    places = at_once(*[lambda: client.post(FORM, data)["Location"] for _ in range(2)])

    assert places[0] == places[1]
    assert TailoredRequest.objects.count() == 1


@pytest.mark.parametrize("trace", ["trap", "haste"])
def test_what_a_robot_sends_is_answered_like_the_others_and_nothing_leaves(client, trace):
    data = (
        answers(**{HONEYPOT: "Achetez."})
        if trace == "trap"
        else answers(form_token=token(age=timedelta(0)))
    )

    thanks = client.get(client.post(FORM, data)["Location"])

    demand = TailoredRequest.objects.get()
    assert demand.reference in text_of(thanks)
    assert demand.state == S.SET_ASIDE
    assert OutgoingMessage.objects.count() == 0


# -- States -------------------------------------------------------------------------------------

ALLOWED = {
    ("recover", S.SET_ASIDE): S.RECEIVED,
    ("discard", S.SET_ASIDE): S.CLOSED,
    ("take", S.RECEIVED): S.IN_PROGRESS,
    ("quote", S.RECEIVED): S.QUOTED,
    ("quote", S.IN_PROGRESS): S.QUOTED,
    ("win", S.QUOTED): S.WON,
    ("close", S.RECEIVED): S.CLOSED,
    ("close", S.IN_PROGRESS): S.CLOSED,
    ("close", S.QUOTED): S.CLOSED,
    ("reopen", S.CLOSED): S.IN_PROGRESS,
    ("reopen", S.WON): S.IN_PROGRESS,
    ("reopen", S.QUOTED): S.IN_PROGRESS,
}


@pytest.mark.parametrize("state", S.values)
@pytest.mark.parametrize("role", list(Role))
def test_the_whole_matrix(state, role):
    demand = tailored_request(NOW)
    for row in TAILORED_LIFECYCLE.transitions:
        TailoredRequest.objects.filter(pk=demand.pk).update(state=state)
        demand.refresh_from_db()
        expected = ALLOWED.get((row.name, state)) if role == Role.STAFF else None
        try:
            TAILORED_LIFECYCLE.apply(demand, row.name, by=Actor(role), now=NOW, reason="Motif.")
        except TransitionRefused:
            assert (expected, demand.state) == (None, state), row.name
        else:
            assert demand.state == expected, row.name


def test_a_request_is_closed_with_a_reason():
    demand = tailored_request()

    with pytest.raises(TransitionRefused, match="motif"):
        TAILORED_LIFECYCLE.apply(demand, "close", by=STAFF, now=NOW)


def test_what_was_held_back_leaves_once_a_person_has_looked():
    demand = tailored_request(quarantined=True)

    TAILORED_LIFECYCLE.apply(demand, "recover", by=STAFF, now=NOW)

    kinds = set(OutgoingMessage.objects.values_list("kind", flat=True))
    assert kinds == {"formation_tailored_received", "formation_tailored_staff"}


# -- Retention ----------------------------------------------------------------------------------

SIX_MONTHS = timedelta(days=183)
THREE_YEARS = timedelta(days=3 * 365 + 1)


@pytest.mark.parametrize(
    ("steps", "kept_for"),
    [
        ([], SIX_MONTHS),
        (["take"], THREE_YEARS),
        (["quote"], THREE_YEARS),
        (["quote", "win"], THREE_YEARS),
        (["quote", "close"], SIX_MONTHS),
    ],
)
def test_a_request_goes_after_the_last_exchange(steps, kept_for):
    asked, last = NOW - timedelta(days=90), NOW if steps else NOW - timedelta(days=90)
    demand = tailored_request(asked)
    for name in steps:
        TAILORED_LIFECYCLE.apply(demand, name, by=STAFF, now=NOW, reason="Motif.")
    OutgoingMessage.objects.all().delete()

    purge(last + kept_for, apply=True)
    assert TailoredRequest.objects.exists()
    purge(last + kept_for + SECOND, apply=True)
    assert not TailoredRequest.objects.exists()
    assert not TailoredRequestEvent.objects.exists()


def test_the_journal_of_wagtail_never_holds_a_name():
    assert "Ouali" not in str(tailored_request())


# -- The desk -----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["formation", "direction"])
def test_the_training_team_and_the_direction_read_filter_and_export(log_in, role):
    tailored_request(organisation="Les Deux Rives")
    tailored_request(quarantined=True)
    client, address = log_in(role), admin_url(TailoredRequest, "list")

    assert len(client.get(address).context["object_list"]) == 2
    assert len(client.get(address + "?state=set_aside").context["object_list"]) == 1
    assert len(client.get(address + "?q=deux+rives").context["object_list"]) == 1
    assert b"Les Deux Rives" in client.get(address + "?export=csv").getvalue()


@pytest.mark.parametrize("role", ["redaction", "recrutement"])
def test_the_other_roles_reach_nothing(log_in, role):
    demand = tailored_request()
    client = log_in(role)
    addresses = [
        admin_url(TailoredRequest, "list"),
        admin_url(TailoredRequest, "list") + "?export=xlsx",
        admin_url(TailoredRequest, "inspect", demand.pk),
        admin_url(TailoredRequest, "transition", demand.pk, "take"),
    ]

    for address in addresses:
        assert client.get(address).status_code in {302, 403, 404}
        assert client.post(address).status_code in {302, 403, 404, 405}
    demand.refresh_from_db()
    assert demand.state == S.RECEIVED


def test_nobody_writes_chooses_or_deletes_a_request(log_in):
    demand = tailored_request()
    client = log_in("direction")

    client.post(admin_url(TailoredRequest, "delete", demand.pk))
    client.post(admin_url(TailoredRequest, "edit", demand.pk), {"organisation": "Autre"})

    demand.refresh_from_db()
    assert demand.organisation == "EHPAD Le Clos fleuri"
    with pytest.raises(NoReverseMatch):
        reverse("wagtailsnippetchoosers_formation_tailoredrequest:choose")


def test_a_request_is_followed_from_its_screen(log_in):
    demand = tailored_request()
    client = log_in("formation")
    screen = client.get(admin_url(TailoredRequest, "inspect", demand.pk)).content.decode()
    button = admin_url(TailoredRequest, "transition", demand.pk, "take")
    assert button in screen
    assert "Votre demande de formation sur mesure" in screen  # the e-mails that have left

    client.post(button, {"reason": "Appelé."})

    demand.refresh_from_db()
    assert demand.state == S.IN_PROGRESS
    assert demand.events.last().reason == "Appelé."


def test_an_agreement_leads_to_the_session_to_prepare(log_in):
    demand = tailored_request(course=CoursePageFactory())
    client, screen = log_in("formation"), admin_url(TailoredRequest, "inspect", demand.pk)
    prepare = f"{reverse('formation_whole_days')}?course={demand.course_id}"

    assert prepare not in client.get(screen).content.decode()
    for name in ("quote", "win"):
        TAILORED_LIFECYCLE.apply(demand, name, by=STAFF, now=NOW)
    assert prepare in client.get(screen).content.decode()


def test_the_export_computes_nothing(log_in):
    tailored_request(organisation='=HYPERLINK("https://achetez.example")')
    address = admin_url(TailoredRequest, "list") + "?export=xlsx"

    book = load_workbook(io.BytesIO(log_in("formation").get(address).getvalue()))

    [cell] = [cell for cell in book.active[2] if "HYPERLINK" in str(cell.value)]
    assert cell.data_type == "s"


def test_list_and_export_cost_the_same_with_one_row_and_with_thirty(log_in, count_queries):
    client, address = log_in("formation"), admin_url(TailoredRequest, "list")

    def costs():
        return [
            count_queries(lambda query=query: client.get(address + query).getvalue())
            for query in ("", "?export=xlsx")
        ]

    tailored_request(course=CoursePageFactory())
    costs()
    with_one = costs()
    for _ in range(29):
        tailored_request(course=CoursePageFactory())

    assert costs() == with_one


def test_the_form_takes_few_queries(client, count_queries):
    course = CoursePageFactory()
    url = reverse("formation_tailored_course", args=[course.slug])
    client.get(url)

    assert count_queries(lambda: client.get(url)) <= 15


def test_the_desk_says_which_requests_wait(log_in, rf):
    tailored_request(NOW - timedelta(days=2))
    tailored_request(NOW)
    tailored_request(NOW, quarantined=True)
    request = rf.get("/admin/")
    request.user = log_in("formation").user

    received, aside = lines_waiting(request, NOW)

    assert (received.count, received.since) == (2, NOW - timedelta(days=2))
    assert received.url == admin_url(TailoredRequest, "list") + "?state=received"
    assert aside.count == 1
    request.user = log_in("recrutement").user
    assert lines_waiting(request, NOW) == []


def test_the_demonstration_holds_requests_once():
    for _ in range(2):
        tailored_requests(NOW)

    states = list(TailoredRequest.objects.order_by("created_at").values_list("state", flat=True))
    assert states == [S.CLOSED, S.QUOTED, S.RECEIVED]
