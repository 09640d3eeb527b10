"""What people read is written as docs/ecrire.md says: the signs of French, and no worn-out turn."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

import pytest

from tests.test_consistency import PACKAGES

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates"
#: Words of others, read and not said; and the words that the check of links and titles looks for.
NOT_OURS = re.compile(r"/(?:migrations|old_site|demo|management|settings|lint|review)/|/demo\.py$")

WORN_OUT = re.compile(
    r"veuillez|merci de bien|bien vouloir|plus brefs délais|meilleurs délais|accusons réception"
    r"|n[’']hésitez|nous vous prions|au regret de|susmentionn|dûment|votre compréhension"
    r"|une erreur (?:est survenue|s[’']est produite)|cliquez ici|invalide",
    re.IGNORECASE,
)
STRAIGHT = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'[a-zà-ÿœ]", re.IGNORECASE)
LOOSE = re.compile(r"[^\W_][)»”]? (?:[;?!](?=\s|$)|:(?=\s|$)|»)|« ")
FAULTS = {"usé": WORN_OUT, "apostrophe droite": STRAIGHT, "espace sécable": LOOSE}

_NOT_TEXT = re.compile(
    r"{#.*?#}|{% comment.*?{% endcomment %}|<!--.*?-->|<(?:script|style)\b.*?</(?:script|style)>"
    r"|{%.*?%}",
    re.DOTALL,
)
_SHOWN_ATTRIBUTE = re.compile(r"\b(?:alt|title|aria-label|placeholder)=\"([^\"]*)\"")


def said_by_templates() -> Iterator[tuple[str, str]]:
    for path in sorted(TEMPLATES.rglob("*.html")):
        source = _NOT_TEXT.sub("\n", path.read_text(encoding="utf-8"))
        source = re.sub(r"{{.*?}}", "x", source)
        name = str(path.relative_to(ROOT))
        for shown in _SHOWN_ATTRIBUTE.findall(source):
            yield name, shown
        for line in re.sub(r"<[^>]*>", "\n", source).splitlines():
            yield name, line


def said_by_documents() -> Iterator[tuple[str, str]]:
    for path in sorted(TEMPLATES.rglob("*.typ")):
        source = re.sub(r"//.*", "", path.read_text(encoding="utf-8"))
        for shown in re.findall(r"\[([^\[\]#]*)\]", source):
            yield str(path.relative_to(ROOT)), shown


def said_by_code() -> Iterator[tuple[str, str]]:
    """String constants, without the docstrings, which are in English."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            if not NOT_OURS.search(f"/{name}"):
                for line, words in constants(ast.parse(path.read_text(encoding="utf-8"))):
                    yield f"{name}:{line}", words


def constants(tree: ast.Module) -> Iterator[tuple[int, str]]:
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        told = isinstance(node, ast.Constant) and id(node) not in docstrings
        if told and isinstance(node.value, str) and " " in node.value:
            yield node.lineno, node.value


def faults_in(said: Iterator[tuple[str, str]], *names: str) -> list[str]:
    return [
        f"{place} ({name}) : {words.strip()[:80]}"
        for place, words in said
        for name in names
        if FAULTS[name].search(words)
    ]


@pytest.mark.parametrize("said", [said_by_templates, said_by_documents])
def test_what_templates_say_is_well_written(said):
    assert faults_in(said(), *FAULTS) == []


def test_what_the_code_says_is_well_written():
    assert faults_in(said_by_code(), *FAULTS) == []


@pytest.mark.parametrize(
    "words",
    [
        "Veuillez indiquer un motif.",
        "Une erreur est survenue",
        "N’hésitez pas",
        "l'offre",
        "Quand ?",
        "Pour : Léa",
        "« Léa",
        "(Léa) : oui",
    ],
)
def test_a_fault_is_seen(words):
    assert any(fault.search(words) for fault in FAULTS.values())


@pytest.mark.parametrize("words", ["Quand\u202f?", "Pour\u00a0: Léa", "l’offre", "à 9:30", "« Léa"])
def test_what_is_right_is_left_alone(words):
    words = words.replace("« ", "«\u00a0")

    assert not any(fault.search(words) for fault in FAULTS.values())
