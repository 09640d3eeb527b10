"""One function for each e-mail of recruitment; no file of a candidate ever leaves with one."""

from .applications import (
    acknowledged,
    closed,
    hired,
    invited,
    proposed,
    rejected,
    staff_told,
    withdrawn,
)
from .checks import form_is_down

__all__ = [
    "acknowledged",
    "closed",
    "form_is_down",
    "hired",
    "invited",
    "proposed",
    "rejected",
    "staff_told",
    "withdrawn",
]
