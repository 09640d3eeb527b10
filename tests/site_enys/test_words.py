"""Wagtail's words that our own catalogue says better."""

import re
from gettext import GNUTranslations
from pathlib import Path

import django
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext, ngettext

import wagtail

import pytest

from tests.tools import words


def test_the_file_that_django_reads_is_the_one_that_people_write() -> None:
    assert (words.FOLDER / "django.mo").read_bytes() == words.compiled()


def test_each_message_is_one_of_wagtail_and_keeps_its_variables() -> None:
    ours = {name: said for name, said in words.messages().items() if name}
    wagtail_says: set[str] = set()
    django_says = Path(django.__file__).parent / "conf/locale/fr/LC_MESSAGES/django.mo"
    rooms = Path(wagtail.__file__).parent.rglob("locale/fr/LC_MESSAGES/django.mo")
    for path in (django_says, *rooms):
        with path.open("rb") as catalogue:
            # A message with two forms is known by its first, and the place of the form.
            read = GNUTranslations(catalogue)._catalog
            wagtail_says |= {name[0] if isinstance(name, tuple) else name for name in read}

    assert {name.partition("\0")[0] for name in ours} - wagtail_says == set()
    for name, said in ours.items():
        assert set(re.findall(r"%\(\w+\)s", said)) <= set(re.findall(r"%\(\w+\)s", name)), name


@pytest.mark.parametrize("said", words.messages().values())
def test_no_word_is_left_to_the_reader_to_decline(said: str) -> None:
    assert not re.search(r"\w\((?:e|le|tte|ne|s)\)", said)


def test_the_screens_speak_with_our_words() -> None:
    assert gettext("Redirects") == "Redirections"
    assert filesizeformat(85_606) == "83,6\u00a0ko"
    page = '%(total)s Page <span class="w-sr-only">created in %(site_name)s</span>'
    assert ngettext(page, page.replace("Page", "Pages"), 44).startswith("%(total)s pages ")
