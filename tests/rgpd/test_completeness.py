"""No model about people is forgotten by the register."""

import re

from django.apps import apps
from django.db import models

import pytest

from rgpd.register import FOLLOWERS, REGISTER

OURS = {"site_enys", "courrier", "rgpd", "home", "formation", "recrutement", "blog", "search"}
# Applications of others that keep data about our visitors and our team.
OTHERS = {"axes", "account", "mfa", "usersessions"}

PERSONAL_TYPES = (
    models.EmailField,
    models.GenericIPAddressField,
    models.FileField,
    models.BinaryField,
)
PERSONAL_NAMES = re.compile(
    r"(^|_)(first_name|last_name|full_name|person_name|contact_name|surname|birth\w*|phone|mobile"
    r"|email|ip|ip_address|address|street|iban|username|user_agent|signature)$"
)

LIBRARY = "public library of the site"
FIRM = "how to reach the firm, published by the firm"
#: Fields that look personal and are not, each with the reason.
NOT_ABOUT_PEOPLE = {
    "home.CustomImage.file": LIBRARY,
    "home.CustomRendition.file": LIBRARY,
    "home.CustomDocument.file": LIBRARY,
    "home.OrganisationSettings.phone": FIRM,
    "home.OrganisationSettings.email": FIRM,
    "home.OrganisationSettings.host_address": "the hosting company",
    "home.OrganisationSettings.host_phone": "the hosting company",
    "formation.CatalogueIndexPage.contact_name": FIRM,
    "formation.CatalogueIndexPage.contact_phone": FIRM,
    "formation.CatalogueIndexPage.contact_email": FIRM,
    "formation.CoursePage.contact_name": FIRM,
    "formation.CoursePage.contact_phone": FIRM,
    "formation.CoursePage.contact_email": FIRM,
    "account.EmailConfirmation.email_address": "a key to account.EmailAddress, with which it goes",
    "formation.Venue.address": "where a session takes place",
    "recrutement.JobOfferPage.street": "where the work takes place",
}


def looks_personal(field):
    return isinstance(field, PERSONAL_TYPES) or bool(PERSONAL_NAMES.search(field.name))


def forgotten(all_models):
    return [
        f"{model._meta.label}.{field.name}"
        for model in all_models
        if model not in REGISTER and model not in FOLLOWERS
        for field in model._meta.get_fields()
        if getattr(field, "concrete", False)
        and looks_personal(field)
        and f"{model._meta.label}.{field.name}" not in NOT_ABOUT_PEOPLE
    ]


def test_each_model_with_personal_data_is_registered():
    ours = [model for model in apps.get_models() if model._meta.app_label in OURS | OTHERS]

    assert forgotten(ours) == []


def test_the_exceptions_still_exist():
    for name in NOT_ABOUT_PEOPLE:
        label, _, field = name.rpartition(".")
        assert apps.get_model(label)._meta.get_field(field)


@pytest.mark.parametrize(
    ("field", "found"),
    [
        (models.EmailField(), True),
        (models.FileField(), True),
        (models.ImageField(), True),
        (models.GenericIPAddressField(), True),
        (models.BinaryField(), True),
        (models.CharField(max_length=9, name="first_name"), True),
        (models.CharField(max_length=9, name="contact_phone"), True),
        (models.DateField(name="birth_date"), True),
        (models.CharField(max_length=9, name="title"), False),
        (models.CharField(max_length=9, name="description"), False),
    ],
)
def test_what_looks_personal(field, found):
    field.name = field.name or "x"

    assert looks_personal(field) is found


def test_a_forgotten_model_is_named():
    class Visitor(models.Model):  # noqa: DJ008
        email = models.EmailField()

        class Meta:
            app_label = "tests"

    assert forgotten([Visitor]) == ["tests.Visitor.email"]


def test_a_follower_goes_with_the_row_it_follows():
    for follower, leader in FOLLOWERS.items():
        cascades = [
            field
            for field in follower._meta.get_fields()
            if isinstance(field, models.ForeignKey)
            and issubclass(leader, field.related_model)
            and field.remote_field.on_delete is models.CASCADE
        ]
        assert cascades, f"{follower._meta.label} ne suit pas {leader._meta.label}"


def test_a_model_with_files_takes_them_along():
    for model in (*REGISTER, *FOLLOWERS):
        if any(isinstance(field, models.FileField) for field in model._meta.get_fields()):
            assert models.signals.post_delete.has_listeners(model), model._meta.label
