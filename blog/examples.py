"""What the e-mails of the blog look like."""

from datetime import datetime
from types import SimpleNamespace

from django.conf import settings
from django.utils import timezone

from site_enys.letters.examples import Contexts, examples

from .enums import ReportReason
from .models import CommentReport

_AT = timezone.make_aware(datetime(2027, 1, 15, 10))  # noqa: DTZ001 - made aware at once


@examples
def blog() -> Contexts:
    """One comment, from its arrival to the day it is reported."""
    comment = SimpleNamespace(
        post=SimpleNamespace(title="Écouter un quartier avant d’écrire son projet"),
        parent=None,
        name="Malik Benali",
        text="Nous avons commencé par des promenades avec les habitants.\n\nTout en est venu.",
    )
    report = CommentReport(
        reason=ReportReason.PERSONAL,
        detail="Une voisine y est reconnaissable.",
        created_at=_AT,
    )
    url = f"{settings.SITE_URL}/blog/exemple/"
    own = {"comment": comment, "url": url, "admin_url": f"{settings.SITE_URL}/admin/"}
    team = own | {"answerable": False}
    return {
        "blog_comment_published": own,
        "blog_comment_received": team,
        "blog_comment_reported": team | {"report": report, "set_aside": False},
        "blog_comments_waiting": {"count": 12, "url": url, "answerable": False},
        "blog_report_decided": {"comment": comment, "report": report, "kept": False},
    }
