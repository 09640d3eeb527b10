from datetime import datetime, timedelta

from site_enys.jobs import job

from .services.documents import delete_orphans


@job("menage-cv", every=timedelta(days=1))
def delete_orphan_files(now: datetime) -> str:
    """Delete the files that no application names any more (a power cut between two writes)."""
    return f"fichiers orphelins effacés\u00a0: {delete_orphans(now)}"
