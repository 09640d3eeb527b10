"""The publish gate: what the law wants on the page of a course, what the editor reads of it."""

from datetime import date
from decimal import Decimal

from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.urls import reverse

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

import pytest

from formation.enums import SessionState
from formation.models import CoursePage
from formation.models.conformity import conformity
from formation.models.course_rules import ADVISED, REQUIRED
from home.models import NotPublishable
from tests.factories.formation import (
    CoursePageFactory,
    CourseThemeFactory,
    SessionFactory,
    TrainerFactory,
    catalogue,
)
from tests.factories.home import ImageFactory

pytestmark = pytest.mark.django_db

EMPTY = {
    "theme": None,
    "introduction": "",
    "objectives": [],
    "prerequisites": " ",
    "audience": "",
    "programme": [],
    "teaching_methods": "",
    "resources": "",
    "assessment_methods": "",
    "trainers": [],
    "duration_hours": None,
    "duration_days": None,
    "access_modes": "",
    "access_delay_days": None,
    "price_excl_tax": None,
    "funding_note": "",
}
INHERITED = {
    "contact_name",
    "contact_phone",
    "contact_email",
    "accessibility_statement",
    "disability_contact",
}


def missing_in(course):
    try:
        course.check_publishable()
    except ValidationError as error:
        return set(error.error_dict)
    return set()


def advice_for(course):
    return [line.sentence for line in conformity(course).advice]


# -- What is required ---------------------------------------------------------------------------


@pytest.mark.parametrize("field", EMPTY)
def test_a_course_without_an_item_is_not_published(field):
    with pytest.raises(NotPublishable):
        CoursePageFactory(**{field: EMPTY[field]})

    assert not CoursePage.objects.live().exists()


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"delivery_mode": "online"}, {"remote_support", "remote_work", "remote_assessments"}),
        (
            {"is_certifying": True, "first_session_on": None},
            {
                "first_session_on",
                "certification_title",
                "certification_code",
                "certifier",
                "certification_registered_on",
                "certification_blocks",
                "certification_pathways",
                "certification_prospects",
                "certification_success_rate",
            },
        ),
        ({"cpf_url": "https://exemple.test"}, {"cpf_url"}),
        ({"first_session_on": None}, {"first_session_on"}),
        ({"price_excl_tax": None, "price_note": "Sur devis selon le groupe."}, set()),
        ({"access_delay_days": 0, "price_excl_tax": 0}, set()),
    ],
)
def test_some_items_depend_on_others(fields, missing):
    assert missing_in(CoursePageFactory(live=False, **fields)) == missing


def test_the_values_of_the_form_count_rather_than_those_of_the_page():
    course = CoursePageFactory(live=False, audience="")

    course.check_publishable({"audience": "Tous publics."})
    with pytest.raises(ValidationError):
        course.check_publishable({"audience": "Tous publics.", "prerequisites": ""})


def test_the_catalogue_says_once_what_courses_leave_empty():
    course = CoursePageFactory(live=False)
    index = catalogue()
    for field in INHERITED:
        setattr(index, field, "")
    index.terms_page = None
    index.save()

    again = CoursePage.objects.get(pk=course.pk)
    assert missing_in(again) == INHERITED | {"__all__"}
    with pytest.raises(NotPublishable) as refused:
        again.save_revision().publish()
    assert "Le catalogue doit indiquer les conditions générales de vente." in (
        refused.value.sentences
    )


def test_every_item_has_a_field_a_source_and_a_sentence():
    names = {field.name for field in CoursePage._meta.get_fields()} | {"__all__"}

    assert {item.field for item in (*REQUIRED, *ADVISED)} <= names
    assert all(item.source for item in (*REQUIRED, *ADVISED))
    assert all(item.sentence.endswith(".") for item in (*REQUIRED, *ADVISED))


@pytest.mark.parametrize(
    "image",
    [
        {"title": "Logo Qualiopi 2026"},
        {"file__filename": "logo_qualiopi.jpg"},
        {"tags": ["QUALIOPI"]},
    ],
)
def test_the_logo_of_the_quality_mark_is_refused_however_it_is_named(image):
    tags = image.pop("tags", [])
    picture = ImageFactory(**image)
    picture.tags.add(*tags)

    assert missing_in(CoursePageFactory(live=False, social_image=picture)) == {"social_image"}


