"""What recruitment says in several places, written once."""

from .messages import PLACE_LABELS, REJECTIONS, USUAL_INTERVIEW
from .offers import contract, place, recruiting, salary, start, work_time

__all__ = [
    "PLACE_LABELS",
    "REJECTIONS",
    "USUAL_INTERVIEW",
    "contract",
    "place",
    "recruiting",
    "salary",
    "start",
    "work_time",
]
