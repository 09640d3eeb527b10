from datetime import datetime, timedelta

from site_enys.jobs import job

from .services.documents import delete_orphans
from .services.form_light import is_due
from .services.synthetic import check_form


@job("menage-cv", every=timedelta(days=1))
def delete_orphan_files(now: datetime) -> str:
    """Delete the files that no application names any more (a power cut between two writes)."""
    return f"fichiers orphelins effacés\u00a0: {delete_orphans(now)}"


class FormIsDown(RuntimeError):
    """The application form does not work: the journal of the jobs shows it in red."""


@job("formulaire-candidature", every=timedelta(minutes=10))
def check_the_form(now: datetime) -> str:
    """Apply through the form once a night, and every hour while it is down."""
    if not is_due(now):
        return "déjà vérifié cette nuit"
    check = check_form()
    if not check.passed:
        raise FormIsDown(check.detail)
    return check.detail
