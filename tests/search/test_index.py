"""What the search knows of a page."""

from threading import Thread

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

import pytest

from home.models import BasePage
from search.jobs import index_forgotten_pages
from search.models import SearchEntry, SearchStem
from search.services.extract import extract
from search.services.index import IN_TITLE, KIND_OF, LONGEST_MENTION, index_page, weights
from search.services.query import MOST_WORDS, stems_of_query
from tests.factories.blog import PostPageFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("label", KIND_OF)
def test_a_kind_is_that_of_a_page_that_exists(label):
    assert issubclass(apps.get_model(label), BasePage)


def test_a_mention_counts_and_the_title_counts_more():
    total = weights("Évaluer", "évaluer " * 3 + "terrain")

    assert total == {"evalu": 3 + 2 * IN_TITLE, "terrain": 1}


def test_repeating_a_word_does_not_help_for_ever():
    assert weights("", "mission " * 500) == {"mission": LONGEST_MENTION}


def test_a_short_title_says_more_of_each_word():
    assert weights("Mission", "")["mission"] > weights("Mission de terrain", "")["mission"]


def test_the_number_of_words_asked_for_has_an_end():
    assert len(stems_of_query(" ".join(f"mot{number}" for number in range(100)))) == MOST_WORDS


def test_rebuilding_writes_the_same_and_forgets_what_is_gone():
    page = PostPageFactory()
    before = set(SearchStem.objects.filter(entry_id=page.pk).values_list("stem", "weight"))
    SearchStem.objects.all().delete()
    gone = PostPageFactory()
    gone.unpublish()

    call_command("rebuild_search", verbosity=0)

    after = set(SearchStem.objects.filter(entry_id=page.pk).values_list("stem", "weight"))
    assert after == before != set()
    assert not SearchEntry.objects.filter(pk=gone.pk).exists()


def test_pages_that_no_save_has_shown_are_indexed_by_the_clock():
    page = PostPageFactory()
    SearchEntry.objects.all().delete()

    line = index_forgotten_pages(timezone.now())

    assert SearchEntry.objects.get(pk=page.pk).stems.exists()
    assert line == f"pages indexées\u00a0: {SearchEntry.objects.count()}"
    assert index_forgotten_pages(timezone.now()) == "pages indexées\u00a0: 0"


@pytest.mark.django_db(transaction=True)
def test_two_people_saving_the_same_page_leave_one_index():
    page = PostPageFactory()
    failures = []

    def save():
        try:
            index_page(page)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=save) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert SearchStem.objects.filter(entry_id=page.pk).exists()


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        ("", ["mission"], ""),
        ("Une mission.", ["mission"], "Une <mark>mission</mark>."),
        ("L’œuvre & l’art", ["oeuvr"], "L’<mark>œuvre</mark> &amp; l’art"),
        ("Sans le mot", ["mission"], "Sans le mot"),
        ("<b>mission</b>", ["mission"], "&lt;b&gt;<mark>mission</mark>&lt;/b&gt;"),
    ],
)
def test_an_extract_is_the_text_with_its_words_marked(text, wanted, expected):
    assert extract(text, wanted) == expected


def test_an_extract_stays_short_even_without_spaces():
    assert len(extract("x" * 10_000, ["x"])) < 300
    assert len(extract("mot " * 10_000, ["introuvable"])) < 300


def test_a_heading_does_not_run_into_the_text_that_follows():
    body = [("paragraph", "<h2>Le cadre</h2><p>Une loi</p>")]
    post = PostPageFactory(body=body)

    text = SearchEntry.objects.get(pk=post.pk).text

    assert "Le cadre. Une loi." in text
    assert ".." not in text
