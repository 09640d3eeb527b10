"""What the privacy page has said: its text is drawn, so that it is kept when it changes."""

from datetime import datetime
from html import unescape

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import strip_tags

from home.models import LegalPage, OrganisationSettings
from home.notice import PRIVACY
from rgpd.models import NoticeVersion
from rgpd.notices import version_of
from rgpd.services.notices import remember

PARTS = ("home/parts/privacy.html", "home/parts/privacy_partners.html")


def history() -> QuerySet[NoticeVersion]:
    """The versions of the page, the present one first."""
    return NoticeVersion.objects.filter(key=PRIVACY).order_by("-first_shown_at", "-pk")


def remember_privacy(now: datetime) -> bool:
    """Keep the words of the page if they are not those of its last version; say whether it did.

    Nothing is kept while no such page is online.
    """
    page = LegalPage.objects.live().filter(kind=LegalPage.Kind.PRIVACY).first()
    if page is None:
        return False
    text = _text(page)
    last = history().first()
    # The blanks are those of whoever took the markup away, not of whoever wrote.
    if last and last.text.split() == text.split():
        return False
    # The day comes first, so that a text that comes back is a version of its own.
    remember(PRIVACY, version_of(f"{timezone.localdate(now):%Y-%m}", f"{now:%d} {text}"), text, now)
    return True


def _text(page: LegalPage) -> str:
    organisation = OrganisationSettings.current()
    context = {
        "settings": {"home": {"OrganisationSettings": organisation}},
        "organisation": organisation,
    }
    html = "\n".join(render_to_string(part, context) for part in PARTS)
    lines = unescape(strip_tags(f"{html}\n")).splitlines()
    said = [*lines, page.plain_text()]
    return "\n".join(line.strip() for line in said if line.strip())
