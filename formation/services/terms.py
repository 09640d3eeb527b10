"""The conditions of sale of courses, from the rules that agreements and enrolments apply."""

from dataclasses import dataclass

from django.utils import timezone

from formation.models import CatalogueIndexPage, TrainingTerms

from .pricing import LARGEST_DEPOSIT
from .withdrawal import LEGAL_DAYS, POST_DAYS


@dataclass(frozen=True)
class Terms:
    """Every figure of the page; none is typed in its template."""

    chosen: TrainingTerms
    withdrawal_days: int
    withdrawal_taken_days: int
    deposit_percent: int


def terms() -> Terms:
    """What is sold on, today."""
    return Terms(
        chosen=TrainingTerms.load(),
        withdrawal_days=LEGAL_DAYS,
        withdrawal_taken_days=LEGAL_DAYS + POST_DAYS,
        deposit_percent=int(LARGEST_DEPOSIT * 100),
    )


def certified_today() -> bool:
    """Whether the firm holds the quality certification today; false while nothing says so."""
    catalogue = CatalogueIndexPage.current()
    return bool(catalogue and catalogue.is_certified_on(timezone.localdate()))
