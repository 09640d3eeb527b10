"""The page `docs/roles.md`, drawn from the tables of `roles.py`."""

from collections.abc import Iterator

from django.apps import apps

from .groups import EVERY_GROUP
from .roles import OTHERS, THINGS, Act, Thing

HEAD = """# Rôles

Cette page est écrite par `manage.py roles_table` à partir des tables `<app>/roles.py`\u00a0;
un essai échoue quand elle ne dit plus la même chose, et un autre compare la base aux mêmes tables.
Un droit qui n’est pas écrit ici n’existe pas\u00a0: chaque rôle est essayé sur chaque adresse
(`tests/access/`).
"""
WORDS = "`" + "`, `".join(Act) + "`"


def roles_page() -> str:
    """The whole page, in Markdown, ending with a line break."""
    return "\n".join([HEAD, *_tables(), *_others()]) + "\n"


def _tables() -> Iterator[str]:
    yield f"Les actes\u00a0: {WORDS}.\n"
    for app_label, things in THINGS.items():
        name = str(apps.get_app_config(app_label).verbose_name)
        yield f"## {name[0].upper()}{name[1:]}\n"
        yield "| | " + " | ".join(EVERY_GROUP) + " | Pourquoi |"
        yield "|---|" + "---|" * (len(EVERY_GROUP) + 1)
        yield from (_line(thing) for thing in things)
        yield ""


def _line(thing: Thing) -> str:
    cells = (", ".join(thing.roles.get(group, ())) or "–" for group in EVERY_GROUP)
    return f"| **{thing.name}** | " + " | ".join(cells) + f" | {thing.why} |"


def _others() -> Iterator[str]:
    yield "## Ceux qui n’ont pas de rôle dans l’équipe\n"
    yield "| | Ce qui leur est ouvert |"
    yield "|---|---|"
    yield from (f"| **{who}** | {what} |" for who, what in OTHERS.items())
