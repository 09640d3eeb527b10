"""Public pages: what they say, what blocks their publication, and what they cost."""

import json
import re
from datetime import date, timedelta
from decimal import Decimal

from django.contrib.auth.models import Group
from django.template import Context, Template
from django.utils import timezone

from wagtail.models import GroupPagePermission

import pytest

from formation.enums import SessionState, Visibility
from formation.models import CoursePage, Session
from formation.services.enrolment import enrol
from formation.templatetags.formation_tags import days, hours, percentage, price, session_dates
from tests.factories.formation import (
    CoursePageFactory,
    CourseThemeFactory,
    SessionFactory,
    VenueFactory,
    catalogue,
    individual,
)
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

MARCH, MAY = paris(2099, 3, 2, 9), paris(2099, 5, 4, 9)


def html(response):
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


# -- Course page --------------------------------------------------------------------------------

ON_THE_PAGE = (
    "Négocier une commande",
    "Aucun.",
    "Travailleurs sociaux.",
    "S’accorder",
    "7 heures",
    "Mises en situation.",
    "Carnet de recherche.",
    "Note de cadrage.",
    "Marc Delattre, docteur en sociologie",
    "14 heures (2 jours)",
    "Après un échange.",
    "14 jours",
    "480 € HT (576 € TTC) par personne",
    "TVA de 20 %",
    "Nadia Benali",
    "formation@enys.test",
    "Nos salles sont accessibles.",
    "Inès Corbel",
    "Formation non certifiante",
    "moins de cinq réponses, pas encore de taux",
    "Conditions générales de vente",
    "Règlement intérieur",
    "En présence",
    "Initiation",
    "Opérateur de compétences (OPCO)",
    "Financement personnel",
)


def test_a_course_page_says_everything_the_law_wants(client):
    page = html(client.get(CoursePageFactory().url))

    for words in ON_THE_PAGE:
        assert words in page, words


def test_a_certifying_remote_course_says_what_that_adds(client):
    course = CoursePageFactory(
        delivery_mode="online",
        remote_support="Une aide par téléphone.",
        remote_work="Quatre classes à distance.",
        remote_assessments="Un écrit annoté.",
        is_certifying=True,
        certification_title="Conduire un diagnostic",
        certification_code="RS0000",
        certifier="Organisme certificateur",
        certification_registered_on=date(2026, 1, 5),
        certification_success_rate=Decimal(88),
        certification_blocks="Deux blocs, validés à part.",
        certification_pathways="Une équivalence avec le titre voisin.",
        certification_prospects="Chargé de mission.",
        first_session_on=date(2027, 9, 1),
    )
    page = html(client.get(course.url))

    for words in (
        "Une aide par téléphone.",
        "Quatre classes à distance.",
        "Un écrit annoté.",
        "Conduire un diagnostic (RS0000)",
        "Organisme certificateur",
        "5 janvier 2026",
        "88 %",
        "Deux blocs, validés à part.",
        "Une équivalence avec le titre voisin.",
        "Chargé de mission.",
        "première session le 1er septembre 2027",
    ):
        assert words in page, words


def test_the_date_of_update_moves_with_the_content_only():
    course = CoursePageFactory()
    course.last_published_at = paris(2027, 1, 10, 12)
    course.audience = "Tous publics."
    course.save()
    course.last_published_at = paris(2027, 2, 20, 12)
    course.save()
    assert course.updated_on == date(2027, 1, 10)

    course.programme = [
        ("module", {"title": "Autre", "hours": Decimal(3), "content": "<p>Texte.</p>"})
    ]
    course.save()

    assert CoursePage.objects.get(pk=course.pk).updated_on == date(2027, 2, 20)


@pytest.mark.parametrize(
    "changes", [{"nsf_code": "333"}, {"entry_level_required": True}, {"remote_work": ""}]
)
def test_what_readers_do_not_see_does_not_date_the_page(changes):
    course = CoursePageFactory()
    before = course.digest()

    for name, value in changes.items():
        setattr(course, name, value)

    assert course.digest() == before


@pytest.mark.parametrize(
    "changes",
    [{"level": ""}, {"faf_funding": True}, {"access_delay_days": 0}, {"is_certifying": True}],
)
def test_what_readers_see_dates_the_page(changes):
    course = CoursePageFactory()
    before = course.digest()

    for name, value in changes.items():
        setattr(course, name, value)

    assert course.digest() != before


def structured_data_in(response):
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html(response))
    return [json.loads(text) for text in found]


