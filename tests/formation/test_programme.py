"""The leaflet of a course: what it says, to whom, and when it is sent again."""

from datetime import date
from decimal import Decimal
from io import BytesIO

from wagtail.models import PageViewRestriction, Site

import pytest
from pypdf import PdfReader

from formation.enums import SessionState, Visibility
from formation.models import CoursePage
from home.models import OrganisationSettings
from tests.factories.formation import CoursePageFactory, SessionFactory
from tests.formation.test_pages import ON_THE_PAGE
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

MARCH = paris(2099, 3, 2, 9)


def text_of(response):
    assert response.headers["Content-Type"] == "application/pdf"
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


def address(course):
    return f"/formation/{course.slug}/programme.pdf"


def test_the_leaflet_says_all_that_the_page_says(client):
    course = CoursePageFactory()
    CoursePage.objects.filter(pk=course.pk).update(updated_on=date(2027, 3, 1))

    text = text_of(client.get(address(course)))

    for words in (*ON_THE_PAGE, "La demande.", "Mise à jour le 1er mars 2027", course.full_url):
        assert words in text, words


def test_a_certifying_remote_course_says_what_that_adds(client):
    course = CoursePageFactory(
        delivery_mode="online",
        remote_support="Une aide par téléphone.",
        remote_work="Quatre classes à distance.",
        remote_assessments="Un écrit annoté.",
        is_certifying=True,
        certification_title="Conduire un diagnostic",
        certification_code="RS1234",
        certifier="Organisme certificateur",
        certification_registered_on=date(2026, 1, 5),
        certification_success_rate=Decimal(88),
        certification_blocks="Deux blocs, validés à part.",
        certification_pathways="Une équivalence.",
        certification_prospects="Chargé de mission.",
        cpf_url="https://www.moncompteformation.gouv.fr/x",
        first_session_on=date(2027, 9, 1),
    )

    text = text_of(client.get(address(course)))

    for words in (
        "Une aide par téléphone.",
        "Quatre classes à distance.",
        "Un écrit annoté.",
        "Conduire un diagnostic (RS1234)",
        "Organisme certificateur",
        "5 janvier 2026",
        "88 %",
        "Deux blocs, validés à part.",
        "Une équivalence.",
        "Chargé de mission.",
        "Compte personnel de formation (CPF)",
        "première session le 1er septembre 2027",
    ):
        assert words in text, words


def test_the_leaflet_has_the_sessions_that_people_may_look_forward_to(client):
    course = CoursePageFactory()
    SessionFactory(course=course, first=MARCH, price_override=300)
    SessionFactory(course=course, first=paris(2099, 4, 2, 9), state=SessionState.CANCELLED)
    SessionFactory(course=course, first=paris(2099, 5, 2, 9), visibility=Visibility.LINK)

    text = text_of(client.get(address(course)))

    assert "Du 2 au 3 mars 2099" in text
    assert "Maison des associations, Lyon, 300 € HT (360 € TTC) par personne" in text
    assert "lundi 2 mars, 9 h – 12 h 30" in text
    assert "avril 2099" not in text
    assert "mai 2099" not in text


def test_without_a_date_the_leaflet_says_so(client):
    assert "Aucune date n’est programmée" in text_of(client.get(address(CoursePageFactory())))


def test_what_is_typed_is_never_read_as_markup(client):
    course = CoursePageFactory(
        title="C# *et* $coûts$ #let",
        audience="Tous <publics> @ici\x0b\r\n\r\nDeuxième paragraphe = `ok`",
        programme=[
            ("module", {"title": "_A_ #1", "hours": 7, "content": "<p>R&amp;D <b>#fort</b></p>"})
        ],
    )

    text = text_of(client.get(address(course)))

    for words in ("C# *et* $coûts$ #let", "Tous <publics> @ici", "= `ok`", "_A_ #1", "R&D #fort"):
        assert words in text, words


def test_the_footer_says_only_what_is_known_of_the_firm(client):
    course = CoursePageFactory()
    assert "Déclaration d’activité" not in text_of(client.get(address(course)))

    organisation = OrganisationSettings.for_site(Site.objects.get(is_default_site=True))
    organisation.legal_name = "ENYS Conseil"
    organisation.training_number = "84691234567"
    organisation.save()

    text = text_of(client.get(address(course)))
    assert "enregistrée sous le numéro 84691234567." in text
    assert "ne vaut pas agrément de l’État" in text


def test_an_unchanged_leaflet_is_not_sent_twice(client):
    course = CoursePageFactory()
    first = client.get(address(course))

    again = client.get(address(course), headers={"If-None-Match": first.headers["ETag"]})
    SessionFactory(course=course, first=MARCH)
    after = client.get(address(course), headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert after.status_code == 200
    assert client.get(address(course)).content == after.content


def test_a_course_that_is_not_published_has_no_leaflet(client):
    draft, private = CoursePageFactory(live=False), CoursePageFactory()
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    assert client.get(address(draft)).status_code == 404
    assert client.get(address(private)).status_code == 404
    assert client.get("/formation/inconnue/programme.pdf").status_code == 404


def test_the_page_leads_to_the_leaflet(client):
    course = CoursePageFactory()

    assert f'href="{address(course)}"' in client.get(course.url).content.decode()


def test_a_leaflet_costs_the_same_with_one_session_and_with_thirty(client, count_queries):
    course = CoursePageFactory()
    SessionFactory(course=course, first=MARCH)
    client.get(address(course))
    one = count_queries(lambda: client.get(address(course)))

    for number in range(29):
        SessionFactory(course=course, first=MARCH, code=f"S-{number}")

    assert count_queries(lambda: client.get(address(course))) == one <= 15
