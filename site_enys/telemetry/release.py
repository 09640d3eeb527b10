"""Which version of the site runs."""

import tomllib
from pathlib import Path


def version_of_the_project(folder: Path) -> str:
    """What `pyproject.toml` says; empty when it was not installed with the code."""
    try:
        project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    except (OSError, KeyError):
        return ""
    return str(project["version"])