def test_search_engines_read_the_course_and_the_sessions_that_are_held(client):
    course = CoursePageFactory(title="Écrire </script> & relire", duration_hours=Decimal("10.5"))
    SessionFactory(course=course, first=paris(2099, 3, 2, 9), code="OK-1", price_override=300)
    SessionFactory(course=course, first=MAY, code="NON-1", state=SessionState.CANCELLED)
    SessionFactory(course=course, first=MAY, code="LOIN-1", delivery_mode="online", venue=None)

    (data,) = structured_data_in(client.get(course.url))

    held, online = data["hasCourseInstance"]
    assert data["@type"] == "Course"
    assert data["name"] == "Écrire </script> & relire"
    assert data["teaches"] == ["Négocier une commande"]
    assert data["offers"]["price"] == "576.00"
    assert held["startDate"] == "2099-03-02T09:00:00+01:00"
    assert held["courseWorkload"] == "PT10H30M"
    assert held["courseMode"] == "Onsite"
    assert held["location"]["address"]["addressLocality"] == "Lyon"
    assert held["offers"]["price"] == "360.00"
    assert online["location"]["@type"] == "VirtualLocation"
    assert "offers" not in online


def test_structured_data_holds_no_empty_fact(client):
    course = CoursePageFactory(price_excl_tax=None, price_note="Sur devis.")

    (data,) = structured_data_in(client.get(course.url))

    assert "offers" not in data
    assert "hasCourseInstance" not in data
    assert all(value not in ("", None, [], {}) for value in data.values())


# -- Sessions on the pages ----------------------------------------------------------------------


def test_sessions_show_their_situation_and_a_button_when_it_works(client):
    course = CoursePageFactory()
    now = timezone.now()
    SessionFactory(course=course, code="LIBRE-1")
    SessionFactory(course=course, code="COMPLET-1", capacity=1, seats_taken=1)
    SessionFactory(course=course, code="ANNULE-1", state=SessionState.CANCELLED)
    SessionFactory(course=course, code="BIENTOT-1", enrol_opens_at=now + timedelta(days=3))
    SessionFactory(course=course, code="PASSE-1", first=now - timedelta(days=40))
    SessionFactory(course=course, code="LIEN-1", visibility=Visibility.LINK)
    SessionFactory(course=course, code="BROUILLON-1", state=SessionState.DRAFT)

    page = html(client.get(course.url))

    for code, button in {
        "LIBRE-1": True,
        "COMPLET-1": True,
        "ANNULE-1": False,
        "BIENTOT-1": False,
        "PASSE-1": False,
        "LIEN-1": False,
        "BROUILLON-1": False,
    }.items():
        assert (f"/formation/inscription/{code}/" in page) is button, code
    for words in ("12 places restantes", "Complet, liste d’attente", "Annulée", "ouverture le"):
        assert words in page, words


@pytest.mark.parametrize("sessions", [1, 30])
def test_pages_cost_the_same_with_one_session_and_with_thirty(client, count_queries, sessions):
    course = CoursePageFactory()
    for number in range(sessions):
        SessionFactory(course=course, code=f"S-{number}")
    index = catalogue().url
    client.get(course.url)

    assert count_queries(lambda: client.get(course.url)) <= 15
    assert count_queries(lambda: client.get(index)) <= 15


def test_the_catalogue_costs_the_same_with_one_course_and_with_thirty(client, count_queries):
    index = catalogue()
    SessionFactory()
    client.get(index.url)
    one = count_queries(lambda: client.get(index.url))
    for _ in range(11):
        SessionFactory()
    twelve = count_queries(lambda: client.get(index.url))
    for _ in range(18):
        SessionFactory()

    assert one == twelve <= 15
    assert count_queries(lambda: client.get(index.url)) == twelve


# -- Catalogue ----------------------------------------------------------------------------------


@pytest.fixture
def two_courses():
    CoursePageFactory(title="Recherche-action", audience="Éducateurs spécialisés")
    CoursePageFactory(title="Écrits professionnels", theme=CourseThemeFactory(slug="ecrits"))
    return catalogue()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"Recherche-action", "Écrits professionnels"}),
        ("?theme=ecrits", {"Écrits professionnels"}),
        ("?q=ecrit", {"Écrits professionnels"}),
        ("?q=éducateur", {"Recherche-action"}),
        ("?q=ecrit&theme=recherche", set()),
        ("?q=zzz", set()),
        ("?q=professionnel+écrits", {"Écrits professionnels"}),
        ("?q=rech", set()),
        ("?theme=inconnu", {"Recherche-action", "Écrits professionnels"}),
        ("?page=999", {"Recherche-action", "Écrits professionnels"}),
        ("?page=-1&page=x", {"Recherche-action", "Écrits professionnels"}),
        ("?q=%22%27--%3B", {"Recherche-action", "Écrits professionnels"}),
        ("?q=%00", {"Recherche-action", "Écrits professionnels"}),
        ("?q=" + "x" * 5000, {"Recherche-action", "Écrits professionnels"}),
        ("?theme=%F0%9F%99%82&q[]=1", {"Recherche-action", "Écrits professionnels"}),
    ],
)
def test_the_catalogue_is_filtered_and_bears_any_query(client, two_courses, query, shown):
    response = client.get(two_courses.url + query)
    listed = html(response).split('id="formations"')[1].split("<aside")[0]

    assert response.status_code == 200
    assert {
        title for title in ("Recherche-action", "Écrits professionnels") if title in listed
    } == shown


