"""Whatever writes what a page may show renews the pages, once, when it is committed."""

from collections.abc import Callable

from django.apps import apps
from django.db import connection, transaction
from django.db.models.signals import post_migrate
from django.utils import timezone

import pytest

from formation.models import CourseTheme
from search.models import SearchMiss
from search.services.misses import note_miss
from site_enys.models import RateWindow
from site_enys.page_cache import writes
from site_enys.page_cache.board import board

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("keeping")]


def add(name: str = "Un thème") -> CourseTheme:
    return CourseTheme.objects.create(name=name, slug=name)


def renewed(write: Callable[[], object]) -> bool:
    before = board().generation()
    write()
    return board().generation() != before


@pytest.mark.parametrize(
    "sql",
    [
        'INSERT INTO "formation_session" VALUES (1)',
        'INSERT OR IGNORE INTO "formation_session" VALUES (1)',
        'UPDATE "formation_session" SET "seats_taken" = 1',
        '  delete from "formation_session" WHERE 1',
        "update formation_session set seats_taken = 1",
    ],
)
def test_every_statement_that_writes_is_seen(sql: str) -> None:
    assert writes.WRITTEN.match(sql)[1] == "formation_session"


@pytest.mark.parametrize(
    "sql", ['SELECT 1 FROM "a"', "SAVEPOINT x", "PRAGMA x", 'SELECT "update" FROM "a" FOR UPDATE']
)
def test_a_statement_that_reads_is_let_through(sql: str) -> None:
    assert writes.WRITTEN.match(sql) is None


def test_each_silent_name_is_that_of_a_table() -> None:
    tables = connection.introspection.table_names()

    for name in writes.SILENT:
        assert any(table.startswith(name) for table in tables), name


def test_a_row_that_shows_renews_and_one_that_does_not_leaves_the_pages() -> None:
    assert renewed(add)
    assert renewed(lambda: CourseTheme.objects.update(name="Autre"))
    assert renewed(lambda: CourseTheme.objects.all().delete())
    assert not renewed(CourseTheme.objects.count)
    assert not renewed(lambda: RateWindow.objects.all().update(count=0))


def test_whoever_searches_for_nothing_leaves_the_pages_of_the_others() -> None:
    assert not renewed(lambda: note_miss("introuvable", timezone.now()))
    assert SearchMiss.objects.filter(words="introuvable").exists()


def test_it_is_renewed_at_the_commit_and_once() -> None:
    before = board().generation()

    with transaction.atomic():
        add("Un")
        add("Deux")
        assert board().generation() == before
        assert sum(waiting[1] is writes.renew for waiting in connection.run_on_commit) == 1

    assert board().generation() != before


def test_what_is_undone_renews_nothing() -> None:
    def undone() -> None:
        with transaction.atomic():
            add()
            transaction.set_rollback(True)

    assert not renewed(undone)


def test_a_part_that_is_undone_does_not_hide_what_is_kept() -> None:
    def half_undone() -> None:
        with transaction.atomic():
            with transaction.atomic():
                add("Un")
                transaction.set_rollback(True)
            add("Deux")

    assert renewed(half_undone)


def test_a_folder_that_cannot_be_written_stops_no_write(
    settings, tmp_path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.DATA_DIR = tmp_path / "absent"

    add()

    assert CourseTheme.objects.filter(name="Un thème").exists()
    assert "n’ont pas pu être renouvelées" in caplog.text


def test_a_migration_renews_the_pages() -> None:
    """It ends a deployment and a restore: what was kept may say what is not there any more."""
    app = apps.get_app_config("site_enys")
    before = board().generation()
    post_migrate.connect(writes.renew_after_migration, sender=app)
    try:
        post_migrate.send(
            sender=app, app_config=app, apps=apps, using="default", verbosity=0, interactive=False
        )
    finally:
        post_migrate.disconnect(writes.renew_after_migration, sender=app)

    assert board().generation() != before