def test_another_picture_is_welcome():
    assert missing_in(CoursePageFactory(live=False, social_image=ImageFactory())) == set()


# -- Copies -------------------------------------------------------------------------------------


def copy_form(course, **fields):
    return {
        "new_title": "Une copie",
        "new_slug": "copie",
        "new_parent_page": course.get_parent().pk,
    } | fields


def test_a_course_is_copied_with_a_code_of_its_own_that_a_revision_does_not_undo(log_in):
    course = CoursePageFactory()
    course.save_revision()
    url = reverse("wagtailadmin_pages:copy", args=[course.pk])
    client = log_in("formation")

    client.post(url, copy_form(course))
    client.post(url, copy_form(course, new_slug="autre", publish_copies="on"))

    first, second = CoursePage.objects.exclude(pk=course.pk).order_by("pk")
    first.get_latest_revision().publish()
    codes = set(CoursePage.objects.live().values_list("code", flat=True))
    assert len(codes) == 3
    assert second.live
    assert list(second.trainers.all()) == list(course.trainers.all())


def test_a_copy_that_may_not_be_published_is_refused_in_words_and_not_made(log_in):
    course = CoursePageFactory()
    CoursePage.objects.filter(pk=course.pk).update(audience="")

    response = log_in("formation").post(
        reverse("wagtailadmin_pages:copy", args=[course.pk]),
        copy_form(course, publish_copies="on"),
    )

    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert response.status_code == 302
    assert "Indiquez le public visé." in said[0]
    assert CoursePage.objects.count() == 1


# -- Advice -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"objectives": [("objective", "Comprendre le cadre légal")]}, "verbe d’action"),
        ({"price_excl_tax": None, "price_note": "Sur devis."}, "tarif chiffré"),
        ({"level": ""}, "niveau"),
        (
            {"employer_funding": False, "opco_funding": False, "personal_funding": False},
            "Cochez les financements",
        ),
        ({"formacodes": ""}, "Formacode"),
        ({"nsf_code": ""}, "code NSF"),
        ({"entry_level": ""}, "niveau à l’entrée"),
        ({"public_codes": ""}, "code de public"),
        ({"learning_path": ""}, "type de parcours"),
    ],
)
def test_advice_is_given_and_does_not_prevent_publication(fields, words):
    course = CoursePageFactory(**fields)

    assert course.live
    assert len(advice_for(course)) == 1
    assert words in advice_for(course)[0]


@pytest.mark.parametrize(
    ("promise", "until", "told"),
    [
        ({}, None, True),
        ({}, date(2020, 1, 1), True),
        ({}, date(2099, 1, 1), False),
        ({"opco_funding": False, "france_travail_funding": True}, None, True),
        ({"opco_funding": False, "is_certifying": True, "cpf_url": "https://a.test"}, None, True),
        ({"opco_funding": False}, None, False),
    ],
)
def test_funds_that_ask_for_the_quality_certification_are_not_promised_without_it(
    promise, until, told
):
    index = catalogue()
    index.qualiopi_until = until
    index.save()

    advice = advice_for(CoursePageFactory(live=False, **promise))

    assert any("Qualiopi" in sentence for sentence in advice) is told


@pytest.mark.parametrize(
    ("field", "wrong", "right"),
    [
        ("formacodes", "4405", "44054, 14284"),
        ("formacodes", "44054 14284", "44054"),
        ("nsf_code", "33", "332"),
        ("public_codes", "x", ",".join(["80036"] * 10)),
        ("certification_code", "RNCP", "RNCP12345"),
    ],
)
def test_codes_have_the_form_that_other_catalogues_expect(field, wrong, right):
    check = CoursePage._meta.get_field(field)

    check.clean(right, None)
    with pytest.raises(ValidationError):
        check.clean(wrong, None)


def test_a_sound_course_receives_no_advice():
    course = CoursePageFactory()
    SessionFactory(course=course)

    assert advice_for(course) == []


@pytest.mark.parametrize(
    ("state", "told"), [(SessionState.PUBLISHED, True), (SessionState.CANCELLED, False)]
)
def test_a_session_that_lasts_less_than_announced_is_pointed_out(state, told):
    course = CoursePageFactory(duration_hours=Decimal(21))
    SessionFactory(course=course, state=state)

    assert any("demi-journées" in sentence for sentence in advice_for(course)) is told


