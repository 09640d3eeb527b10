"""Timed work of the pages."""

from datetime import datetime, timedelta

from home.services import pictures, scheduling
from home.services.privacy_versions import remember_privacy
from site_enys.jobs import job


@job("publication", every=timedelta(seconds=50))
def publish_what_is_due(now: datetime) -> str:
    """Put scheduled pages live and take expired ones down, each on its own."""
    outcome = scheduling.run(now)
    return (
        f"pages publiées\u00a0: {outcome.published}, retirées\u00a0: {outcome.expired},"
        f" en échec\u00a0: {outcome.refused}"
    )


@job("confidentialite", every=timedelta(hours=6))
def keep_the_privacy_page(now: datetime) -> str:
    """Note what it says when something else than the settings has changed it."""
    return "nouvelle version" if remember_privacy(now) else "inchangée"


@job("images", every=timedelta(minutes=1))
def make_the_copies_of_pictures(_now: datetime) -> str:
    """Make the sizes and formats of what was added to the library, before a page asks for them."""
    return f"images préparées\u00a0: {pictures.prepare_due()}"
