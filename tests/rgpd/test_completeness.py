"""No model about people is forgotten by the register."""

import re
from dataclasses import replace

from django.apps import apps
from django.db import models

from wagtail.contrib.settings.models import BaseGenericSetting, BaseSiteSetting
from wagtail.models import Page

import pytest

from home.models import ContactMessage
from rgpd.register import FOLLOWERS, REGISTER

OURS = {"site_enys", "courrier", "rgpd", "home", "formation", "recrutement", "blog", "search"}
# Applications of others that keep data about our visitors and our team.
OTHERS = {
    *("axes", "account", "mfa", "usersessions", "sessions"),
    *("wagtailusers", "wagtailcore", "wagtailadmin", "wagtailredirects"),
}
#: Rooms whose own tests say that their entries are complete (tests/<room>/test_register.py).
ELSEWHERE = {"recrutement", "blog"}

PERSONAL_TYPES = (
    models.EmailField,
    models.GenericIPAddressField,
    models.FileField,
    models.BinaryField,
)
PERSONAL_NAMES = re.compile(
    r"(^|_)(first_name|last_name|full_name|person_name|contact_name|surname|birth\w*|phone|mobile"
    r"|email|ip|ip_address|address|street|iban|username|user_agent|signature"
    r"|responsible|director|representative|data_contact|author_name|evidence|avatar)$"
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
    "home.OrganisationSettings.publication_director": FIRM,
    "home.OrganisationSettings.representative": FIRM,
    "home.OrganisationSettings.data_contact": FIRM,
    "home.OrganisationSettings.host_address": "the hosting company",
    "home.OrganisationSettings.host_phone": "the hosting company",
    "home.OrganisationSettings.mediator_address": "an office of mediation",
    "formation.CatalogueIndexPage.contact_name": FIRM,
    "formation.CatalogueIndexPage.contact_phone": FIRM,
    "formation.CatalogueIndexPage.contact_email": FIRM,
    "formation.CoursePage.contact_name": FIRM,
    "formation.CoursePage.contact_phone": FIRM,
    "formation.CoursePage.contact_email": FIRM,
    "account.EmailConfirmation.email_address": "a key to account.EmailAddress, with which it goes",
    "formation.Venue.address": "where a session takes place",
    "recrutement.JobOfferPage.street": "where the work takes place",
    "wagtailcore.UploadedFile.file": "a file of the library that is being added",
}
#: What people or staff may type, or a program may note, in models that are not of people: why
#: nothing about anybody is expected there. Public pages and settings are read by everybody.
FREE_TEXTS = {
    "site_enys.JobRun.last_error": "the name of an error, of a job that says no name",
    "site_enys.CheckState.sentence": "what a check of the site found, which names nobody",
    "rgpd.NoticeVersion.text": "a text that everybody was shown",
    "formation.SessionEvent.reason": "why a session changes; it ends with the session",
    "formation.Venue.address": "where a session takes place",
    "formation.Venue.access": "where a session takes place",
    "recrutement.OfferQuestion.choices": "a question of an offer",
    "recrutement.FormCheck.detail": "what the site found by applying to itself",
    "recrutement.DailyRun.counts": "counts alone",
    "recrutement.RejectionText.text": "a model of a letter",
    "blog.Category.description": "a public page",
    "search.SearchEntry.text": "public pages",
    "search.Promotion.phrases": "phrases to promote a page",
    "wagtailcore.TaskState.comment": "why a page is approved or not; it goes with the page",
    "wagtailcore.ReferenceIndex.model_path": "a place in a page",
    "wagtailcore.ReferenceIndex.content_path": "a place in a page",
    "sessions.Session.session_data": "signed; swept every day (menage-sessions)",
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


def typed_freely(all_models):
    """The long texts and the JSON of models that nothing registers."""
    return [
        f"{model._meta.label}.{field.name}"
        for model in all_models
        if model not in REGISTER and model not in FOLLOWERS
        if not issubclass(model, Page | BaseSiteSetting | BaseGenericSetting)
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.TextField | models.JSONField) and not field.choices
    ]


def test_each_free_text_is_registered_or_has_its_reason():
    ours = [model for model in apps.get_models() if model._meta.app_label in OURS | OTHERS]

    assert set(typed_freely(ours)) == set(FREE_TEXTS)


# -- Each entry says everything -----------------------------------------------------------------


ENTRIES = [
    pytest.param(entry, id=entry.model._meta.label)
    for entry in REGISTER.values()
    if entry.model._meta.app_label not in ELSEWHERE
]


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_says_whose_it_is_how_to_find_them_and_until_when(entry):
    assert entry.people.strip()
    assert entry.find or entry.not_found_because, "ni find, ni not_found_because"
    assert bool(entry.find) == bool(entry.export), "find et export vont ensemble"
    assert entry.since or entry.countdown, "rien ne dit l’échéance d’une ligne"
    fields = {field.name for field in entry.model._meta.concrete_fields}
    assert set(entry.corrections) <= fields


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_reason_is_given_for_what_exists(entry):
    own = {entry.model.__name__: entry.model}
    own |= {follower.__name__: follower for follower in followers_of(entry)}
    for name, reason in entry.not_exported.items():
        model, _, field = name.rpartition(".")
        assert reason.strip(), name
        assert name in own or (own[model or entry.model.__name__]._meta.get_field(field)), name


def followers_of(entry):
    return [follower for follower, leader in FOLLOWERS.items() if leader is entry.model]


def test_what_is_wanted_of_an_entry_is_wanted_indeed():
    lame = replace(REGISTER[ContactMessage], find=None, since=None)

    with pytest.raises(AssertionError, match="ni find"):
        test_an_entry_says_whose_it_is_how_to_find_them_and_until_when(lame)


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
        # Or another row that follows it too: the correction of a line of attendance.
        followed = (leader, *(one for one in FOLLOWERS if FOLLOWERS[one] is leader))
        cascades = [
            field
            for field in follower._meta.get_fields()
            if isinstance(field, models.ForeignKey)
            and field.related_model is not follower
            and any(issubclass(one, field.related_model) for one in followed)
            and field.remote_field.on_delete is models.CASCADE
        ]
        assert cascades, f"{follower._meta.label} ne suit pas {leader._meta.label}"


def test_a_model_with_files_takes_them_along():
    for model in (*REGISTER, *FOLLOWERS):
        if any(isinstance(field, models.FileField) for field in model._meta.get_fields()):
            assert models.signals.post_delete.has_listeners(model), model._meta.label