# -- The panel of the editor --------------------------------------------------------------------


def editor_form(**changes):
    """What the editor posts for a course in order."""
    fields = {
        "title": "Conduire une recherche",
        "slug": "conduire-une-recherche",
        "code": "CR1",
        "theme": CourseThemeFactory().pk,
        "introduction": "Chercher avec celles et ceux qui agissent.",
        "objectives": streamfield([("objective", "Négocier une commande")]),
        "audience": "Travailleurs sociaux.",
        "prerequisites": "Aucun.",
        "programme": streamfield(
            [
                (
                    "module",
                    {"title": "S’accorder", "hours": "7", "content": rich_text("<p>Oui.</p>")},
                )
            ]
        ),
        "teaching_methods": "Mises en situation.",
        "resources": "Carnet.",
        "assessment_methods": "Note de cadrage.",
        "duration_hours": "14",
        "duration_days": "2",
        "delivery_mode": "onsite",
        "access_modes": "Après un échange.",
        "access_delay_days": "14",
        "price_excl_tax": "480",
        "price_unit": "person",
        "vat_regime": "standard",
        "funding_note": "Votre employeur.",
        "first_session_on": "2027-09-01",
        "comments": inline_formset([]),
    }
    return nested_form_data(fields) | {"trainers": [TrainerFactory().pk]} | changes


def test_the_editor_is_told_everything_in_one_go(log_in):
    index = catalogue()
    url = reverse("wagtailadmin_pages:add", args=["formation", "coursepage", index.pk])
    wrong = {"duration_hours": "beaucoup", "audience": "", "action-publish": "1"}

    response = log_in("formation").post(url, editor_form() | wrong)

    errors = response.context["form"].errors
    assert {"duration_hours", "audience"} <= set(errors)
    assert len(errors["duration_hours"]) == 1


def panel(course=None):
    return reverse("formation_conformity", args=[course.pk] if course else [])


def test_the_editor_shows_where_a_course_stands(log_in):
    course = CoursePageFactory(live=False, audience="")
    html = log_in("formation").get(reverse("wagtailadmin_pages:edit", args=[course.pk]))

    text = html.content.decode()
    assert "1\u00a0mention manque" in text
    assert 'data-conformity-field="audience"' in text
    assert "Indiquez le public visé." in text
    assert "(indicateur 1)" in text
    assert "js/conformity.js" in text


def test_a_course_that_does_not_exist_yet_has_its_panel_too(log_in):
    url = reverse("wagtailadmin_pages:add", args=["formation", "coursepage", catalogue().pk])

    text = log_in("formation").get(f"{url}?modele=vide").content.decode()

    assert "mentions manquent" in text
    assert f'data-conformity="{panel()}"' in text


def test_the_panel_follows_what_is_typed_and_saves_nothing(log_in):
    client = log_in("formation")
    course = CoursePageFactory(live=False)

    full = client.post(panel(course), editor_form()).content.decode()
    lacking = client.post(panel(course), editor_form(audience="")).content.decode()

    assert "Toutes les mentions obligatoires y sont." in full
    assert "Indiquez le public visé." in lacking
    assert CoursePage.objects.get(pk=course.pk).audience == "Travailleurs sociaux."


def test_the_panel_follows_a_course_that_is_being_created(log_in):
    catalogue()

    text = log_in("formation").post(panel(), editor_form(prerequisites="")).content.decode()

    assert "Indiquez les prérequis" in text
    assert not CoursePage.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"duration_hours": "beaucoup"},
        {"audience": "a\x00b"},
        {"theme": "999999"},
        {"trainers": ["x"]},
        {"audience": "é" * 100_000},
    ],
)
def test_the_panel_bears_any_input(log_in, changes):
    client, course = log_in("formation"), CoursePageFactory(live=False)

    response = client.post(panel(course), editor_form() | changes)

    assert response.status_code in {200, 400}


def test_the_panel_is_for_those_who_may_write_the_course(log_in, client):
    course = CoursePageFactory()

    assert client.post(panel(course)).status_code == 302
    assert log_in("recrutement").post(panel(course), editor_form()).status_code in {302, 403}
    assert log_in("recrutement").post(panel(), editor_form()).status_code in {302, 403}
    assert log_in("formation").get(panel(course)).status_code == 405
    assert log_in("formation").post(panel(course) + "9999/").status_code == 404
