"""Who may import whom: design of the rooms and, inside the two business apps, of the layers.

Imports are read in the source, those inside functions too: a rule that only holds at start-up
would not show who depends on whom.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

import pytest

ROOT = Path(settings.BASE_DIR)

# Each room and the rooms it may import. `search` reads all; the business apps never each other.
FOUNDATION = {"site_enys", "rgpd", "courrier"}
ROOMS = {
    "site_enys": set(),
    "rgpd": FOUNDATION,
    "courrier": FOUNDATION,
    "home": FOUNDATION,
    "formation": FOUNDATION | {"home"},
    "recrutement": FOUNDATION | {"home"},
    "blog": FOUNDATION | {"home"},
    "search": FOUNDATION | {"home", "formation", "recrutement", "blog"},
}

# A module imports only its own layer and those above it in this list.
LAYERS = (
    {"enums", "exceptions", "questionnaires", "validators"},
    {"models", "blocks", "querysets"},
    {"words", "links"},
    {"emails", "documents"},
    {"services", "old_site"},
    {"forms"},
    {"views", "desk", "wagtail_hooks", "management"},
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
LAYERED_ROOMS = ("formation", "recrutement", "blog")


def python_files(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def imported_modules(path: Path) -> Iterator[tuple[int, str]]:
    """Every module that the file imports, in full, with its line."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join((*start, *filter(None, [node.module])))
            # `from formation import services` imports formation.services.
            for alias in node.names:
                yield node.lineno, f"{base}.{alias.name}"


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def rooms_crossed(room: str) -> list[str]:
    allowed = ROOMS[room] | {room}
    return [
        f"{place(path, line)} importe {module}"
        for path in python_files(room)
        for line, module in imported_modules(path)
        if (other := module.partition(".")[0]) in ROOMS and other not in allowed
    ]


def layers_crossed(room: str) -> list[str]:
    faults = []
    for path in python_files(room):
        own = RANK.get(path.relative_to(ROOT / room).parts[0].removesuffix(".py"))
        if own is None:
            continue
        for line, module in imported_modules(path):
            other, _, rest = module.partition(".")
            if other == room and RANK.get(rest.partition(".")[0], -1) > own:
                faults.append(f"{place(path, line)} importe {module}")
    return faults


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_the_rooms_before_it(room: str) -> None:
    assert rooms_crossed(room) == []


@pytest.mark.parametrize("room", LAYERED_ROOMS)
def test_a_layer_imports_only_the_layers_before_it(room: str) -> None:
    assert layers_crossed(room) == []


def test_imports_are_seen_wherever_they_are(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    services = tmp_path / "formation" / "services"
    services.mkdir(parents=True)
    (services / "seats.py").write_text(
        "import blog.models\nfrom ..forms import F\ndef f():\n    from .. import views\n"
    )

    assert rooms_crossed("formation") == ["formation/services/seats.py:1 importe blog.models"]
    assert layers_crossed("formation") == [
        "formation/services/seats.py:2 importe formation.forms.F",
        "formation/services/seats.py:4 importe formation.views",
    ]
