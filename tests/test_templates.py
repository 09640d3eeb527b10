"""Every template of ours is used, compiles, and keeps scripts and styles in their files."""

import ast
import re
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.template.loader import get_template

from wagtail.models import Page

import pytest

from tests.test_consistency import PACKAGES

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates"
NAMES = sorted(
    str(path.relative_to(TEMPLATES))
    for path in TEMPLATES.rglob("*")
    if path.is_file() and path.suffix in {".html", ".txt", ".xml", ".typ"}
)
# E-mails are read by programs that know only inline styles; Wagtail's admin has its own policy.
WITHOUT_POLICY = re.compile(r"^emails/|/admin/|^wagtail")
INLINE = re.compile(
    r"""<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*["']|javascript:"""
    r"""|<script\b(?![^>]*\b(?:src=|type="application/(?:ld\+)?json))""",
    re.IGNORECASE,
)
# Django finds these by their name alone.
BY_CONVENTION = {"400.html", "403.html", "403_csrf.html", "404.html"}


@pytest.mark.parametrize("name", [name for name in NAMES if not name.endswith(".typ")])
def test_template_compiles(name: str) -> None:
    get_template(name)


def test_no_inline_script_or_style_in_public_templates() -> None:
    faults = [
        f"{name}:{number}"
        for name in NAMES
        if name.endswith(".html") and not WITHOUT_POLICY.search(name)
        for number, line in enumerate((TEMPLATES / name).read_text().splitlines(), 1)
        if INLINE.search(line)
    ]

    assert faults == []


def test_every_template_is_used() -> None:
    named = texts_in_python() | texts_in_templates() | page_templates() | BY_CONVENTION
    unused = {
        name
        for name in NAMES
        if name not in named and not named & email_kinds(name) and not overrides_a_package(name)
    }

    assert unused == set()


def texts_in_python() -> set[str]:
    """Every string constant of our code: template names, and the kinds of e-mails."""
    return {
        node.value
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def texts_in_templates() -> set[str]:
    """What templates name between quotes, chiefly in `extends`, `include` and `import`."""
    return {
        quoted.removeprefix("/")  # typst counts from the folder of the templates
        for name in NAMES
        for quoted in re.findall(r"[\"']([^\"'\n]+)[\"']", (TEMPLATES / name).read_text())
    }


def page_templates() -> set[str]:
    """Wagtail names the template of a page after its class."""
    return {model.template for model in apps.get_models() if issubclass(model, Page)}


def email_kinds(name: str) -> set[str]:
    """The outbox looks for `emails/<kind>.html`.

    An app may write the kind without its own name in front: `refus` for `recrutement_refus`.
    """
    match = re.fullmatch(r"emails/(\w+)\.html", name)
    return {match[1], match[1].partition("_")[2]} - {""} if match else set()


def overrides_a_package(name: str) -> bool:
    """A template of the same name in Django's or Wagtail's folders is replaced by ours."""
    return any(
        (Path(config.path) / "templates" / name).exists() for config in apps.get_app_configs()
    )
