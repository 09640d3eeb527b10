"""`name__folded__contains="zoe"` finds « Zoé » on both databases, without any extension."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import CharField, TextField, Transform

from .french import fold

_WITH_ACCENTS = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿ"
_POSTGRESQL = (
    "TRANSLATE(REPLACE(REPLACE(LOWER(%(expressions)s), 'œ', 'oe'), 'æ', 'ae'), "
    f"'{_WITH_ACCENTS}', '{fold(_WITH_ACCENTS)}')"
)


class Folded(Transform):
    """The text in lower case and without accents."""

    lookup_name = "folded"
    function = "FOLD"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template=_POSTGRESQL, **context)


def teach_sqlite(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_function(
            "FOLD", 1, lambda text: fold(text) if text else text, deterministic=True
        )


def install() -> None:
    """Once, when the project starts."""
    CharField.register_lookup(Folded)
    TextField.register_lookup(Folded)
    connection_created.connect(teach_sqlite, dispatch_uid="site_enys.folded")
