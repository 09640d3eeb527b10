"""The offer in LHEO: what other catalogues read, and which courses they do not."""

from datetime import date
from xml.etree.ElementTree import Element, SubElement

from django.urls import reverse

import pytest
from defusedxml.ElementTree import fromstring

from formation.documents.lheo import NAMESPACE
from formation.documents.lheo_grammar import CHILDREN, LENGTHS, faults
from formation.enums import SessionState
from formation.models import CoursePage
from formation.models.course_rules import EXPORT_CODES
from tests.factories.formation import (
    CoursePageFactory,
    SessionFactory,
    VenueFactory,
    catalogue,
    known_firm,
)
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

ADDRESS = "/formation/offre.lheo.xml"
MARCH, MAY = paris(2099, 3, 2, 9), paris(2099, 5, 4, 9)

#: What LHEO 2.3 wants of every course (first circle), under `formation`.
MANDATORY = (
    "domaine-formation/code-FORMACODE",
    "domaine-formation/code-NSF",
    "intitule-formation",
    "objectif-formation",
    "resultats-attendus",
    "contenu-formation",
    "certifiante",
    "contact-formation/coordonnees/courriel",
    "parcours-de-formation",
    "code-niveau-entree",
    "action/rythme-formation",
    "action/code-public-vise",
    "action/niveau-entree-obligatoire",
    "action/modalites-alternance",
    "action/modalites-enseignement",
    "action/conditions-specifiques",
    "action/prise-en-charge-frais-possible",
    "action/modalites-entrees-sorties",
    "action/session/periode/debut",
    "action/session/periode/fin",
    "action/session/adresse-inscription/adresse/codepostal",
    "action/session/contact-session/coordonnees/courriel",
    "organisme-formation-responsable/numero-activite",
    "organisme-formation-responsable/SIRET-organisme-formation/SIRET",
    "organisme-formation-responsable/nom-organisme",
    "organisme-formation-responsable/raison-sociale",
    "organisme-formation-responsable/coordonnees-organisme/coordonnees/adresse/ville",
    "organisme-formation-responsable/contact-organisme/coordonnees/courriel",
)


@pytest.fixture
def firm():
    return known_firm()


def read(client):
    """The file as another program reads it, without its namespace."""
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml; charset=utf-8"
    root = fromstring(response.content)
    for element in root.iter():
        assert element.tag.startswith(f"{{{NAMESPACE}}}")
        element.tag = element.tag.removeprefix(f"{{{NAMESPACE}}}")
    return root


def titles(root):
    return [element.text for element in root.iter("intitule-formation")]


def screen(log_in):
    return log_in("formation").get(reverse("formation_offer")).content.decode()


# -- What is in the file ------------------------------------------------------------------------


def test_a_course_is_exported_with_everything_that_lheo_wants(client, firm):
    SessionFactory(first=MARCH)

    root = read(client)

    (formation,) = root.iter("formation")
    assert faults(root) == []
    for path in MANDATORY:
        assert formation.findtext(path), path


