"""Which code and which settings made a page: another release never shows it."""

import hashlib
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings

from site_enys.settings import env

SHOWN = (str, int, bool, list, dict, Path)


@cache
def release() -> str:
    """The same on each machine that runs the same code, libraries, static files and settings.

    During a deployment two releases run side by side: each has its own pages, with the names of
    its own static files.
    """
    total = hashlib.sha256()
    for path in [*_sources(), Path(settings.STATIC_ROOT, "staticfiles.json")]:
        if path.is_file():
            total.update(path.read_bytes())
    values = {name: value for name, value in vars(env).items() if name.isupper()}
    for name, value in sorted(values.items()):
        if isinstance(value, SHOWN):
            total.update(f"{name}={value!r}".encode())
    return total.hexdigest()[:16]


def _sources() -> list[Path]:
    ours = [Path(config.path) for config in apps.get_app_configs()]
    code = [
        path for folder in ours if folder.parent == env.BASE_DIR for path in folder.rglob("*.py")
    ]
    templates = [path for path in Path(env.BASE_DIR, "templates").rglob("*") if path.is_file()]
    return sorted([*code, *templates, env.BASE_DIR / "requirements.txt"])
