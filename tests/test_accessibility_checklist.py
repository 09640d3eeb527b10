"""`docs/accessibilite.md` answers each of the 106 criteria, and names files that exist."""

import re
from pathlib import Path

from django.conf import settings

from tests.harness import markup

TEXT = Path(settings.BASE_DIR, "docs", "accessibilite.md").read_text(encoding="utf-8")
#: How many criteria each theme of RGAA 4.1.2 has.
CRITERIA = (9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12)
STATES = {"respecté", "à vérifier", "sans objet"}
ROW = re.compile(r"^\| (\d+\.\d+)(?:(, | à )(\d+\.\d+))? \|[^|]*\| ([^|]+) \|", re.MULTILINE)


def answered() -> list[str]:
    found = []
    for first, joined, last, _ in ROW.findall(TEXT):
        theme, start = first.split(".")
        end = last.split(".")[1] if joined else start
        found += [f"{theme}.{number}" for number in range(int(start), int(end) + 1)]
    return found


def test_each_criterion_is_answered_once_and_in_order() -> None:
    expected = [
        f"{theme}.{number}"
        for theme, count in enumerate(CRITERIA, 1)
        for number in range(1, count + 1)
    ]

    assert len(expected) == 106
    assert answered() == expected


def test_each_answer_is_one_of_three() -> None:
    assert {state for *_, state in ROW.findall(TEXT)} == STATES


def test_what_is_said_to_hold_it_exists() -> None:
    rules = set(re.findall(r"`markup\.(\w+)`", TEXT))
    files = set(re.findall(r"`((?:tests|home|formation|site_enys|templates)/[\w/.]+)`", TEXT))

    assert [rule for rule in rules if not hasattr(markup, rule)] == []
    # `templates/` goes without saying where a page is named.
    roots = (Path(settings.BASE_DIR), Path(settings.BASE_DIR, "templates"))
    assert [name for name in files if not any((root / name).exists() for root in roots)] == []
