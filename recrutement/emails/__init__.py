"""One function for each e-mail of recruitment; no file of a candidate ever leaves with one."""

from .applications import acknowledged, delayed, last_resort
from .checks import form_is_down
from .decisions import closed, hired, proposed, rejected, withdrawn
from .interviews import interview_called_off, interview_moved, invited
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
from .staff import OFFER_CLOSED, offer_closed, promises_due, staff_told

__all__ = [
    "OFFER_CLOSED",
    "acknowledged",
    "address_changed",
    "address_to_confirm",
    "closed",
    "delayed",
    "erased",
    "form_is_down",
    "hired",
    "interview_called_off",
    "interview_moved",
    "invited",
    "invited_from_the_pool",
    "last_resort",
    "link_again",
    "monthly_report",
    "offer_closed",
    "promises_due",
    "proposed",
    "rejected",
    "renewal_asked",
    "staff_told",
    "staff_told_of_accommodation",
    "staff_told_of_erasure",
    "withdrawn",
]