def test_the_file_says_what_the_course_says(client, firm):
    course = CoursePageFactory(
        title="Écrire & relire <bien>",
        is_certifying=True,
        certification_title="Rédiger",
        certification_code="RS 1234",
        certifier="Organisme",
        certification_registered_on=date(2026, 1, 5),
        certification_success_rate=80,
        certification_blocks="Aucun.",
        certification_pathways="Aucune.",
        certification_prospects="Cadre.",
        entry_level_required=True,
    )
    SessionFactory(course=course, first=MARCH, code="S-1")

    (formation,) = read(client).iter("formation")

    assert {
        path: formation.findtext(path)
        for path in (
            "intitule-formation",
            "objectif-formation",
            "contenu-formation",
            "certifiante",
            "certification/code-RS",
            "url-formation/urlweb",
            "parcours-de-formation",
            "action/modalites-enseignement",
            "action/niveau-entree-obligatoire",
            "action/prise-en-charge-frais-possible",
            "action/modalites-entrees-sorties",
            "action/prix-total-TTC",
            "action/nombre-heures-total",
            "action/duree-indicative",
            "action/lieu-de-formation/coordonnees/adresse/ville",
            "action/session/periode/debut",
            "action/session/periode/fin",
            "action/session/etat-recrutement",
            "organisme-formation-responsable/numero-activite",
            "organisme-formation-responsable/SIRET-organisme-formation/SIRET",
        )
    } == {
        "intitule-formation": "Écrire & relire <bien>",
        "objectif-formation": "Négocier une commande",
        "contenu-formation": "S’accorder (7\u00a0heures)\nLa demande.",
        "certifiante": "1",
        "certification/code-RS": "RS1234",
        "url-formation/urlweb": course.full_url,
        "parcours-de-formation": "1",
        "action/modalites-enseignement": "0",
        "action/niveau-entree-obligatoire": "1",
        "action/prise-en-charge-frais-possible": "1",
        "action/modalites-entrees-sorties": "0",
        "action/prix-total-TTC": "576.00",
        "action/nombre-heures-total": "14",
        "action/duree-indicative": "14\u00a0heures, 2\u00a0jours",
        "action/lieu-de-formation/coordonnees/adresse/ville": "Lyon",
        "action/session/periode/debut": "20990302",
        "action/session/periode/fin": "20990303",
        "action/session/etat-recrutement": "1",
        "organisme-formation-responsable/numero-activite": "84691234567",
        "organisme-formation-responsable/SIRET-organisme-formation/SIRET": "73282932000074",
    }
    codes = formation.findall("domaine-formation/code-FORMACODE")
    assert [(code.text, code.get("ref")) for code in codes] == [("14284", "V14"), ("15031", "V14")]


def test_sessions_of_one_place_and_one_price_are_one_action(client, firm):
    course = CoursePageFactory()
    nantes = VenueFactory(name="Le Port", city="Nantes", address="1 quai\n44000 Nantes")
    SessionFactory(course=course, code="LYON-1", first=MARCH)
    SessionFactory(
        course=course, code="LYON-2", first=paris(2099, 5, 4, 9), capacity=1, seats_taken=1
    )
    SessionFactory(course=course, code="NANTES", first=MARCH, venue=nantes)
    SessionFactory(course=course, code="LOIN", first=MARCH, venue=None, delivery_mode="online")
    SessionFactory(course=course, code="PROMO", first=MARCH, price_override=100)
    SessionFactory(course=course, code="NON", first=MARCH, state=SessionState.CANCELLED)

    root = read(client)

    actions = {
        tuple(session.get("numero") for session in action.iter("session")): (
            action.findtext("lieu-de-formation/coordonnees/adresse/ville"),
            action.findtext("modalites-enseignement"),
            action.findtext("prix-total-TTC"),
        )
        for action in root.iter("action")
    }
    assert faults(root) == []
    assert actions == {
        ("LYON-1", "LYON-2"): ("Lyon", "0", "576.00"),
        ("NANTES",): ("Nantes", "0", "576.00"),
        ("LOIN",): (None, "2", "576.00"),
        ("PROMO",): ("Lyon", "0", "120.00"),
    }
    states = {one.get("numero"): one.findtext("etat-recrutement") for one in root.iter("session")}
    assert (states["LYON-1"], states["LYON-2"]) == ("1", "2")


def test_a_price_for_a_group_is_not_that_of_a_person(client, firm):
    SessionFactory(course=CoursePageFactory(price_unit="group"), first=MARCH)

    assert list(read(client).iter("prix-total-TTC")) == []


def test_long_texts_are_cut_where_lheo_wants(client, firm):
    course = CoursePageFactory(
        title="T" * 255, audience="é" * 1000, prerequisites="p" * 1000, funding_note="f" * 1000
    )
    SessionFactory(course=course, first=MARCH)

    root = read(client)

    assert faults(root) == []
    assert root.findtext(".//info-public-vise") == "é" * 249 + "…"


def test_characters_that_xml_does_not_hold_do_not_break_the_file(client, firm):
    SessionFactory(
        course=CoursePageFactory(audience="Cadres\x0b\x1f et élus \U0001f642"), first=MARCH
    )

    assert read(client).findtext(".//info-public-vise") == "Cadres   et élus \U0001f642"


# -- What is not --------------------------------------------------------------------------------


