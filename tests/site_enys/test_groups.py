"""The roles of the team, as the migrations leave them."""

from django.apps import apps
from django.contrib.auth.models import Group, Permission

from wagtail.models import GroupApprovalTask, Workflow

import pytest

from site_enys.groups import DIRECTION, EVERY_GROUP, grant, model_permissions
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_there_are_five_roles_and_each_enters_the_admin():
    assert set(Group.objects.values_list("name", flat=True)) == set(EVERY_GROUP)
    for group in Group.objects.all():
        assert group.permissions.filter(codename="access_admin").exists()


def test_only_the_direction_handles_accounts():
    holders = Group.objects.filter(permissions__codename="change_user").distinct()

    assert [group.name for group in holders] == [DIRECTION]


def test_what_is_submitted_is_approved_by_the_direction():
    task = GroupApprovalTask.objects.get()

    assert [group.name for group in task.groups.all()] == [DIRECTION]
    assert Workflow.objects.get().name == "Relecture avant publication"


def test_granting_twice_changes_nothing():
    before = Permission.objects.count()

    for _ in range(2):
        grant(apps, [DIRECTION], model_permissions("courrier.outgoingmessage", "view"))

    assert Permission.objects.count() == before


def test_a_permission_made_early_has_the_name_django_would_give():
    assert Permission.objects.get(codename="view_jobrun").name.startswith("Can view ")


def test_the_permissions_of_a_model():
    assert model_permissions("a.b", "view") == ["a.view_b"]
    assert len(model_permissions("a.b")) == 4


def test_an_account_without_role_does_not_enter(client):
    client.force_login(UserFactory())

    assert client.get("/admin/").status_code == 302
