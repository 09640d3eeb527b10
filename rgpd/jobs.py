from datetime import datetime, timedelta

from django.conf import settings

from site_enys.admin import admin_url
from site_enys.french import plural
from site_enys.jobs import job

from .deletions import KEPT, forget_before
from .models import RightsRequest
from .register import common
from .services.purge import purge
from .services.requests import remind


@job("purge-rgpd", every=timedelta(days=1))
def erase_what_has_ended(now: datetime) -> str:
    """Erase, once a day, the personal data whose retention has ended."""
    counts = purge(now, apply=True, entries=common())
    forget_before(now - KEPT)
    return f"lignes effacées\u00a0: {sum(counts.values())}"


@job("rgpd-demandes", every=timedelta(days=1))
def remind_of_requests(now: datetime) -> str:
    """Write, once a day, to those who answer to people, when something new or urgent waits."""
    url = f"{settings.SITE_URL}{admin_url(RightsRequest, 'list')}?state=waiting"
    return f"rappel\u00a0: {plural(remind(now, url), 'demande')}"
