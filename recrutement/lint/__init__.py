"""The linter of offers: what the law forbids, what it would rather read, and where each is said.

Sources: code du travail, art. L1132-1 (criteria that are forbidden), L1142-1 (sex and family),
L1221-6 to L1221-9 (what may be asked, and told beforehand), L5331-1 to L5331-4 and L5332-1 to
L5332-3 (offers); directive (EU) 2023/970, art. 5 (pay); order of the 1st of January 2026 (SMIC).
"""

from .findings import Finding, Said
from .pay import SMIC_HOURLY, SMIC_SINCE
from .review import blocking, warnings

__all__ = [
    "SMIC_HOURLY",
    "SMIC_SINCE",
    "Finding",
    "Said",
    "blocking",
    "warnings",
]
