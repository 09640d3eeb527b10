"""A member of staff finds her way in."""

import re

from playwright.sync_api import Page, expect

from tests.factories.people import UserFactory


def test_staff_signs_in_to_the_admin(page: Page) -> None:
    UserFactory(role="formation", username="nadia", first_name="Nadia")

    page.goto("/admin/")
    page.locator("[name=username]").fill("nadia")
    page.locator("[name=password]").fill("mot-de-passe-de-test")
    page.keyboard.press("Enter")

    expect(page).to_have_title(re.compile("Tableau de bord"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
