"""A thousand articles of an old site brought over, then forgotten: seconds and rows."""

import tempfile
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from django.utils import timezone

from .copies import forgotten

ARTICLES = 1000
MAX_SECONDS = 60
PARAGRAPH = (
    "L’équipe relit son projet, pèse ce qui tient et ce qui lasse, puis choisit une seule chose à "
    "changer avant l’été. Le reste attendra que celle-ci soit faite et regardée. "
)


def compare() -> None:
    """Print how long it takes to bring over a feed and as many pages."""
    from blog.models import PostPage  # noqa: PLC0415 - after setup()
    from blog.old_site import bring_over  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder, forgotten():
        write(Path(folder), ARTICLES)
        before = PostPage.objects.count()
        start = time.perf_counter()
        bring_over([Path(folder)], apply=True, now=timezone.now())
        seconds = time.perf_counter() - start
        made = PostPage.objects.count() - before
    note = f"  ← plus de {MAX_SECONDS} s" if seconds > MAX_SECONDS else ""
    print(f"\nAncien site : {made} articles repris en {seconds:.1f} s.{note}")


def write(root: Path, count: int) -> None:
    """A feed of all the articles, and the page of one in two."""
    items = []
    (root / "blog").mkdir()
    for number in range(count):
        when = datetime(2012, 1, 1, 9, tzinfo=UTC) + timedelta(days=2 * number)
        title, slug = f"Notes d’atelier, cahier {number}", f"notes-{number}"
        html = (
            f"<div class='paragraph'>{PARAGRAPH * 2}<br/><br/>{PARAGRAPH * 6}</div>"
            f"<h2 class='wsite-content-title'>Ce qui reste</h2><p>{PARAGRAPH * 6}"
            f"<a href='/blog/notes-{max(0, number - 1)}'>la note d’avant</a></p>"
        )
        items.append(
            f"<item><title>{title}</title><link>http://ancien.invalid/blog/{slug}</link>"
            f"<pubDate>{format_datetime(when)}</pubDate><category>Atelier</category>"
            f"<content:encoded><![CDATA[{html}]]></content:encoded></item>"
        )
        if number % 2:
            page = (
                f"<html><body><div id='wsite-content'><div class='blog-post'>"
                f"<h2 class='blog-title'><a class='blog-title-link' href='/blog/{slug}'>{title}</a>"
                f"</h2><p class='blog-date'><span class='date-text'>{when:%m/%d/%Y}</span></p>"
                f"<div class='blog-content'>{html}</div></div></div></body></html>"
            )
            (root / f"blog/{slug}.html").write_text(page, encoding="utf-8")
    feed = (
        '<?xml version="1.0"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Blog</title>'
        f"<link>http://ancien.invalid/blog</link>{''.join(items)}</channel></rss>"
    )
    (root / "feed.xml").write_text(feed, encoding="utf-8")
