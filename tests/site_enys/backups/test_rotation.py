"""Which archives stay: days, weeks, never more than 30 days, never none."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_enys.backups.rotation import (
    LONGEST,
    Archive,
    archives,
    forget_old_backups,
    outdated,
    rotate,
)
from tests.harness.clock import paris

NOW = paris(2027, 3, 31, 3)  # a Wednesday
DAY = timedelta(days=1)
AGES = st.lists(st.integers(0, 60 * 24), unique=True, max_size=80)


def made(*ages_in_days):
    return [Archive(Path(str(age)), NOW - age * DAY) for age in ages_in_days]


def kept(found, days=7, weeks=4):
    gone = outdated(found, NOW, days=days, weeks=weeks)
    return [archive.path.name for archive in found if archive not in gone]


def test_seven_days_then_the_last_of_each_week():
    found = made(*range(60))

    # Sundays of the weeks before: 28, 21 and 14 March; the fourth week is the one that runs.
    assert kept(found) == ["0", "1", "2", "3", "4", "5", "6", "10", "17"]


def test_of_one_day_only_the_last_stays():
    found = made(0, 0.05, 0.1, 1)

    assert kept(found) == ["0", "1"]


def test_a_rare_backup_is_still_forgotten_in_time():
    assert kept(made(0, 28, 29.1, 45)) == ["0", "28"]


def test_the_only_one_stays_however_old():
    assert kept(made(45)) == ["45"]


@given(AGES)
def test_whatever_there_is_something_stays_and_nothing_too_old(hours):
    found = [Archive(Path(str(age)), NOW - timedelta(hours=age)) for age in hours]

    gone = outdated(found, NOW, days=7, weeks=4)

    left = [archive for archive in found if archive not in gone]
    newest = max(found, key=lambda archive: archive.made_at, default=None)
    assert newest is None or newest in left
    assert all(archive is newest or NOW - archive.made_at <= LONGEST for archive in left)
    assert len(left) <= 11


@pytest.fixture
def folder(tmp_path):
    for age in (0, 45):
        path = tmp_path / f"enys-{age}.tar.age"
        path.write_bytes(b"x")
        side = {"made_at": (NOW - age * DAY).isoformat()}
        path.with_name(path.name + ".json").write_text(json.dumps(side))
    return tmp_path


def test_what_nobody_has_read_back_and_what_is_not_ours_are_left_alone(folder):
    (folder / "enys-1.tar").write_bytes(b"sans manifeste")
    (folder / "notes.tar").write_bytes(b"autre chose")

    rotate(folder, NOW)

    assert [archive.path.name for archive in archives(folder)] == ["enys-0.tar.age"]
    assert sorted(path.name for path in folder.iterdir()) == [
        *("enys-0.tar.age", "enys-0.tar.age.json", "enys-1.tar", "notes.tar")
    ]


def test_old_archives_go_even_when_no_backup_is_made_any_more(folder, settings):
    settings.BACKUP_DIR = folder

    assert forget_old_backups(NOW) == "effacées\u00a0: 1\u00a0sauvegarde"
    assert forget_old_backups(NOW) == "effacées\u00a0: 0\u00a0sauvegarde"


def test_without_a_folder_there_is_nothing_to_rotate(settings, tmp_path):
    settings.BACKUP_DIR = None
    assert forget_old_backups(NOW) == "aucun dossier de sauvegarde"

    settings.BACKUP_DIR = tmp_path / "absent"
    assert forget_old_backups(NOW) == "aucun dossier de sauvegarde"
