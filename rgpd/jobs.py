from datetime import datetime, timedelta

from site_enys.jobs import job

from .register import common, purge


@job("purge-rgpd", every=timedelta(days=1))
def erase_what_has_ended(now: datetime) -> str:
    """Erase, once a day, the personal data whose retention has ended."""
    counts = purge(now, apply=True, entries=common())
    return f"lignes effacées\u00a0: {sum(counts.values())}"
