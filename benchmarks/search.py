"""The public search over ten thousand pages, against a hundred: then forgotten.

Words are spread by arithmetic, so that both databases and both sizes have the same kind of text:
thirty thousand words, each page having a hundred of them, and three that stand on every page.
"""

import statistics
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from uuid import uuid4

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.copies import forgotten

SMALL, LARGE = 100, 10_000
WORDS, WORDS_OF_A_PAGE = 30_000, 100
EVERYWHERE = ("commun", "partout", "toujours")
ROUNDS = 15
MAX_RATIO, MAX_QUERIES = 5, 12
SYLLABLES = ("ba", "co", "du", "fi", "ga", "le", "mi", "no", "pu", "ra", "si", "to", "vu", "ze")
serial = count()


def word(number: int) -> str:
    """A word of three to five syllables; words of near numbers look alike, as in French."""
    letters = []
    number += len(SYLLABLES) ** 3
    while number:
        number, rank = divmod(number, len(SYLLABLES))
        letters.append(SYLLABLES[rank])
    return "".join(letters)


class Growth:
    """Articles, courses, offers and plain pages, indexed without being saved one by one."""

    def __init__(self) -> None:
        from blog.models import BlogIndexPage, PostPage  # noqa: PLC0415 - after django.setup()
        from formation.models import CatalogueIndexPage, CoursePage  # noqa: PLC0415
        from home.models import HomePage, ServicePage  # noqa: PLC0415
        from recrutement.models import JobOfferPage, RecruitmentIndexPage  # noqa: PLC0415
        from search.models import SearchEntry, SearchWord  # noqa: PLC0415

        SearchEntry.objects.all().delete()
        SearchWord.objects.all().delete()
        forms = [*EVERYWHERE, *map(word, range(WORDS))]
        SearchWord.objects.bulk_create((SearchWord.of(form, form) for form in forms), 1000)
        self.first_word = SearchWord.objects.order_by("pk").values_list("pk", flat=True)[0]
        self.parents = {
            PostPage: BlogIndexPage.objects.get(),
            CoursePage: CatalogueIndexPage.objects.get(),
            JobOfferPage: RecruitmentIndexPage.objects.get(),
            ServicePage: HomePage.objects.get(),
        }
        # Of ten pages, six articles, two courses, one offer, one page.
        self.types = [PostPage] * 6 + [CoursePage] * 2 + [JobOfferPage, ServicePage]
        self.made = 0

    @transaction.atomic
    def to(self, wanted: int) -> None:
        pages = [self.page(number) for number in range(self.made, wanted)]
        self.insert(pages)
        self.index(pages)
        self.made = wanted
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def page(self, number: int):
        """One page, not yet in the database."""
        model = self.types[number % len(self.types)]
        parent = self.parents[model]
        now = timezone.now()
        more = {
            "PostPage": lambda: {"date": now - timedelta(days=number % 2000)},
            "CoursePage": lambda: {"code": f"MESURE{number}", "duration_days": 2},
            "JobOfferPage": lambda: {
                "reference": f"MESURE-{number}",
                "contract_type": "cdi",
                "closing_date": timezone.localdate(now) + timedelta(days=number % 200 - 100),
            },
        }.get(model.__name__, dict)()
        return model(
            title=f"{word(number)} {word(number * 7 % WORDS)} mesure",
            slug=f"mesure-{number}",
            depth=parent.depth + 1,
            path=f"{parent.path}{self.step(number)}",
            url_path=f"{parent.url_path}mesure-{number}/",
            live=True,
            locale=parent.locale,
            first_published_at=now,
            introduction="Une page pour mesurer la recherche.",
            **more,
        )

    @staticmethod
    def step(number: int) -> str:
        """Four letters that no page of the demonstration has."""
        digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        return "Z" + "".join(digits[number // 36**place % 36] for place in (2, 1, 0))

    def insert(self, pages) -> None:
        """The rows of the pages, then those of their types, then two sessions for each course."""
        from wagtail.models import Page  # noqa: PLC0415

        fields = Page._meta.concrete_fields
        rows = [
            Page(**{field.attname: getattr(page, field.attname) for field in fields})
            for page in pages
        ]
        for row, page in zip(Page.objects.bulk_create(rows, 500), pages, strict=True):
            page.pk = page.id = page.page_ptr_id = row.pk
        for model in set(self.types):
            own = [page for page in pages if type(page) is model]
            # Django makes no bulk of a model in two tables.
            insert = model._base_manager.all()._batched_insert  # noqa: SLF001
            insert(own, model._meta.local_concrete_fields, 200)
            if model.__name__ == "CoursePage":
                self.sessions(own)

    def sessions(self, courses) -> None:
        from formation.models import Session  # noqa: PLC0415

        now = timezone.now()
        starts = [
            (course, now + timedelta(days=40 * rank + (-90 if number % 2 else 20)))
            for number, course in enumerate(courses)
            for rank in range(2)
        ]
        Session.objects.bulk_create(
            [
                Session(
                    course=course,
                    code=f"{course.code}-{rank}",
                    public_id=uuid4(),
                    capacity=12,
                    min_participants=1,
                    state="published",
                    delivery_mode="online",
                    starts_at=start,
                    ends_at=start + timedelta(hours=8),
                )
                for rank, (course, start) in enumerate(starts)
            ],
            500,
        )

    def index(self, pages) -> None:
        """What `services.index` would write: entries, then stems and mentions in two statements."""
        from search.models import KINDS, SearchEntry  # noqa: PLC0415
        from search.services.index import KIND_OF  # noqa: PLC0415
        from search.vocabulary import LEXICON  # noqa: PLC0415

        text = " ".join([*EVERYWHERE, *map(word, range(0, WORDS, WORDS // WORDS_OF_A_PAGE))])
        SearchEntry.objects.bulk_create(
            [
                SearchEntry(
                    page_id=page.pk,
                    kind=KIND_OF.get(page._meta.label_lower, "page"),
                    text=text,
                    visible_from=page.visible_from,
                    lexicon=LEXICON,
                )
                for page in pages
            ],
            500,
        )
        first, last, base = pages[0].pk, pages[-1].pk, self.first_word
        kinds = " ".join(f"WHEN '{kind}' THEN {rank}" for rank, kind in enumerate(KINDS))
        source = f"""
            FROM search_searchentry e
            JOIN search_searchword n ON n.id >= {base} AND n.id < {base + WORDS_OF_A_PAGE}
            JOIN search_searchword w ON w.id = CASE
                WHEN n.id < {base + len(EVERYWHERE)} THEN n.id
                ELSE {base} + (e.page_id * 31 + (n.id - {base}) * (n.id - {base}) * 17) % {WORDS}
            END
            WHERE e.page_id BETWEEN {first} AND {last}
            ON CONFLICT DO NOTHING
        """
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO search_searchstem (entry_id, stem, weight, kind, day) "
                "SELECT e.page_id, w.folded, 1 + (e.page_id * 7 + n.id) % 30, "
                f"CASE e.kind {kinds} END, 739000 + e.page_id % 2000 {source}"
            )
            cursor.execute(
                "INSERT INTO search_searchmention (entry_id, word_id, in_title) "
                f"SELECT e.page_id, w.id, n.id % 30 = {base % 30} {source}"
            )


def addresses() -> Iterator[tuple[str, str]]:
    rare, other = word(4242 % WORDS), word(777)
    yield "mot rare", f"?q={rare}"
    yield "mot de toutes les pages", "?q=commun"
    yield "deux mots, l’un rare", f"?q=commun+{rare}"
    yield "trois mots partout", "?q=commun+partout+toujours"
    yield "mots jamais ensemble", f"?q={rare}+{other}+commun"
    yield "mal écrit", f"?q={rare[:3]}x{rare[4:]}"
    yield "sans résultat", "?q=zzzyyyxxx"
    yield "une nature", "?q=commun&nature=formation"
    yield "page 5", "?q=commun&page=5"
    yield "suggestions", f"suggestions/?q={word(5)[:3]}"
    yield "suggestion d’un début", "suggestions/?q=co"


def times(client, address: str) -> tuple[list[float], int, int]:
    """Times in seconds, SQL queries and status."""

    def get():
        return client.get(f"/recherche/{address}&mesure={next(serial)}")

    get()
    with CaptureQueriesContext(connection) as captured:
        status = get().status_code
    queries = len(captured)
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        get()
        taken.append(time.perf_counter() - start)
    return taken, queries, status


def compare(client) -> None:
    """Print each kind of search at the large size over itself at the small one, then the p95."""
    with forgotten():
        growth = Growth()
        growth.to(SMALL)
        small = {address: times(client, address)[0] for _, address in addresses()}
        growth.to(LARGE)
        large = {address: times(client, address) for _, address in addresses()}
    print(f"\nRecherche dans {LARGE} pages, contre {SMALL} (médianes) :\n")
    print(f"{'recherche':<28}{'ms':>7}{'rapport':>9}{'requêtes':>10}{'code':>6}  adresse")
    for name, address in addresses():
        taken, queries, status = large[address]
        middle = statistics.median(taken)
        ratio = middle / statistics.median(small[address])
        note = f"  ← plus de {MAX_QUERIES} requêtes" if queries > MAX_QUERIES else ""
        figures = f"{middle * 1000:>7.1f}{ratio:>8.1f}×{queries:>10}{status:>6}"
        print(f"{name:<28}{figures}  {address}{note}")
    before, after = p95(small.values()), p95(taken for taken, _, _ in large.values())
    note = f"  ← plus de {MAX_RATIO}×" if after / before > MAX_RATIO else ""
    print(
        f"\np95 : {before * 1000:.1f} ms, puis {after * 1000:.1f} ms : {after / before:.1f}×{note}"
    )


def p95(series) -> float:
    return statistics.quantiles([taken for times in series for taken in times], n=20)[-1]
