from datetime import datetime, timedelta

from wagtail.models import Page

from site_enys.jobs import job

from .models import SearchEntry, SearchWord
from .services.follow import read_marked
from .services.index import index_pages
from .vocabulary import LEXICON

#: So that the other jobs of the minute do not wait.
AT_ONCE = 300


@job("index-recherche", every=timedelta(hours=1))
def index_forgotten_pages(now: datetime) -> str:
    """Index the live pages that no save has shown us: those made by a migration or by SQL."""
    SearchEntry.objects.filter(page__live=False).delete()
    forgotten = Page.objects.live().filter(search_entry=None).order_by("pk").specific()
    count = index_pages(forgotten)
    SearchWord.objects.filter(mentions=None).delete()
    return f"pages indexées\u00a0: {count}"


@job("index-relecture", every=timedelta(minutes=1))
def read_again(now: datetime) -> str:
    """Index again what something else than the page has changed, or what was read otherwise."""
    SearchEntry.objects.exclude(lexicon=LEXICON).update(to_read_again=True)
    return f"pages relues\u00a0: {read_marked(AT_ONCE)}"
