from datetime import datetime, timedelta

from wagtail.models import Page

from home.models import BasePage
from site_enys.jobs import job

from .services.index import index_page


@job("index-recherche", every=timedelta(hours=1))
def index_forgotten_pages(now: datetime) -> str:
    """Index the live pages that no save has shown us: those made by a migration or by SQL."""
    forgotten = Page.objects.live().filter(search_entry=None).order_by("pk").specific()
    pages = [page for page in forgotten if isinstance(page, BasePage)]
    for page in pages:
        index_page(page)
    return f"pages indexées\u00a0: {len(pages)}"
