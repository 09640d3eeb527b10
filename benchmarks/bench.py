"""`make bench`: what the site costs, as ratios to floors measured in the same run.

Ratios travel from one machine to another, milliseconds do not. First the site as it is served
(`served/`), then each part in one process: production settings, the demonstration, every request
with an unknown parameter, so that no page cache answers it. Written to RESULTS.md.
"""

import logging
import statistics
import sys
import time
from collections.abc import Iterator
from functools import partial
from itertools import count

import django
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import audit, blog, desk, documents, old_site, results, rush, scale, search
from benchmarks.served import table

FLOOR = "/plancher/"

ROUNDS = 30
WARM_UP = 3
MAX_QUERIES = 15
serial = count()


def addresses() -> Iterator[tuple[str, str]]:
    """One published page of each type, then the pages that are not in the tree."""
    from wagtail.models import Page  # noqa: PLC0415 - after django.setup()

    seen = set()
    for page in Page.objects.live().public().filter(depth__gt=1).specific().order_by("path"):
        if type(page) not in seen and page.url:
            seen.add(type(page))
            yield type(page).__name__, page.url
    yield "recherche", "/recherche/?q=formation"
    yield "sitemap", "/sitemap.xml"


def measure(client, url: str) -> tuple[float, int, int]:
    """Median time in seconds, SQL queries and status of one address."""

    def get():
        separator = "&" if "?" in url else "?"
        return client.get(f"{url}{separator}mesure={next(serial)}")

    for _ in range(WARM_UP):
        get()
    with CaptureQueriesContext(connection) as captured:
        status = get().status_code
    queries = len(captured)  # now: the next request empties the log
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        get()
        times.append(time.perf_counter() - start)
    return statistics.median(times), queries, status


def main() -> None:
    django.setup()
    settings.ROOT_URLCONF = "benchmarks.urls"
    logging.disable(logging.WARNING)
    pages = dict(addresses())
    if "CoursePage" not in pages:
        sys.exit("Ce site est vide : sans DATA_DIR, `make bench` mesure la démonstration.")

    with results.kept():
        table.compare(pages)
        in_one_process()


def in_one_process() -> None:
    client = Client(SERVER_NAME="127.0.0.1")
    floor, _, _ = measure(client, FLOOR)
    print(f"\nPlancher (vue Django nue) : {floor * 1000:.2f} ms. Rapports au plancher :\n")
    print(f"{'page':<28}{'rapport':>9}{'requêtes':>10}{'code':>6}  adresse")
    for name, url in addresses():
        duration, queries, status = measure(client, url)
        note = "  ← trop de requêtes" if queries > MAX_QUERIES else ""
        print(f"{name:<28}{duration / floor:>8.1f}×{queries:>10}{status:>6}  {url}{note}")
    scale.compare(partial(measure, client))
    blog.compare(partial(measure, client))
    search.compare(client)
    desk.compare(measure)
    audit.compare()
    rush.compare()
    documents.compare(floor)
    old_site.compare()


if __name__ == "__main__":
    main()
