"""Figures that are read when somebody asks for them, the same whichever process answers."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Model


@dataclass(frozen=True)
class Measure:
    """One value of a figure: `name` without the prefix of the site, in the base unit (seconds,
    bytes), with few values for each label."""

    name: str
    help: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


#: What people have sent is counted over this long: a form that nobody uses any more shows.
RECENTLY = timedelta(days=1)


def received(what: str, model: type[Model], column: str, now: datetime) -> Measure:
    """How many records of what people send came in since a day, by the instant in `column`."""
    recent = model._default_manager.filter(**{f"{column}__gt": now - RECENTLY})
    return Measure("received", "Reçus en 24 heures.", recent.count(), {"what": what})


Source = Callable[[datetime], Iterable[Measure]]
_SOURCES: list[Source] = []


def register_measures(source: Source) -> Source:
    """Register a function of `now` that reads figures of its app."""
    _SOURCES.append(source)
    return source


def measures(now: datetime) -> Iterator[Measure]:
    """All of them. Raises django.db.Error when the database is away."""
    for source in _SOURCES:
        yield from source(now)
