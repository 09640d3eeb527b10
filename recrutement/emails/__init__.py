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
from .space import (
    address_changed,
    address_to_confirm,
    erased,
    invited_from_the_pool,
    link_again,
    monthly_report,
    renewal_asked,
    staff_told_of_accommodation,
    staff_told_of_erasure,
)

__all__ = [
    "acknowledged",
    "address_changed",
    "address_to_confirm",
    "closed",
    "erased",
    "hired",
    "invited",
    "invited_from_the_pool",
    "link_again",
    "monthly_report",
    "proposed",
    "rejected",
    "renewal_asked",
    "staff_told",
    "staff_told_of_accommodation",
    "staff_told_of_erasure",
    "withdrawn",
]
