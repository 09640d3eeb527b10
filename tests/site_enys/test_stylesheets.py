"""The style sheet of the public pages is its parts, in their order, in one file."""

import os
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

import pytest

from site_enys.stylesheets import PARTS, SHEET, WholeSheet

APART = {
    "admin",
    "blog",
    "charts",
    "charte",
    "desk",
    "guide",
    "search",
}  # loaded only where they serve


@pytest.fixture
def finder(settings, tmp_path: Path) -> WholeSheet:
    settings.DATA_DIR = tmp_path
    return WholeSheet()


def test_the_sheet_is_every_part_in_order(finder: WholeSheet) -> None:
    parts = [(settings.BASE_DIR / f"static/css/{name}.css").read_text() for name in PARTS]

    assert Path(finder.find(SHEET)).read_text() == "".join(parts)


def test_a_part_that_changes_makes_the_sheet_again(finder: WholeSheet, tmp_path: Path) -> None:
    finder.parts = [tmp_path / "a.css"]
    finder.parts[0].write_text("a {}")
    os.utime(finder.parts[0], (1, 1))
    sheet = Path(finder.find(SHEET))
    os.utime(sheet, (2, 2))
    assert Path(finder.find(SHEET)).stat().st_mtime == 2

    finder.parts[0].write_text("b {}")

    assert Path(finder.find(SHEET)).read_text() == "b {}"


def test_it_finds_nothing_else(finder: WholeSheet) -> None:
    assert finder.find("css/autre.css") == []
    assert finder.find(SHEET, find_all=True) == [finder.find(SHEET)]


def test_collecting_files_takes_it(finder: WholeSheet) -> None:
    ((path, storage),) = finder.list(None)

    assert path == SHEET
    assert storage.exists(path)


def test_every_style_sheet_is_a_part_or_stands_apart() -> None:
    written = {path.stem for path in (settings.BASE_DIR / "static/css").glob("*.css")}

    assert written == set(PARTS) | APART


@pytest.mark.django_db
def test_a_public_page_asks_for_one_sheet_and_two_fonts(client: Client) -> None:
    head = client.get("/recherche/").text

    assert re.findall(r'href="/static/css/(\w+).css"', head) == ["site", "search"]
    for font in ("titres", "texte"):
        assert finders.find(f"fonts/{font}.woff2")
        assert f'href="/static/fonts/{font}.woff2" as="font"' in head
