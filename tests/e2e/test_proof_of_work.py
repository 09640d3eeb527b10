"""During an attack: the browser computes, the person notices nothing."""

import json

from django.conf import settings as django_settings

import pytest
from playwright.sync_api import Page, expect

from home.models import ContactMessage
from site_enys.models import FormProtection
from tests.e2e.gestures import press
from tests.e2e.test_contact import MESSAGE, write


@pytest.fixture(autouse=True)
def _attack(_a_site_with_content: None, settings) -> None:
    settings.PROOF_OF_WORK_COST = 500  # the machine of the tests has better to do
    FormProtection.objects.create(proof_of_work=True)


def send(page: Page) -> ContactMessage:
    write(page)
    press(page, "Envoyer le message")
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre message est arrivé")
    return ContactMessage.objects.get(name=MESSAGE["Votre nom"])


def test_what_a_browser_has_solved_is_not_set_aside(page: Page) -> None:
    message = send(page)

    assert not message.suspect


def test_without_javascript_the_message_is_set_aside_and_answered(
    page_without_javascript: Page,
) -> None:
    message = send(page_without_javascript)

    assert message.suspect


def test_the_browser_is_asked_what_the_settings_say(page: Page) -> None:
    write(page)
    asked = json.loads(page.locator("[data-proof]").get_attribute("data-proof"))

    assert asked["parameters"]["cost"] == django_settings.PROOF_OF_WORK_COST
