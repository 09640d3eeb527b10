"""Timed work of the pages."""

from datetime import datetime, timedelta

from home.services import scheduling
from site_enys.jobs import job


@job("publication", every=timedelta(seconds=50))
def publish_what_is_due(now: datetime) -> str:
    """Put scheduled pages live and take expired ones down, each on its own."""
    outcome = scheduling.run(now)
    return (
        f"pages publiées\u00a0: {outcome.published}, retirées\u00a0: {outcome.expired},"
        f" en échec\u00a0: {outcome.refused}"
    )
