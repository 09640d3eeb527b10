"""A migration that stands for several makes the very tables that they make."""

from django.db.migrations.loader import MigrationLoader

import pytest

SHORTCUTS = ("formation", "recrutement")


def tables(app: str, *, shortcut: bool) -> dict:
    """The models of an app as its migrations leave them, in no order."""
    loader = MigrationLoader(None, replace_migrations=shortcut)
    replaced = {step for made in loader.replacements.values() for step in made.replaces}
    first = (app, sorted(name for label, name in replaced if label == app)[-1])
    target = next(
        (key for key, made in loader.replacements.items() if first in made.replaces), first
    )
    state = loader.project_state(target if shortcut else first)
    return {
        name: (
            {field: made.deconstruct()[1:] for field, made in model.fields.items()},
            sorted(map(repr, model.options.get("indexes", []))),
            sorted(map(repr, model.options.get("constraints", []))),
            {
                key: value
                for key, value in model.options.items()
                if value and key not in {"indexes", "constraints"}
            },
            model.bases,
        )
        for (label, name), model in state.models.items()
        if label == app
    }


@pytest.mark.parametrize("app", SHORTCUTS)
def test_the_shortcut_makes_what_the_steps_make(app):
    steps = tables(app, shortcut=False)

    assert tables(app, shortcut=True) == steps
    assert len(steps) > 5
