"""One function for each e-mail of recruitment; no file of a candidate ever leaves with one."""

from .applications import acknowledged, delayed, last_resort
from .checks import form_is_down
from .decisions import closed, hired, proposed, rejected, withdrawn
from .interviews import interview_called_off, interview_moved, invited
from .staff import OFFER_CLOSED, offer_closed, promises_due, staff_told

__all__ = [
    "OFFER_CLOSED",
    "acknowledged",
    "closed",
    "delayed",
    "form_is_down",
    "hired",
    "interview_called_off",
    "interview_moved",
    "invited",
    "last_resort",
    "offer_closed",
    "promises_due",
    "proposed",
    "rejected",
    "staff_told",
    "withdrawn",
]
