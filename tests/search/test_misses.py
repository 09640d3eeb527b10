"""« Recherches sans résultat » : what is noted, what never is, and what editors do with it."""

from datetime import datetime, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import timezone

import pytest

from rgpd.register import REGISTER
from rgpd.services.purge import purge
from search.models import SearchMiss
from search.services import misses
from search.services.misses import handle, note_miss, words_to_note
from tests.factories.blog import PostPageFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=ZoneInfo("Europe/Paris"))
HANDLED = "search_miss_handled"


def search(client, query, number=1, **headers):
    return client.get(f"/recherche/?q={quote(query)}&page={number}", headers=headers)


def noted():
    return {miss.words: miss.count for miss in SearchMiss.objects.all()}


def screen(name, *args):
    return reverse(SearchMiss.snippet_viewset.get_url_name(name), args=args)


# -- What is noted ------------------------------------------------------------------------------


def test_a_search_that_finds_nothing_is_noted_folded(client) -> None:
    search(client, "  Pédagogie   Montessori ")
    search(client, "pedagogie montessori")

    assert noted() == {"pedagogie montessori": 2}


def test_a_search_that_finds_something_is_not(client) -> None:
    PostPageFactory(title="Montessori")

    search(client, "montessori")

    assert noted() == {}


@pytest.mark.parametrize(
    "query",
    ["", "de la", "???", "camille@exemple.fr", "écrire à camille @ exemple.fr", "06 12 34 56 78",
     "0612345678", "+33 6 12 34 56 78", "1 85 05 78 006 084 36", "dossier 4512876", "x" * 61,
     "un deux trois quatre cinq six sept huit neuf", "https://exemple.fr/x", "www.exemple.fr",
     "exemple.com"],
)  # fmt: skip
def test_what_may_be_personal_or_is_no_search_is_never_noted(client, query) -> None:
    assert search(client, query).status_code == 200

    assert noted() == {}


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("Loi 2002-2", "loi 2002-2"),
        ("Qu’est-ce que l’ASE ?", "qu'est-ce que l'ase"),
        ("« cœur » de métier", "coeur de metier"),
        ("a" * 60, "a" * 60),
        ("un deux trois quatre cinq six sept huit", "un deux trois quatre cinq six sept huit"),
        ("ase\u202e%*", "ase"),
        ("D.E.I.S", ""),  # four letters alone say nothing
    ],
)
def test_how_a_search_is_kept(query, kept) -> None:
    assert words_to_note(query) == kept


def test_nothing_is_kept_of_who_asked(client) -> None:
    search(client, "montessori")

    fields = {field.name for field in SearchMiss._meta.fields}
    assert fields == {
        "id", "words", "count", "first_at", "last_at", "day", "count_of_day", "handled_at"
    }  # fmt: skip


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"},
     {"X-Moz": "prefetch"}],
)  # fmt: skip
def test_a_browser_that_looks_ahead_asks_nothing(client, headers) -> None:
    search(client, "montessori", **headers)

    assert noted() == {}


def test_neither_do_head_and_the_second_page(client) -> None:
    client.head("/recherche/?q=montessori")
    search(client, "montessori", 2)

    assert noted() == {}


def test_the_team_s_own_searches_are_not_noted(log_in) -> None:
    log_in("formation").get("/recherche/?q=montessori")

    assert noted() == {}


def test_a_reader_with_a_session_and_no_account_is_a_reader(client) -> None:
    session = client.session
    session["x"] = 1
    session.save()

    search(client, "montessori")

    assert noted() == {"montessori": 1}


# -- Robots -------------------------------------------------------------------------------------


def test_the_same_search_counts_so_often_a_day() -> None:
    for _ in range(misses.SAME_PER_DAY + 5):
        note_miss("montessori", NOON)
    assert noted() == {"montessori": misses.SAME_PER_DAY}

    note_miss("montessori", NOON + timedelta(days=1))

    assert noted() == {"montessori": misses.SAME_PER_DAY + 1}
    assert SearchMiss.objects.get().count_of_day == 1


def test_so_many_new_searches_are_noted_a_day() -> None:
    rows = [
        SearchMiss(words=f"mot{n}", first_at=NOON, last_at=NOON, day=NOON.date())
        for n in range(misses.NEW_PER_DAY - 1)
    ]
    SearchMiss.objects.bulk_create(rows)

    note_miss("dernier", NOON)
    note_miss("de trop", NOON)
    note_miss("dernier", NOON)
    note_miss("lendemain", NOON + timedelta(days=1))

    assert SearchMiss.objects.count() == misses.NEW_PER_DAY + 1
    assert noted()["dernier"] == 2
    assert "de trop" not in noted()


def test_a_day_begins_at_midnight_in_paris() -> None:
    late = datetime(2026, 3, 10, 23, 59, tzinfo=ZoneInfo("Europe/Paris"))

    note_miss("montessori", late)
    note_miss("montessori", late + timedelta(minutes=2))

    miss = SearchMiss.objects.get()
    assert (miss.count, miss.count_of_day) == (2, 1)


