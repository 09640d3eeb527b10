"""What is installed is what was read: each line of a lock has its digests, and no source."""

import re
from pathlib import Path

from django.conf import settings

import pytest

ROOT = Path(settings.BASE_DIR)
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-next.txt", "requirements-uv.txt")


def entries(lock):
    """Each requirement with its continuation lines, without comments."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = (line.split(" #")[0].strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_with_digests(lock):
    pinned = re.compile(r"[\w.-]+(\[[\w,-]+\])?==\S+( ; [^-]+)?(\s+--hash=sha256:[0-9a-f]{64})+")

    assert len(entries(lock)) > 0
    assert [line[:60] for line in entries(lock) if not pinned.fullmatch(line)] == []


@pytest.mark.parametrize("lock", [*LOCKS, "pyproject.toml", "requirements-next.in"])
def test_no_lock_names_a_place_to_fetch_from(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")

    assert re.findall(r"://|--index|--extra|--find|git\+| @ |--trusted", text) == []
