"""Wagtail's checker of the finished page speaks to editors of what they can mend, in French."""

import html
import json
import re

from django.urls import reverse

import pytest

from home.desk.page_checker import PageCheckerItem
from tests.factories.home import ServicePageFactory

pytestmark = pytest.mark.django_db


def configuration(answer):
    held = re.search(r'id="checker-axe-configuration"[^>]*>(.*?)</script>', answer, re.DOTALL)
    return json.loads(html.unescape(held[1]))


def asked(staff, address):
    return configuration(staff.get(address).content.decode())


def test_the_bar_over_a_page_asks_in_our_words(log_in):
    page = ServicePageFactory()

    said = asked(log_in("redaction"), page.url)

    assert said["context"]["include"] == ["main"]
    assert said["messages"]["link-name"]["error_name"] == "Lien sans mots"


def test_so_does_the_panel_beside_the_form(log_in):
    page = ServicePageFactory()

    said = asked(log_in("redaction"), reverse("wagtailadmin_pages:edit", args=[page.pk]))

    assert said["messages"]["heading-order"]["error_name"] == "Un niveau de titre est sauté"


def test_each_rule_has_its_sentence_and_none_is_that_of_the_review():
    rules = set(PageCheckerItem.axe_run_only)

    assert rules == set(PageCheckerItem.axe_messages)
    assert not rules & {"p-as-heading", "alt-text-quality", "empty-meta-description"}
