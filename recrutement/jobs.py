from datetime import datetime, timedelta

from site_enys.jobs import job

from .services.daily import daily_work
from .services.form_light import is_due
from .services.synthetic import check_form


class FormIsDown(RuntimeError):
    """The application form does not work: the journal of the jobs shows it in red."""


@job("formulaire-candidature", every=timedelta(minutes=10), outside=True)
def check_the_form(now: datetime) -> str:
    """Apply through the form once a night, and every hour while it is down."""
    if not is_due(now):
        return "déjà vérifié cette nuit"
    check = check_form()
    if not check.passed:
        raise FormIsDown(check.detail)
    return check.detail


@job("recrutement-quotidien", every=timedelta(days=1))
def work_of_the_day(now: datetime) -> str:
    """Remind, erase and count, once a day; each run is noted, step by step."""
    return daily_work(now)
