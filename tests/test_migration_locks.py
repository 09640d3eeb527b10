"""New migrations do not hold a busy table of PostgreSQL for long: the rule of CONTRIBUTING.md.

Those that exist are what a site has been through, or make their own tables: they are left out.
"""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

import pytest

from site_enys.gentle import AddIndexGently

OURS = ("site_enys", "courrier", "rgpd", "home", "formation", "recrutement", "blog", "search")
#: The last one of each app that was released before the rule.
BEFORE_THE_RULE = {
    "site_enys": "0006",
    "courrier": "0003",
    "rgpd": "0003",
    "home": "0014",
    "formation": "0011",
    "recrutement": "0007",
    "blog": "0008",
    "search": "0003",
}
#: A migration says why it may: `LOCKS_BRIEFLY = "vingt lignes, écrites par l’équipe"`.
EXCUSE = "LOCKS_BRIEFLY"


def new_migrations() -> Iterator[migrations.Migration]:
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        if app in OURS and name[:4] > BEFORE_THE_RULE[app]:
            yield migration


def faults(migration: migrations.Migration, before: ProjectState | None = None) -> list[str]:
    """What would keep everybody waiting; `before` is what the models were until then."""
    if getattr(migration, EXCUSE, ""):
        return []
    made = {
        operation.name_lower
        for operation in migration.operations
        if isinstance(operation, migrations.CreateModel)
    }
    return [
        f"{type(operation).__name__}\u00a0: {fault}"
        for operation in flattened(migration.operations)
        if getattr(operation, "model_name_lower", None) not in made
        and not (before and only_changes_words(operation, migration.app_label, before))
        and (fault := fault_of(operation))
    ]


def only_changes_words(operation: Operation, app: str, before: ProjectState) -> bool:
    """A label or a help text, of which the database knows nothing."""
    if not isinstance(operation, migrations.AlterField):
        return False
    former = before.models[app, operation.model_name_lower].fields[operation.name]
    return in_database(former) == in_database(operation.field)


def in_database(field: models.Field) -> tuple[str, dict[str, object]]:
    _, path, _, options = field.deconstruct()
    unknown = {*field.non_db_attrs, "block_types", "block_lookup"}
    return path, {name: str(value) for name, value in options.items() if name not in unknown}


def flattened(operations: Iterable[Operation]) -> Iterator[Operation]:
    for operation in operations:
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from flattened(operation.database_operations)
        else:
            yield operation


def fault_of(operation: Operation) -> str:
    if isinstance(operation, AddIndexConcurrently):
        return ""
    for kinds, fault in FAULTS:
        if isinstance(operation, kinds):
            return fault if fault is not FIELD else field_fault(operation)
    return ""


FIELD = "field"
FAULTS: tuple[tuple[tuple[type[Operation], ...], str], ...] = (
    ((migrations.AddField,), FIELD),
    ((migrations.AddIndex,), "l’index bloque les écritures tant qu’il se fait"),
    ((migrations.AddConstraint,), "la table est relue en entier sous verrou"),
    ((migrations.AlterUniqueTogether,), "l’index unique bloque les écritures"),
    ((migrations.AlterField,), "changer de type réécrit la table"),
    ((migrations.RunPython, migrations.RunSQL), "des lignes changées dans la même transaction"),
)


def field_fault(operation: Operation) -> str:
    field = operation.field  # type: ignore[attr-defined]
    if isinstance(field, models.ManyToManyField):
        return ""
    if field.has_default() and callable(field.default):
        return "une valeur calculée réécrit la table"
    if field.unique or field.db_index:
        return "l’index bloque les écritures tant qu’il se fait"
    return ""


def test_new_migrations_hold_no_table_for_long():
    loader = MigrationLoader(None)
    found = {
        f"{each.app_label}.{each.name}": faults(
            each, loader.project_state((each.app_label, each.name), at_end=False)
        )
        for each in new_migrations()
    }

    assert {name: said for name, said in found.items() if said} == {}


def migration_with(*operations, **attributes):
    return type(
        "Migration", (migrations.Migration,), {"operations": list(operations), **attributes}
    )("0999_essai", "home")


INDEX = models.Index(fields=["name"], name="par_nom")
NAMED = models.CharField(max_length=10)


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddIndex("thing", INDEX),
        migrations.AlterField("thing", "name", models.TextField()),
        migrations.AddField("thing", "code", models.CharField(max_length=9, unique=True)),
        migrations.AddField("thing", "code", models.JSONField(default=dict)),
        migrations.AddConstraint("thing", models.UniqueConstraint(fields=["name"], name="seul")),
        migrations.RunPython(migrations.RunPython.noop),
        migrations.RunSQL("UPDATE home_thing SET name = ''"),
        migrations.SeparateDatabaseAndState([migrations.AddIndex("thing", INDEX)]),
    ],
    ids=lambda operation: type(operation).__name__,
)
def test_what_holds_a_table_is_seen(operation):
    assert len(faults(migration_with(operation))) == 1
    assert faults(migration_with(operation, **{EXCUSE: "vingt lignes"})) == []


@pytest.mark.parametrize(
    "operations",
    [
        [migrations.AddField("thing", "name", models.CharField(max_length=10, default=""))],
        [migrations.AddField("thing", "name", models.CharField(max_length=10, null=True))],
        [migrations.RemoveField("thing", "name")],
        [AddIndexConcurrently("thing", INDEX)],
        [migrations.CreateModel("thing", [("name", NAMED)]), migrations.AddIndex("thing", INDEX)],
    ],
)
def test_what_is_brief_passes(operations):
    assert faults(migration_with(*operations)) == []


def test_a_label_changes_nothing_in_the_database_and_a_length_does():
    before = ProjectState()
    made = migrations.CreateModel("thing", [("id", models.AutoField(primary_key=True)),
                                            ("name", NAMED)])  # fmt: skip
    made.state_forwards("home", before)
    labelled = models.CharField("nom", max_length=10, help_text="Le sien.")
    longer = models.CharField(max_length=20)

    assert faults(migration_with(migrations.AlterField("thing", "name", labelled)), before) == []
    assert len(faults(migration_with(migrations.AlterField("thing", "name", longer)), before)) == 1


@pytest.mark.django_db(transaction=True)
def test_an_index_is_made_gently_on_both_databases():
    before = ProjectState.from_apps(apps)
    operation = AddIndexGently("jobrun", models.Index(fields=["started_at"], name="par_depart"))
    after = before.clone()
    operation.state_forwards("site_enys", after)
    with connection.schema_editor(atomic=False) as editor:
        operation.database_forwards("site_enys", editor, before, after)

    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "site_enys_jobrun")
    assert "par_depart" in found
