"""Each role edits what is its business."""

from django.urls import reverse

from wagtail.images.models import Image
from wagtail.models import Collection
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

import pytest

from home.models import CustomImage, HomePage
from tests.factories.home import ServicePageFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "may"),
    [("direction", True), ("redaction", True), ("formation", False), ("recrutement", False)],
)
def test_institutional_pages_are_edited_by_the_editors(log_in, role, may) -> None:
    page = ServicePageFactory()
    user = log_in(role).user

    permissions = page.permissions_for_user(user)

    assert permissions.can_edit() is may
    assert permissions.can_publish() is may
    assert HomePage.objects.get().permissions_for_user(user).can_add_subpage() is may


@pytest.mark.parametrize("role", ["direction", "redaction", "formation", "recrutement"])
def test_everybody_may_add_and_choose_images(log_in, role) -> None:
    user = log_in(role).user
    # As Wagtail's own, which has not the same address in all its versions.
    images = CollectionOwnershipPermissionPolicy(
        CustomImage, auth_model=Image, owner_field_name="uploaded_by_user"
    )

    assert images.user_has_permission(user, "add")
    assert Collection.get_first_root_node() in images.collections_user_has_permission_for(
        user, "choose"
    )


@pytest.mark.parametrize(
    ("role", "may"),
    [("direction", True), ("redaction", True), ("formation", False), ("recrutement", False)],
)
def test_identity_of_the_firm_is_edited_by_the_editors(log_in, role, may) -> None:
    response = log_in(role).get(
        reverse("wagtailsettings:edit", args=["home", "organisationsettings"]), follow=True
    )

    assert (b"raison sociale" in response.content.lower()) is may


@pytest.mark.parametrize("role", ["direction", "redaction", "formation", "recrutement"])
def test_admin_home_answers_in_french_for_each_role(log_in, role) -> None:
    html = log_in(role).get("/admin/").content.decode()

    assert "Aujourd’hui" in html
    assert "gravatar" not in html