@pytest.fixture
def dated_courses():
    """Two courses that differ in everything that can be filtered or sorted."""
    research = CoursePageFactory(title="Recherche", price_excl_tax=900, duration_hours=28)
    writing = CoursePageFactory(
        title="Écrits",
        price_excl_tax=300,
        duration_days=Decimal("0.5"),
        duration_hours=Decimal("3.5"),
        delivery_mode="blended",
        remote_support="Une aide.",
        remote_work="Une classe.",
        remote_assessments="Un écrit.",
        level="expertise",
        price_unit="group",
        opco_funding=False,
        faf_funding=True,
        is_certifying=True,
        certification_title="Écrire",
        certification_code="RS1234",
        certifier="Organisme",
        certification_registered_on=date(2026, 1, 5),
        certification_success_rate=Decimal(88),
        certification_blocks="Un bloc.",
        certification_pathways="Aucune.",
        certification_prospects="Cadre.",
        cpf_url="https://cpf.test/",
    )
    lyon, nantes = VenueFactory(), VenueFactory(name="Le Port", city="Nantes")
    SessionFactory(course=research, venue=lyon, first=MARCH)
    SessionFactory(course=research, venue=nantes, first=MAY)
    SessionFactory(course=writing, venue=lyon, first=MAY)
    return catalogue()


def listed_in(response):
    text = html(response).split('id="formations"')[1].split("<aside")[0]
    return sorted((word for word in ("Recherche", "Écrits") if f">{word}<" in text), key=text.index)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("lieu=Lyon", ["Écrits", "Recherche"]),
        ("lieu=Nantes", ["Recherche"]),
        ("mois=2099-03", ["Recherche"]),
        ("lieu=Lyon&mois=2099-05", ["Écrits"]),
        ("lieu=Nantes&mois=2099-03", []),
        ("modalite=blended", ["Écrits"]),
        ("duree=courte", ["Écrits"]),
        ("duree=moyenne", ["Recherche"]),
        ("duree=longue", []),
        ("duree=courte&modalite=blended&lieu=Lyon&mois=2099-05&q=cherche", ["Écrits"]),
        ("niveau=expertise", ["Écrits"]),
        ("niveau=approfondissement", []),
        ("pour=entreprise", ["Écrits", "Recherche"]),
        ("pour=particulier", ["Recherche"]),
        ("pour=cpf", ["Écrits"]),
        ("financement=employeur", ["Écrits", "Recherche"]),
        ("financement=opco", ["Recherche"]),
        ("financement=faf", ["Écrits"]),
        ("financement=france-travail", []),
        ("financement=cpf", ["Écrits"]),
        ("financement=personnel", ["Écrits", "Recherche"]),
        ("financement=opco&pour=particulier&niveau=initiation&lieu=Nantes", ["Recherche"]),
        ("financement=cpf&pour=particulier", []),
        ("tri=date", ["Recherche", "Écrits"]),
        ("tri=tarif", ["Écrits", "Recherche"]),
        ("tri=duree", ["Écrits", "Recherche"]),
        ("tri=tarif&lieu=Nantes", ["Recherche"]),
    ],
)
def test_filters_combine_and_the_order_is_the_one_that_was_asked(
    client, dated_courses, query, shown
):
    assert listed_in(client.get(f"{dated_courses.url}?{query}")) == shown


def test_the_session_that_is_announced_is_one_that_matches(client, dated_courses):
    page = html(client.get(f"{dated_courses.url}?lieu=Nantes"))

    line = page.split('id="formations"')[1].split("<aside")[0]
    assert "Nantes" in line
    assert "mai 2099" in line
    assert "mars 2099" not in line


