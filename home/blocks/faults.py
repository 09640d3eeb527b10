"""What the blocks of a page refuse, in sentences that a reader understands without the form."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError

INCOMPLETE = "Le contenu a des blocs incomplets."
#: Faults of one field, which only make sense beside it.
_OF_A_FIELD = {"required", "invalid", "max_length", "min_value", "max_value", "invalid_choice"}


def sentences(error: ValidationError) -> list[str]:
    """First that blocks are incomplete, then what our own blocks say of it, each once."""
    return list(dict.fromkeys([INCOMPLETE, *_said(error)]))


def _said(error: ValidationError) -> Iterator[str]:
    if not hasattr(error, "non_block_errors"):
        if getattr(error, "code", None) not in _OF_A_FIELD:
            yield from error.messages
        return
    for said in error.non_block_errors.as_data():
        yield from _said(said)
    for inner in getattr(error, "block_errors", {}).values():
        yield from _said(inner)
