"""The style sheet of the public pages is its parts, in their order, in one file."""

import os
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

import pytest

from site_enys.stylesheets import PARTS, SHEET, WholeSheet
from tests.test_consistency import PACKAGES

# Loaded only where they serve.
APART = {
    *("admin", "blog", "charts", "charte", "desk", "formation", "guide", "own-data"),
    *("leaflet", "recrutement", "search"),
}
# Wagtail draws the pages that this one dresses, with classes of its own.
OF_OTHERS = {"admin", "desk"}
CSS = settings.BASE_DIR / "static/css"
COMMENTS_AND_ADDRESSES = re.compile(r"/\*.*?\*/|url\([^)]*\)|@layer[^{;]*", re.DOTALL)
CLASS = re.compile(r"\.([a-zA-Z][\w-]*)")
HEAVIEST = 48_000  # bytes, before compression
#: A connection begins with ten segments, the headers included: a font comes in one round trip.
FIRST_WINDOW = 10 * 1460 - 800


@pytest.fixture
def finder(settings, tmp_path: Path) -> WholeSheet:
    settings.DATA_DIR = tmp_path
    return WholeSheet()


def test_the_sheet_is_every_part_in_order(finder: WholeSheet, tmp_path: Path) -> None:
    finder.parts = [tmp_path / "a.css", tmp_path / "b.css"]
    finder.parts[0].write_text("/* Why\n   a. */\na {\n  b: c; /* 1 */\n}\n")
    finder.parts[1].write_text("d {}\n")

    assert Path(finder.find(SHEET)).read_text() == "a {\nb: c;\n}\nd {}\n"


def test_the_parts_are_those_of_the_list(finder: WholeSheet) -> None:
    assert [path.stem for path in finder.parts] == list(PARTS)


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


@pytest.mark.parametrize("name", sorted({*PARTS, *APART} - OF_OTHERS))
def test_every_class_of_a_sheet_serves_somewhere(name: str, words_written: set[str]) -> None:
    rules = COMMENTS_AND_ADDRESSES.sub("", (CSS / f"{name}.css").read_text())

    classes = set(CLASS.findall(rules))

    assert {it for it in classes if not spellings(it) & words_written} == set()


def spellings(name: str) -> set[str]:
    """`notice--{{ tone }}`, `chart__s{number}`: only the beginning is written."""
    return {name, name.rstrip("0123456789"), re.sub("(--|__).*", r"\1", name)}


@pytest.fixture(scope="module")
def words_written() -> set[str]:
    """Every word of our templates, scripts and programs, where a class may be named."""
    rooms = ("templates", "static/js", *PACKAGES)
    files = (path for room in rooms for path in (settings.BASE_DIR / room).rglob("*.*"))
    kept = (path for path in files if path.suffix in {".html", ".js", ".py"})
    written = "".join(path.read_text() for path in kept if "migrations" not in path.parts)
    return set(re.findall(r"[\w-]+", written))


def test_the_sheet_of_every_page_stays_light(finder: WholeSheet) -> None:
    assert Path(finder.find(SHEET)).stat().st_size < HEAVIEST


@pytest.mark.parametrize("name", ["titres", "texte"])
def test_a_font_comes_in_one_round_trip(name: str) -> None:
    assert (settings.BASE_DIR / f"static/fonts/{name}.woff2").stat().st_size < FIRST_WINDOW


def test_every_family_of_the_stacks_is_declared_and_the_other_way_round() -> None:
    stacks = re.findall(r"--(?:serif|sans): ([^;]+);", (CSS / "tokens.css").read_text())
    named = {name for stack in stacks for name in re.findall(r'"([^"]+)"', stack)}
    declared = re.findall(r'font-family: "([^"]+)"', (CSS / "fonts.css").read_text())

    assert named == set(declared)


@pytest.mark.parametrize("name", sorted({*PARTS, *APART} - OF_OTHERS))
def test_no_width_changes_with_the_font_that_waits(name: str) -> None:
    """`ch` is the width of a zero: that of Georgia is not that of our titles."""
    rules = COMMENTS_AND_ADDRESSES.sub("", (CSS / f"{name}.css").read_text())

    assert re.findall(r"[\d.]+ch\b", rules) == []
