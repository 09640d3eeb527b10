"""The recruitment desk with a hundred applications, then ten thousand; then forgotten."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from django.test import Client
from django.utils import timezone

from .copies import forgotten

SMALL, LARGE = 100, 10_000
MAX_RATIO, MAX_QUERIES = 3, 20
#: Most of what a desk keeps has ended.
STATES = ("received", "reviewing", "interview", "offered", "rejected", "rejected", "withdrawn")
ENDED = ("rejected", "withdrawn")


def compare(measure) -> None:
    """Print, for each screen, its time at the large size over its time at the small one."""
    with forgotten():
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(recruiter())
        grow(0, SMALL)
        small = {url: measure(client, url) for _, url in addresses()}
        grow(SMALL, LARGE)
        print(f"\n{LARGE} candidatures, contre {SMALL} :\n")
        print(f"{'écran':<28}{'rapport':>9}{'requêtes':>10}{'code':>6}  adresse")
        for name, url in addresses():
            duration, queries, status = measure(client, url)
            ratio = duration / small[url][0]
            note = f"  ← plus de {MAX_RATIO}×" if ratio > MAX_RATIO else ""
            note += "  ← trop de requêtes" if queries > MAX_QUERIES else ""
            print(f"{name:<28}{ratio:>8.1f}×{queries:>10}{status:>6}  {url}{note}")


def addresses() -> Iterator[tuple[str, str]]:
    applications = "/admin/snippets/recrutement/application/"
    yield "candidatures", applications
    yield "candidatures en retard", f"{applications}?overdue=oui"
    yield "candidatures par nom", f"{applications}?ordering=shown_name"
    yield "candidatures par note", f"{applications}?ordering=-mean"
    yield "recherche d’un nom", f"{applications}?q=Moreau"
    yield "tableau", "/admin/recrutement/tableau/"


def recruiter():
    from django.contrib.auth.models import Group  # noqa: PLC0415 - after django.setup()

    from site_enys.groups import RECRUITMENT  # noqa: PLC0415
    from site_enys.models import User  # noqa: PLC0415

    user = User.objects.create(username="mesure-recrutement")
    user.groups.add(Group.objects.get(name=RECRUITMENT))
    return user


def grow(start: int, stop: int) -> None:
    """Applications for the published offers, one in two with a note and marks."""
    from recrutement.models import (  # noqa: PLC0415
        Application,
        ApplicationNote,
        ApplicationRating,
        JobOfferPage,
    )

    offers, now = list(JobOfferPage.objects.all()), timezone.now()
    made = Application.objects.bulk_create(
        map(partial(application, offers, now), range(start, stop)), batch_size=500
    )
    read = made[::2]
    ApplicationNote.objects.bulk_create(
        [ApplicationNote(application=one, at=now, text="Lue.") for one in read], batch_size=500
    )
    ApplicationRating.objects.bulk_create(
        [
            ApplicationRating(application=one, criterion=f"Critère {rank}", score=1 + rank, at=now)
            for one in read
            for rank in range(3)
        ],
        batch_size=500,
    )


def application(offers, now, number: int):
    from recrutement.models import Application  # noqa: PLC0415

    # Spread alike at both sizes: both have late answers, and more of them than a page shows.
    sent = now - timedelta(hours=number * 51 % 5000)
    state = STATES[number % len(STATES)]
    return Application(
        reference=f"M-{number:06}",
        offer=offers[number % len(offers)],
        first_name="Aïcha",
        last_name=f"Moreau {number}",
        email=f"mesure{number}@exemple.test",
        message="Une candidature pour mesurer le bureau. " * 10,
        state=state,
        state_changed_at=sent,
        decided_at=sent if state in ENDED else None,
        submitted_at=sent,
        answer_by=(sent + timedelta(days=30)).date(),
        notice_version="mesure",
    )
