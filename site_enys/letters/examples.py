"""What each kind of message looks like: an app gives its templates invented people to speak of."""

from collections.abc import Callable, Mapping
from typing import Any

from . import Letter, compose, subject_of

Contexts = Mapping[str, Mapping[str, Any]]
_MAKERS: list[Callable[[], Contexts]] = []


def examples(make: Callable[[], Contexts]) -> Callable[[], Contexts]:
    """Declare the function that gives, by kind, what a message is made from."""
    _MAKERS.append(make)
    return make


def example_of(kind: str) -> Letter | None:
    """The message, made as the site makes the real ones; None when no app has an example."""
    context = _contexts().get(kind)
    return compose(kind, {"answerable": True, **context}) if context is not None else None


def subjects() -> dict[str, str]:
    """The subject of each example, by kind, in the order of the kinds."""
    return {kind: subject_of(kind, context) for kind, context in sorted(_contexts().items())}


def _contexts() -> dict[str, Mapping[str, Any]]:
    return {kind: context for make in _MAKERS for kind, context in make().items()}