def test_a_session_that_takes_people_is_announced_before_a_closed_one(client):
    now = timezone.now()
    course = CoursePageFactory()
    near, far = now + timedelta(days=20), now + timedelta(days=40)
    SessionFactory(course=course, first=near, enrol_closes_at=now - timedelta(days=1))
    SessionFactory(course=course, first=far)

    listed = html(client.get("/formation/")).split('id="formations"')[1].split("<aside")[0]
    shown = [listed, Template(NEXT).render(Context())]

    assert ["Inscriptions closes" in it for it in shown] == [False, False]
    assert all("Places disponibles" in it for it in shown)


NEXT = "{% load formation_tags %}{% next_sessions 1 %}"


def test_only_places_and_months_of_sessions_to_come_are_offered(client, dated_courses):
    Session.objects.filter(venue__city="Nantes").update(state=SessionState.CANCELLED)

    page = html(client.get(dated_courses.url))

    assert '<option value="Lyon">' in page
    assert '<option value="2099-03">mars 2099</option>' in page
    assert '<option value="Nantes">' not in page


@pytest.mark.parametrize(
    "query",
    [
        "niveau=x",
        "pour=x",
        "financement=%00",
        "lieu=Atlantide",
        "mois=2027-13",
        "duree=x",
        "tri=-1",
        "modalite=%00",
        "mois=%F0%9F",
    ],
)
def test_a_choice_that_is_not_offered_is_said_and_the_rest_goes_on(client, dated_courses, query):
    response = client.get(f"{dated_courses.url}?{query}")

    assert "Aucune formation à venir pour ce choix." in html(response)
    assert listed_in(response) == ["Écrits", "Recherche"]


@pytest.mark.parametrize(
    ("query", "is_open"), [("", False), ("?q=x&lieu=Lyon", False), ("?niveau=expertise", True)]
)
def test_the_criteria_in_use_are_in_sight(client, dated_courses, query, is_open):
    assert ("<details open>" in html(client.get(dated_courses.url + query))) is is_open


def test_pages_of_results_keep_the_filter_in_their_address(client):
    for _ in range(13):
        CoursePageFactory()
    index = catalogue().url

    first = html(client.get(f"{index}?niveau=initiation"))
    second = html(client.get(f"{index}?niveau=initiation&page=2"))

    assert 'href="?niveau=initiation&amp;page=2"' in first
    assert "Page 2 sur 2" in second
    assert second.split('id="formations"')[1].count('<article class="entry">') == 1


def test_an_unknown_theme_is_said(client, two_courses):
    assert "Ce thème n’existe pas." in html(client.get(two_courses.url + "?theme=inconnu"))


def test_months_are_those_of_paris(client):
    SessionFactory(first=paris(2099, 3, 1, 0, 30))

    page = html(client.get(catalogue().url))

    assert "mars 2099</option>" in page
    assert "février 2099" not in page


def test_a_draft_course_is_nowhere(client):
    course = CoursePageFactory(title="Invisible", live=False)
    SessionFactory(course=course)

    assert "Invisible" not in html(client.get(catalogue().url))


def test_the_team_may_edit_the_catalogue_as_soon_as_it_exists():
    index = catalogue()

    may = GroupPagePermission.objects.filter(page=index).values_list("group__name", flat=True)
    assert set(may) == {"Direction", "Formation"}
    assert not Group.objects.get(name="Rédaction").page_permissions.filter(page=index).exists()


# -- Dates --------------------------------------------------------------------------------------


def test_every_session_to_come_is_listed_under_its_month(client):
    later = SessionFactory(course=CoursePageFactory(title="En mai"), first=MAY)
    SessionFactory(course=CoursePageFactory(title="En mars"), first=MARCH)
    SessionFactory(course=later.course, first=paris(2020, 3, 2, 9))
    for title, changes in (
        ("Annulée", {"state": SessionState.CANCELLED}),
        ("Discrète", {"visibility": Visibility.LINK}),
    ):
        SessionFactory(course=CoursePageFactory(title=title), first=MAY, **changes)

    page = html(client.get("/formation/sessions/"))

    shown = [page.index(words) for words in (">Mars 2099<", ">En mars<", ">Mai 2099<", ">En mai<")]
    assert shown == sorted(shown)
    assert page.count('class="entry"') == 2


def test_without_any_date_the_list_says_so(client):
    catalogue()

    assert "bientôt annoncées" in html(client.get("/formation/sessions/?page=abc"))


