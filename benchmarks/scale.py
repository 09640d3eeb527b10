"""The catalogue grown to ten, a thousand and ten thousand sessions, then forgotten."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count, product
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from benchmarks.copies import forgotten
from site_enys.french import stems

# (courses, sessions): the first courses have one each, the others ten.
SIZES = ((10, 10), (109, 1_000), (1_009, 10_000))
CITIES = ("Lyon", "Paris", "Nantes", "Lille", "Marseille", "Rennes", "Toulouse", "Dijon")
MODES = ("onsite", "online", "blended")
LEVELS = ("initiation", "approfondissement", "expertise")
MAX_RATIO = 1.3  # from a size to the next that is ten times larger


class Growth:
    """Courses of the catalogue, each with sessions in the two years to come."""

    def __init__(self) -> None:
        from formation.models import CatalogueIndexPage, CoursePage, CourseTheme, Venue  # noqa: PLC0415

        CoursePage.objects.update(live=False)
        self.catalogue = CatalogueIndexPage.objects.get()
        self.themes = list(CourseTheme.objects.all()) or [
            CourseTheme.objects.create(name="Thème", slug="theme")
        ]
        self.venues = [
            Venue.objects.create(name=f"Salle de {city}", city=city, address="1 rue de l’Essai")
            for city in CITIES
        ]
        self.serial = count(1)
        self.courses = self.sessions = 0

    @transaction.atomic
    def to(self, courses: int, sessions: int) -> None:
        new = [self.course(next(self.serial)) for _ in range(courses - self.courses)]
        self.give_sessions(new, (sessions - self.sessions) // len(new))
        self.courses, self.sessions = courses, sessions

    def course(self, number: int):
        """One published course, in two rows and without the work that a page brings about."""
        from formation.models import CoursePage  # noqa: PLC0415

        title = f"Formation d’essai {number}"
        course = CoursePage(
            title=title,
            title_key=f"formation d’essai {number:05}",
            slug=f"essai-{number}",
            code=f"ESSAI{number}",
            depth=self.catalogue.depth + 1,
            path=f"{self.catalogue.path}{8000 + number}",
            url_path=f"{self.catalogue.url_path}essai-{number}/",
            live=True,
            locale=self.catalogue.locale,
            theme=self.themes[number % len(self.themes)],
            introduction="Une formation pour mesurer le catalogue. " * 5,
            audience="Travailleurs sociaux et cadres. " * 10,
            objectives=[("objective", f"Mesurer {number}")] * 4,
            programme=[("module", {"title": "Mesurer", "hours": 7, "content": "<p>Oui.</p>"})] * 3,
            word_stems=f" {' '.join(stems(title))} ",
            duration_hours=7 * (1 + number % 5),
            duration_days=1 + number % 5,
            delivery_mode=MODES[number % 3],
            level=LEVELS[number % 3],
            employer_funding=True,
            personal_funding=bool(number % 2),
            price_excl_tax=300 + number % 700,
        )
        # The row of the page, then that of the course: `save` would renew four indexes each time.
        page = course.page_ptr_id = self.page_of(course)
        course.pk = course.id = page
        course.save_base(raw=True, force_insert=True)
        return course

    @staticmethod
    def page_of(course) -> int:
        from wagtail.models import Page  # noqa: PLC0415

        own = {
            field.attname: getattr(course, field.attname) for field in Page._meta.concrete_fields
        }
        (page,) = Page.objects.bulk_create([Page(**own)])
        return page.pk

    def give_sessions(self, courses, each: int) -> None:
        from formation.models import Session, TimeSlot  # noqa: PLC0415

        now = timezone.now()
        sessions = [
            self.session(course, rank, now) for course, rank in product(courses, range(each))
        ]
        Session.objects.bulk_create(sessions, batch_size=500)
        slots = [
            TimeSlot(session=session, starts_at=session.starts_at, ends_at=session.ends_at)
            for session in sessions
        ]
        TimeSlot.objects.bulk_create(slots, batch_size=500)

    def session(self, course, rank: int, now: datetime):
        from formation.models import Session  # noqa: PLC0415

        number = int(course.code.removeprefix("ESSAI"))
        day = timezone.localtime(now) + timedelta(days=5 + 70 * rank + number % 70)
        starts = day.replace(hour=9, minute=0, second=0, microsecond=0)
        return Session(
            course=course,
            code=f"{course.code}-{rank}",
            public_id=uuid4(),
            venue=self.venues[(number + rank) % len(self.venues)],
            capacity=12,
            min_participants=1,
            state="published",
            starts_at=starts,
            ends_at=starts + timedelta(hours=8),
        )


def addresses() -> Iterator[tuple[str, str]]:
    yield "catalogue", "/formation/"
    yield "catalogue filtré", "/formation/?q=essai&lieu=Lyon&niveau=expertise"
    yield "catalogue par date", "/formation/?tri=date"
    yield "sessions à venir", "/formation/sessions/"
    yield "une formation", "/formation/essai-1/"


def compare(measure) -> None:
    """Print, for each page, its time at each size over its time at the size before."""
    measured = []
    with forgotten():
        growth = Growth()
        for courses, sessions in SIZES:
            growth.to(courses, sessions)
            measured.append({url: measure(url) for _, url in addresses()})
    sizes = " / ".join(str(sessions) for _, sessions in SIZES)
    print(f"\nCatalogue à {sizes} sessions, chaque taille contre la précédente :\n")
    print(f"{'page':<24}{'× 100':>8}{'× 10':>8}{'requêtes':>10}{'code':>6}  adresse")
    for name, url in addresses():
        small, middle, (large, queries, status) = (size[url] for size in measured)
        growth = large / middle[0]
        note = f"  ← plus de {MAX_RATIO:n}×" if growth > MAX_RATIO else ""
        print(
            f"{name:<24}{middle[0] / small[0]:>7.1f}×{growth:>7.2f}×{queries:>10}{status:>6}  "
            f"{url}{note}"
        )
