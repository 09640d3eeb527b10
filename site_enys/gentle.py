"""What a migration does without keeping everybody waiting: see CONTRIBUTING.md."""

from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db.migrations import AddIndex


class AddIndexGently(AddIndexConcurrently):
    """An index made while others write on PostgreSQL; as usual on SQLite, which has one writer.

    Alone in its migration, which says `atomic = False`.
    """

    def database_forwards(self, app_label: str, schema_editor: Any, *states: Any) -> None:
        concurrently = schema_editor.connection.vendor == "postgresql"
        made = AddIndexConcurrently if concurrently else AddIndex
        made.database_forwards(self, app_label, schema_editor, *states)

    def database_backwards(self, app_label: str, schema_editor: Any, *states: Any) -> None:
        concurrently = schema_editor.connection.vendor == "postgresql"
        made = AddIndexConcurrently if concurrently else AddIndex
        made.database_backwards(self, app_label, schema_editor, *states)