# -- Never in the way ---------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_note_that_fails_is_logged_and_the_page_is_shown(client, caplog) -> None:
    def refuse(execute, sql, params, many, context):
        if "search_searchmiss" in sql:
            raise DatabaseError("verrouillée")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        response = search(client, "montessori")

    assert response.status_code == 200
    assert "Aucun résultat" in response.content.decode()
    assert "n’a pas pu être notée" in caplog.text
    assert "montessori" not in caplog.text


@pytest.mark.only_on("sqlite")
def test_the_patience_of_the_database_is_given_back() -> None:
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]

    note_miss("montessori", NOON)

    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] == usual


def test_noting_costs_few_queries(count_queries) -> None:
    note_miss("montessori", NOON)

    known = count_queries(lambda: note_miss("montessori", NOON))
    new = count_queries(lambda: note_miss("steiner", NOON))

    assert known <= 6
    assert new <= 9


# -- What becomes of it -------------------------------------------------------------------------


def test_it_hides_until_it_is_asked_again() -> None:
    note_miss("montessori", NOON)
    handle(SearchMiss.objects.get(), NOON + timedelta(hours=1))
    assert not SearchMiss.objects.waiting().exists()

    note_miss("montessori", NOON + timedelta(hours=2))

    assert SearchMiss.objects.waiting().get().count == 2


def test_it_is_kept_ninety_days_after_the_last_time() -> None:
    note_miss("montessori", NOON)
    entry = REGISTER[SearchMiss]

    purge(NOON + timedelta(days=90), apply=True, entries=[entry])
    assert SearchMiss.objects.exists()

    purge(NOON + timedelta(days=90, seconds=1), apply=True, entries=[entry])
    assert not SearchMiss.objects.exists()


# -- The desk -----------------------------------------------------------------------------------


@pytest.fixture
def miss():
    return SearchMiss.objects.create(
        words="pedagogie montessori", count=7, first_at=NOON, last_at=NOON, day=NOON.date()
    )


@pytest.mark.parametrize("role", ["direction", "redaction"])
def test_editors_read_what_was_not_found_and_what_to_do(log_in, miss, role) -> None:
    html = log_in(role).get(screen("list")).content.decode()

    assert "pedagogie montessori" in html
    assert "/recherche/?q=pedagogie+montessori" in html
    assert "?mots=pedagogie+montessori" in html
    assert reverse(HANDLED, args=[miss.pk]) in html


def test_handled_hides_it_and_a_second_time_changes_nothing(log_in, miss) -> None:
    staff = log_in("redaction")

    first, second = (staff.post(reverse(HANDLED, args=[miss.pk])) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    miss.refresh_from_db()
    assert miss.handled_at is not None
    staff.get(screen("list"))  # which says once that it is done
    assert "pedagogie montessori" not in staff.get(screen("list")).content.decode()


def test_reading_the_address_changes_nothing(log_in, miss) -> None:
    assert log_in("redaction").get(reverse(HANDLED, args=[miss.pk])).status_code == 405


def test_several_at_once(log_in, miss) -> None:
    log_in("redaction").post(f"/admin/bulk/search/searchmiss/handle/?id={miss.pk}")

    assert not SearchMiss.objects.waiting().exists()


@pytest.mark.parametrize("role", ["formation", "recrutement", "evaluation"])
def test_others_see_and_do_nothing(log_in, miss, role) -> None:
    staff = log_in(role)
    urls = [screen("list"), screen("list") + "?export=xlsx"]

    assert {staff.get(url).status_code for url in urls} <= {302, 403}
    staff.post(reverse(HANDLED, args=[miss.pk]))
    staff.post(f"/admin/bulk/search/searchmiss/handle/?id={miss.pk}")
    assert SearchMiss.objects.waiting().exists()


def test_a_visitor_is_sent_to_the_sign_in(client, miss) -> None:
    assert client.get(screen("list")).status_code == 302
    assert client.post(reverse(HANDLED, args=[miss.pk])).status_code == 302


@pytest.mark.parametrize("query", ["%22", "%00", "*", "a" * 3000])
def test_a_hostile_search_in_the_list_is_only_a_search(log_in, miss, query) -> None:
    assert log_in("redaction").get(screen("list") + f"?q={query}").status_code in {200, 400}


def test_the_list_costs_the_same_with_one_and_with_thirty(log_in, miss, count_queries) -> None:
    staff = log_in("redaction")
    staff.get(screen("list"))
    with_one = count_queries(lambda: staff.get(screen("list")))
    SearchMiss.objects.bulk_create(
        SearchMiss(words=f"mot {n}", first_at=NOON, last_at=NOON, day=timezone.localdate())
        for n in range(29)
    )

    assert count_queries(lambda: staff.get(screen("list"))) == with_one
    assert staff.get(screen("list") + "?export=xlsx").status_code == 200


def test_a_search_noted_before_stays_within_twelve_queries(
    client, django_assert_max_num_queries
) -> None:
    search(client, "montessori")

    with django_assert_max_num_queries(12):
        search(client, "montessori")
