"""What an app says of the records of all the others: a column, a line of the inspection, a filter.

The foundation does not know that app: it asks the sources that were registered.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model


@dataclass(frozen=True)
class Addition:
    """`value(record)` is shown under `label` in the list and in the inspection.

    `relations` are what it reads besides the record: the list asks for them together.
    What cannot be asked together is not `in_lists`. `filters`
    are filters of django-filter by name.
    """

    label: str
    value: Callable[[Any], str]
    relations: tuple[str, ...] = ()
    in_lists: bool = True
    filters: Mapping[str, Any] = field(default_factory=dict)


Source = Callable[[type[Model]], Addition | None]
_SOURCES: list[Source] = []


def register_addition(source: Source) -> Source:
    """Register what says something of the records of a model, or None."""
    _SOURCES.append(source)
    return source


def additions_to(model: type[Model]) -> list[Addition]:
    return [addition for source in _SOURCES if (addition := source(model))]