@pytest.mark.parametrize("item", EXPORT_CODES, ids=lambda item: item.field)
def test_a_course_without_one_of_its_codes_is_left_out_and_the_team_is_told(
    client, log_in, firm, item
):
    SessionFactory(course=CoursePageFactory(title="Complète"), first=MARCH)
    SessionFactory(course=CoursePageFactory(title="Sans code", **{item.field: ""}), first=MARCH)

    assert titles(read(client)) == ["Complète"]
    assert "1\u00a0formation laissée de côté" in screen(log_in)
    assert "Sans code</a>&nbsp;: il manque" in screen(log_in)


def test_a_course_without_a_session_to_come_is_left_out(client, log_in, firm):
    SessionFactory(course=CoursePageFactory(title="Datée"), first=MARCH)
    SessionFactory(course=CoursePageFactory(title="Passée"), first=paris(2020, 3, 2, 9))

    assert titles(read(client)) == ["Datée"]
    assert "Passée</a>&nbsp;: il manque une session à venir." in screen(log_in)


def test_a_draft_is_not_exported(client, firm):
    SessionFactory(first=MARCH)
    CoursePage.objects.update(live=False)

    assert client.get(ADDRESS).status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"training_number": ""}, "le numéro de déclaration"),
        ({"training_number": "8469"}, "le numéro de déclaration"),
        ({"training_number": "846912345678"}, "le numéro de déclaration"),
        ({"legal_name": ""}, "la raison sociale"),
        ({"head_office": "Lyon"}, "le siège social"),
        ({"email": "", "phone": ""}, "de quoi joindre"),
    ],
)
def test_without_what_is_wanted_of_the_firm_nothing_is_exported_and_the_team_is_told(
    client, log_in, firm, changes, words
):
    SessionFactory(first=MARCH)
    for name, value in changes.items():
        setattr(firm, name, value)
    firm.save()

    assert client.get(ADDRESS).status_code == 404
    assert f"Il manque {words}" in screen(log_in)


@pytest.mark.parametrize("siret", ["", "123"])
def test_without_a_siret_nothing_is_exported(client, log_in, firm, siret):
    SessionFactory(first=MARCH)
    type(catalogue()).objects.update(siret=siret)

    assert client.get(ADDRESS).status_code == 404
    assert "Il manque le SIRET" in screen(log_in)


def test_the_screen_leads_to_the_file_and_is_for_those_who_edit_the_catalogue(log_in, firm):
    SessionFactory(first=MARCH)

    assert "1\u00a0formation exportée" in screen(log_in)
    assert f'href="{ADDRESS}"' in screen(log_in)
    editor = reverse("wagtailadmin_pages:edit", args=[catalogue().pk])
    assert reverse("formation_offer") in log_in("formation").get(editor).content.decode()
    assert log_in("recrutement").get(reverse("formation_offer")).status_code in {302, 403}


def test_the_file_costs_the_same_with_one_course_and_with_thirty(client, firm, count_queries):
    SessionFactory(first=MARCH)
    client.get(ADDRESS)
    one = count_queries(lambda: client.get(ADDRESS))

    for _ in range(29):
        SessionFactory(first=MARCH)

    assert count_queries(lambda: client.get(ADDRESS)) == one <= 15


# -- The grammar --------------------------------------------------------------------------------


def test_the_grammar_knows_every_element_that_it_names():
    named = {name for parts in CHILDREN.values() for name, _, _ in parts}

    assert named == (set(CHILDREN) | set(LENGTHS)) - {"lheo"}
    assert not set(CHILDREN) & set(LENGTHS)


def session(*names):
    element = Element("periode")
    for name in names:
        SubElement(element, name).text = "20990302"
    return element


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("debut", "fin"), []),
        (("debut",), ["periode/fin"]),
        (("fin", "debut"), ["periode"]),
        (("debut", "fin", "fin"), ["periode/fin"]),
        (("debut", "fin", "inconnu"), ["periode/inconnu"]),
    ],
)
def test_what_lacks_is_too_many_out_of_order_or_unknown_is_a_fault(names, found):
    assert faults(session(*names)) == found


def test_a_text_of_the_wrong_length_is_a_fault():
    element = session("debut", "fin")
    element[0].text = "2099-03-02"

    assert faults(element) == ["periode/debut"]
