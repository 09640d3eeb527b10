from datetime import datetime, timedelta

from site_enys.jobs import job

from .services.daily import daily_work


@job("recrutement-quotidien", every=timedelta(days=1))
def work_of_the_day(now: datetime) -> str:
    """Remind, erase and count, once a day; each run is noted, step by step."""
    return daily_work(now)
