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

__all__ = [
    "acknowledged",
    "closed",
    "hired",
    "invited",
    "proposed",
    "rejected",
    "staff_told",
    "withdrawn",
]
