"""« Relecture » : what a good reader would point out before a page is published.

Advice, never a gate: only guiding words are refused as well, by `BasePage`. A check is one small
function that reads a `Said`; `CHECKS` names them all.
Sources: RGAA 4.1 (1.1 and 1.3 pictures, 6.1 links, 9.1 headings), and how the firm wants to write.
"""

from typing import Any

from . import description, filing, guides, headings, links, pictures, prose
from .remarks import Check, Remark
from .said import Said

__all__ = ["CHECKS", "LABELS", "ON_OTHERS", "Check", "Remark", "remarks"]

CHECKS: tuple[Check, ...] = (
    *guides.CHECKS,
    *description.CHECKS,
    *pictures.CHECKS,
    *links.CHECKS,
    *headings.CHECKS,
    *prose.CHECKS,
    *filing.CHECKS,
)
LABELS = {check.code: check.label for check in CHECKS}
#: The checks whose answer changes with other pages: the page alone does not tell.
ON_OTHERS = frozenset({"lien-mort"})


def remarks(
    page: Any, values: dict[str, Any] | None = None, *, without: frozenset[str] = frozenset()
) -> list[Remark]:
    """All that is to be said of a page, or of what is being typed, in the order of the checks."""
    said = Said(page, values or {})
    return [
        remark for check in CHECKS if check.code not in without for remark in check.remarks(said)
    ]