def test_a_month_shows_each_session_on_each_of_its_days_once(client):
    course = CoursePageFactory(title="De mars à avril")
    SessionFactory(course=course, first=paris(2099, 3, 31, 9))
    SessionFactory(course=course, first=paris(2099, 3, 10, 9), state=SessionState.CANCELLED)

    march = html(client.get("/formation/sessions/2099/03/"))
    april = html(client.get("/formation/sessions/2099/04/"))

    assert march.count(">De mars à avril<") == april.count(">De mars à avril<") == 1
    assert "Mardi</span> 31" in march
    assert 'rel="prev"' not in march
    assert 'href="/formation/sessions/2099/04/" rel="next"' in march
    assert 'href="/formation/sessions/2099/03/" rel="prev"' in april


@pytest.mark.parametrize("month", ["1900/01", "2099/12", "2026/02"])
def test_an_empty_month_is_shown_and_leads_only_where_something_is_held(client, month):
    catalogue()

    page = client.get(f"/formation/sessions/{month}/")

    assert page.status_code == 200
    assert 'rel="next"' not in html(page)


@pytest.mark.parametrize("month", ["2026/13", "2026/1", "0000/01", "20260/01", "a/b"])
def test_a_month_that_cannot_be_is_not_found(client, month):
    assert client.get(f"/formation/sessions/{month}/").status_code == 404


def test_the_lists_of_dates_cost_the_same_with_one_session_and_with_thirty(client, count_queries):
    SessionFactory(first=MARCH)
    addresses = ["/formation/sessions/", "/formation/sessions/2099/03/"]
    client.get(addresses[0])
    before = [count_queries(lambda url=url: client.get(url)) for url in addresses]

    for number in range(29):
        SessionFactory(
            course=CoursePageFactory(), venue=VenueFactory(name=f"L{number}"), first=MARCH
        )

    after = [count_queries(lambda url=url: client.get(url)) for url in addresses]
    assert after == before
    assert max(after) <= 15


# -- Tags ---------------------------------------------------------------------------------------


def test_next_sessions_are_the_soonest_that_people_may_look_forward_to(db):
    now = timezone.now()
    course = CoursePageFactory()
    for code, first in (("APRES", 60), ("AVANT", 20), ("ENTRE", 40), ("LOIN", 90)):
        SessionFactory(course=course, code=code, first=now + timedelta(days=first))
    for state in (SessionState.CANCELLED, SessionState.POSTPONED):
        SessionFactory(course=course, code=state.upper(), state=state)

    out = Template("{% load formation_tags %}{% next_sessions 3 %}").render(Context({}))

    dates = [session_dates(Session.objects.get(code=code)) for code in ("AVANT", "ENTRE", "APRES")]
    places = [out.index(words.removeprefix("du ").removeprefix("le ")) for words in dates]
    assert places == sorted(places)
    assert out.count('class="entry"') == 3


def test_next_sessions_say_nothing_when_there_are_none(db):
    assert (
        Template("{% load formation_tags %}{% next_sessions 3 %}").render(Context({})).strip() == ""
    )


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        (paris(2027, 3, 1, 9), paris(2027, 3, 1, 17), "le 1er mars 2027"),
        (paris(2027, 3, 1, 9), paris(2027, 3, 3, 17), "du 1er au 3 mars 2027"),
        (paris(2027, 3, 30, 9), paris(2027, 4, 1, 17), "du 30 mars au 1er avril 2027"),
        (paris(2026, 12, 30, 9), paris(2027, 1, 2, 17), "du 30 décembre 2026 au 2 janvier 2027"),
        (None, None, "dates à préciser"),
    ],
)
def test_dates_read_as_french_says_them(starts, ends, words):
    assert session_dates(Session(starts_at=starts, ends_at=ends)).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("regime", "words"),
    [
        ("standard", "99,90 € HT (119,88 € TTC) par personne"),
        ("exempt", "99,90 € par personne"),
        ("franchise", "99,90 € par personne"),
    ],
)
def test_a_price_is_said_as_the_buyer_will_pay_it(regime, words):
    said = price(CoursePage(vat_regime=regime), Decimal("99.90"))

    assert said.replace("\u00a0", " ").replace("\u202f", " ") == words


def test_quantities_agree_and_use_the_comma():
    assert hours(Decimal("14.0")) == "14\u00a0heures"
    assert hours(Decimal("1.5")) == "1,5\u00a0heure"
    assert days(Decimal("0.5")) == "0,5\u00a0jour"
    assert days(Decimal("10.0")) == "10\u00a0jours"
    assert percentage(Decimal("100.0")) == "100\u00a0%"
    assert hours(None) == percentage(None) == ""


def test_seats_left_follow_the_sign_ups(client):
    session = SessionFactory(capacity=5)
    enrol(session, individual(1), timezone.now())

    assert "4 places restantes" in html(client.get(session.course.url))
