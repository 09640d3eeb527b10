"""Rules that hold for the whole project; one that is not tested would drift."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models

from modelcluster.fields import ParentalKey
from wagtail.blocks import Block
from wagtail.fields import StreamField

import pytest

ROOT = Path(settings.BASE_DIR)
PACKAGES = ("site_enys", "rgpd", "courrier", "home", "formation", "recrutement", "blog", "search")
OUR_MODELS = [model for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES]


def is_ours(cls: type) -> bool:
    return cls.__module__.partition(".")[0] in PACKAGES


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


# -- Settings -----------------------------------------------------------------------------------


def test_env_example_lists_exactly_the_variables_that_are_read() -> None:
    source = ast.parse((ROOT / "site_enys/settings/env.py").read_text(encoding="utf-8"))
    read = {
        node.args[0].value
        for node in ast.walk(source)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "read"
    }
    example = (ROOT / ".env.example").read_text(encoding="utf-8")

    assert set(re.findall(r"^([A-Z0-9_]+)=", example, re.MULTILINE)) == read


def test_variables_are_read_in_one_place_only() -> None:
    """Entry points may choose the settings module, and the tests their folder."""
    allowed = {"site_enys/settings/env.py", "site_enys/settings/test.py"}
    found = {
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if re.search(r"os\.environ(?!\.setdefault\(\"DJANGO_SETTINGS_MODULE\")|getenv",
                     path.read_text(encoding="utf-8"))
    }  # fmt: skip

    assert found - allowed == set()


@pytest.mark.parametrize("name", ["base", "dev", "test", "production"])
def test_settings_module_imports_with_the_example_environment(name: str) -> None:
    variables = {"ENV_FILE": str(ROOT / ".env.example"), "SECRET_KEY": "un-secret-pour-l-essai"}
    finished = subprocess.run(
        [sys.executable, "-c", f"import site_enys.settings.{name}"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (finished.returncode, finished.stderr) == (0, "")


# -- Models -------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_model_speaks_lower_case_french(model: type[models.Model]) -> None:
    given = model._meta.original_attrs

    assert {"verbose_name", "verbose_name_plural"} <= given.keys()
    assert not starts_with_capital(str(given["verbose_name"]))
    assert not starts_with_capital(str(given["verbose_name_plural"]))


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_model_says_what_it_is(model: type[models.Model]) -> None:
    assert model.__str__ is not models.Model.__str__


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_each_field_has_a_lower_case_label(model: type[models.Model]) -> None:
    faults = [
        field.name
        for field in own_fields(model)
        if field._verbose_name is None or starts_with_capital(str(field.verbose_name))
    ]

    assert faults == []


def own_fields(model: type[models.Model]) -> Iterator[models.Field]:
    """The fields that we declared and that a person can see: no key, no link to the parent."""
    not_ours = {
        field.name
        for base in model.__mro__
        if hasattr(base, "_meta") and not is_ours(base)
        for field in base._meta.get_fields()
    }
    for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
        hidden = field.primary_key or not field.editable or isinstance(field, ParentalKey)
        if not hidden and field.name not in not_ours and isinstance(field, models.Field):
            yield field


def starts_with_capital(label: str) -> bool:
    """Acronyms (CV, PSH, RGPD…) and single letters keep their capitals."""
    first = re.split(r"\W", label, maxsplit=1)[0]
    return first[:1].isupper() and not first.isupper()


# -- Blocks -------------------------------------------------------------------------------------


def blocks_offered() -> Iterator[tuple[str, Block]]:
    """Every block of ours that an editor can pick in some StreamField."""
    for model in OUR_MODELS:
        for field in model._meta.get_fields():
            if isinstance(field, StreamField):
                for name, block in field.stream_block.child_blocks.items():
                    if not type(block).__module__.startswith("wagtail."):
                        yield f"{model.__name__}.{field.name}.{name}", block


@pytest.mark.parametrize("need", ["label", "icon", "template", "description"])
def test_each_block_has(need: str) -> None:
    left_out = {"placeholder", None, ""}

    assert [n for n, block in blocks_offered() if getattr(block.meta, need, "") in left_out] == []


def test_each_block_can_be_previewed() -> None:
    assert [name for name, block in blocks_offered() if not block.is_previewable] == []


# -- Files --------------------------------------------------------------------------------------

MACHINE_OR_REGISTRY = re.compile(
    r"/(?:home|root|Users|work)/\w|(?<![\w.])pypi\.\w|index-url|find-links"
)
OUTSIDE = {".git", ".env", ".hypothesis", ".venv", ".venv-next", "var"}
NOT_TEXT = {
    ".pyc",
    ".avif",
    ".ico",
    ".jpg",
    ".mo",
    ".pdf",
    ".png",
    ".ttf",
    ".webp",
    ".woff2",
    ".xz",
}


def text_files() -> Iterator[Path]:
    """Every text of the project; what git ignores lies in the folders left out here."""
    for top in ROOT.iterdir():
        if top.name in OUTSIDE or top.name.endswith("_cache"):
            continue
        for path in [top, *top.rglob("*")]:
            if path.is_file() and path.suffix not in NOT_TEXT and path != Path(__file__):
                yield path


def test_no_file_names_a_registry_or_a_machine() -> None:
    faults = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in text_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if MACHINE_OR_REGISTRY.search(line)
    ]

    assert faults == []


# -- Tests --------------------------------------------------------------------------------------


def test_every_test_with_real_processes_lies_where_make_looks_for_it() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = re.findall(
        r"^WITH_PROCESSES := (.+)$|-m processes (tests/\S+)$", makefile, re.MULTILINE
    )
    folders = [ROOT / folder for line in named for folder in " ".join(line).split()]
    marks = re.compile(r"mark\.processes\b")
    marked = [
        path for path in (ROOT / "tests").rglob("*.py") if marks.search(path.read_text("utf-8"))
    ]

    assert len(marked) > 3
    assert [
        path for path in marked if not any(path.is_relative_to(folder) for folder in folders)
    ] == []
