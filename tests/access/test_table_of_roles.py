"""The table of roles, the database that the migrations make and the page of the documents agree."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.snippets.models import get_snippet_models

import pytest

from site_enys.groups import EVERY_GROUP
from site_enys.roles import DECIDE, EXPORT, SEE, THINGS, WRITE, Act, Thing, every_thing

pytestmark = pytest.mark.django_db

ON_MODELS = [thing for thing in every_thing() if not thing.section and not thing.library]
SECTIONS = [thing for thing in every_thing() if thing.section]
LIBRARY = [thing for thing in every_thing() if thing.library]
PAGE = Path(settings.BASE_DIR, "docs", "roles.md")


def name_of(permission: Permission) -> str:
    return f"{permission.content_type.app_label}.{permission.codename}"


def of_table(things: list[Thing], group: str) -> set[str]:
    return {name for thing in things for name in thing.permissions_of(group)}


@pytest.mark.parametrize("group", EVERY_GROUP)
def test_a_group_holds_what_the_table_says_and_nothing_more(group):
    held = Permission.objects.filter(group__name=group).select_related("content_type")

    assert {name_of(permission) for permission in held} == of_table(ON_MODELS, group)


def test_there_is_no_group_outside_of_the_table():
    assert set(Group.objects.values_list("name", flat=True)) == set(EVERY_GROUP)
    assert {group for thing in every_thing() for group in thing.roles} == set(EVERY_GROUP)


@pytest.mark.parametrize("group", EVERY_GROUP)
def test_a_group_writes_in_the_sections_of_the_table_and_in_no_other(group):
    rows = GroupPagePermission.objects.filter(group__name=group)
    held = {
        (row.page.specific_class, name_of(row.permission))
        for row in rows.select_related("page", "permission__content_type")
    }

    assert held == {
        (apps.get_model(thing.section), name)
        for thing in SECTIONS
        for name in thing.permissions_of(group)
    }


@pytest.mark.parametrize("group", EVERY_GROUP)
def test_a_group_uses_the_library_as_the_table_says(group):
    rows = GroupCollectionPermission.objects.filter(group__name=group)

    held = {name_of(row.permission) for row in rows.select_related("permission__content_type")}

    assert held == of_table(LIBRARY, group)
    assert {row.collection for row in rows} <= {Collection.get_first_root_node()}


def test_no_permission_is_given_to_an_account_by_itself_at_birth():
    assert not Permission.objects.filter(user__isnull=False).exists()


def test_each_section_has_one_page_below_which_it_is_given():
    for thing in SECTIONS:
        assert Page.objects.type(apps.get_model(thing.section)).count() == 1


def test_each_permission_of_the_table_exists_and_each_act_is_somebody_s():
    existing = {name_of(one) for one in Permission.objects.select_related("content_type")}

    for thing in every_thing():
        assert {name for names in thing.needs.values() for name in names} <= existing, thing.name
        assert {act for acts in thing.roles.values() for act in acts} == set(thing.needs)
        assert thing.why.endswith((".", ")."))


def test_a_list_is_said_to_export_when_it_does():
    """Wagtail exports what a list shows unless it is told otherwise."""
    said = {}
    for model in get_snippet_models():
        view = f"{model._meta.app_label}.view_{model._meta.model_name}"
        for thing in ON_MODELS:
            if view in thing.needs.get(SEE, ()):
                said[model] = (EXPORT in thing.needs, bool(model.snippet_viewset.list_export))

    wrong = [model._meta.label for model, (written, real) in said.items() if written != real]
    assert not wrong, f"roles.py ne dit pas la vérité sur l’export de : {wrong}"


def test_who_answers_for_the_data_opens_no_file_and_writes_no_page():
    held = of_table(every_thing(), "Référent RGPD")

    closed = ("recrutement", "formation", "wagtailcore")
    assert not {name for name in held if name.startswith(closed)}


def test_each_act_has_its_word():
    assert {act for thing in every_thing() for act in thing.needs} == set(Act)
    assert (SEE, WRITE, DECIDE) == ("voir", "modifier", "décider")
    assert set(THINGS) == {"site_enys", "rgpd", "courrier", "home", "formation", "recrutement",
                           "blog", "search"}  # fmt: skip


def test_the_page_of_the_documents_is_up_to_date(capsys):
    call_command("roles_table")

    assert PAGE.read_text(encoding="utf-8") == capsys.readouterr().out, (
        "docs/roles.md n’est plus à jour : manage.py roles_table > docs/roles.md"
    )
