"""« Aide » : every chapter opens, names what is really on the screens, and shows its pictures."""

import ast
import re
from collections import ChainMap
from functools import cache
from pathlib import Path

from django.conf import settings
from django.urls import get_resolver, reverse
from django.utils.html import strip_tags
from django.utils.translation import trans_real

import pytest

from site_enys import chapters
from site_enys.templatetags.guide import FOLDER, HEIGHT, WIDTH
from tests.test_consistency import PACKAGES
from tests.tools.guide_shots import SHOTS

ROOT = Path(settings.BASE_DIR)
PICTURES = ROOT / "static" / FOLDER
CHAPTERS = chapters.all_chapters()
MOST_BYTES, MOST_IN_ALL = 40_000, 1_500_000


def slug(chapter: chapters.Chapter) -> str:
    return chapter.slug


@pytest.mark.django_db
def test_the_contents_give_one_s_own_work_first_and_all_the_rest(log_in) -> None:
    html = log_in("recrutement").get(reverse("guide")).text
    own, everything = html.split('id="guide-all"')

    assert "Décider et répondre" in own
    assert "L’émargement" not in own
    assert all(chapter.title in everything for chapter in CHAPTERS)


@pytest.mark.django_db
def test_every_chapter_opens_and_leads_to_its_neighbours(log_in) -> None:
    client = log_in("evaluation")

    for before, chapter in zip([None, *CHAPTERS], CHAPTERS, strict=False):
        html = client.get(reverse("guide_chapter", args=[chapter.slug])).text
        assert chapter.summary in html
        assert before is None or f'{before.slug}/" rel="prev"' in html


@pytest.mark.django_db
def test_a_chapter_that_does_not_exist_is_not_found(log_in) -> None:
    assert log_in("redaction").get(reverse("guide_chapter", args=["rien"])).status_code == 404


@pytest.mark.django_db
def test_a_search_finds_a_chapter_whatever_the_accents(log_in) -> None:
    client = log_in("redaction")

    html = client.get(reverse("guide"), {"q": "EMARGEMENT papier"}).text
    nothing = client.get(reverse("guide"), {"q": "zzzz <b>"}).text

    assert "L’émargement" in html.split('id="guide-all"')[0]
    assert "Rien sur «&nbsp;zzzz &lt;b&gt;&nbsp;»" in nothing


@pytest.mark.django_db
def test_a_screen_leads_to_its_chapter(log_in) -> None:
    html = log_in("formation").get("/admin/snippets/formation/session/").text

    assert f'href="{reverse("guide_chapter", args=["sessions"])}"' in html


def test_the_screens_that_chapters_name_exist() -> None:
    named = {name for chapter in CHAPTERS for name in chapter.screens}
    known = {key for key in all_names(get_resolver()) if isinstance(key, str)}

    assert {
        name
        for name in named
        if not any(one == name or (name.endswith(":") and one.startswith(name)) for one in known)
    } == set()


def all_names(resolver, prefix: str = "") -> set[str]:
    names = {f"{prefix}{key}" for key in resolver.reverse_dict if isinstance(key, str)}
    for space, (_, child) in resolver.namespace_dict.items():
        names |= all_names(child, f"{prefix}{space}:")
    return names


# -- Words of the screens -----------------------------------------------------------------------


def plain(text: str) -> str:
    text = re.sub(r"&nbsp;|&#8239;|[\u00a0\u202f\s]+", " ", text)
    return text.replace("'", "’").strip(" :").casefold()


@cache
def words_of_screens() -> tuple[frozenset[str], str]:
    """Each text of our code and of the French of Django and Wagtail; and those of our templates."""
    whole = {
        plain(node.value)
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if path.name != "guide.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for domain in ("django", "djangojs"):
        french = trans_real.DjangoTranslation("fr", domain=domain)._catalog
        # Ours come first: a word that we replace is on no screen any more.
        read = ChainMap(*french._catalogs)
        whole |= {plain(str(read[key])) for key in read}
    templates = (
        path for path in (ROOT / "templates").rglob("*.html") if path.parent.name != "guide"
    )
    written = "|".join(
        plain(strip_tags(re.sub(r"{[%{].*?[%}]}", "|", path.read_text()).replace("<", "|<")))
        for path in templates
    )
    return frozenset(whole), written


@pytest.mark.parametrize("chapter", CHAPTERS, ids=slug)
def test_what_a_chapter_calls_a_button_or_a_menu_is_on_a_screen(chapter) -> None:
    whole, written = words_of_screens()
    quoted = re.findall(r'{% label "([^"]+)" %}', source_of(chapter))

    assert [
        words
        for words in quoted
        if plain(words) not in whole and not re.search(rf"[|] *{re.escape(plain(words))}", written)
    ] == []


def source_of(chapter: chapters.Chapter) -> str:
    return (ROOT / "templates" / chapter.template).read_text(encoding="utf-8")


# -- Pictures -----------------------------------------------------------------------------------


def test_every_picture_that_is_shown_is_made_and_the_other_way_round() -> None:
    shown = re.findall(r'{% picture "([^"]+)" "[^"]{20,}" %}', "".join(map(source_of, CHAPTERS)))
    made = [path.stem for path in PICTURES.glob("*.webp")]

    assert sorted(shown) == sorted(made) == sorted(SHOTS)


def test_pictures_are_light_and_of_one_size() -> None:
    from PIL import Image  # noqa: PLC0415 - only here

    paths = list(PICTURES.glob("*.webp"))

    assert [path.name for path in paths if path.stat().st_size > MOST_BYTES] == []
    assert sum(path.stat().st_size for path in paths) <= MOST_IN_ALL
    for path in paths:
        with Image.open(path) as picture:
            assert picture.size == (WIDTH, HEIGHT), path.name
