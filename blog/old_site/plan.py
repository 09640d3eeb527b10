"""What would be made of an inventory, and what is left alone; nothing is written here."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.urls import Resolver404, resolve
from django.utils import timezone

from wagtail.models import Page
from wagtail.views import serve

from blog.models import BlogIndexPage, ImportedThing, PostPage
from blog.models.pages import RESERVED_SLUGS, SLUG
from home.models import HomePage
from site_enys.french import fold

from .addresses import clean_slug, key_of, slug_of_title
from .inventory import Article, Inventory
from .records import OldPage

Kind = ImportedThing.Kind
# Rooms of other parts of the site: their own pages will stand there.
_OTHERS = frozenset({"blog", "formation", "recrutement"})


class Fate(StrEnum):
    MAKE = "à créer"
    DRAFT = "à créer en brouillon"
    DONE = "déjà repris"
    DELETED = "supprimé depuis par l’équipe, laissé"
    PRESENT = "existe déjà sur le site, laissé"


MADE = frozenset({Fate.MAKE, Fate.DRAFT})


@dataclass
class ArticlePlan:
    article: Article
    fate: Fate
    slug: str = ""
    page_id: int | None = None
    why: str = ""


@dataclass
class PagePlan:
    page: OldPage
    key: str
    fate: Fate
    slug: str = ""
    page_id: int | None = None


@dataclass
class Plan:
    inventory: Inventory
    articles: list[ArticlePlan] = field(default_factory=list)
    pages: list[PagePlan] = field(default_factory=list)


def make_plan(inventory: Inventory) -> Plan:
    """Decide the fate of each article and page, from the database as it is."""
    plan = Plan(inventory)
    blog = BlogIndexPage.objects.first()
    known = {(row.kind, row.key): row for row in ImportedThing.objects.exclude(kind=Kind.COMMENT)}
    present = _present(blog)
    taken = set(RESERVED_SLUGS) | {slug for slug, _, _, _ in present}
    same = {(fold(title), day): pk for _, title, day, pk in present}
    for article in inventory.articles:
        row = known.get((Kind.POST, short(article.key)))
        plan.articles.append(_article(article, row, same, taken))
    home = HomePage.objects.first()
    places = _Places(home)
    for page in inventory.pages:
        key = key_of(page.address) if page.address else f"/{slug_of_title(page.title)}"
        if key == f"/{SLUG}":  # an empty list: the blog itself
            continue
        plan.pages.append(_page(page, key, known.get((Kind.PAGE, short(key))), places))
    return plan


def short(key: str) -> str:
    """The key as the journal keeps it."""
    return key[-255:]


def _present(blog: BlogIndexPage | None) -> list[tuple[str, str, object, int]]:
    if blog is None:
        return []
    rows = PostPage.objects.child_of(blog).values_list("slug", "title", "date", "pk")
    return [(slug, title, timezone.localdate(date), pk) for slug, title, date, pk in rows]


def _article(
    article: Article,
    row: ImportedThing | None,
    same: dict[tuple[str, object], int],
    taken: set[str],
) -> ArticlePlan:
    if row is not None:
        fate = Fate.DONE if row.page_id else Fate.DELETED
        return ArticlePlan(article, fate, page_id=row.page_id)
    day = timezone.localdate(article.date) if article.date else None
    if pk := same.get((fold(article.title), day)):
        return ArticlePlan(article, Fate.PRESENT, page_id=pk)
    slug = _free(article.wanted_slug, taken)
    if article.date is None:
        written = article.best.date
        why = f"date illisible : « {written[:40]} »" if written else "sans date"
        return ArticlePlan(article, Fate.DRAFT, slug, why=why)
    return ArticlePlan(article, Fate.MAKE, slug, why="texte coupé" if article.is_cut else "")


def _free(wanted: str, taken: set[str]) -> str:
    slug, number = wanted, 2
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    taken.add(slug)
    return slug


class _Places:
    """Where pages stand under the home page, by all the names they may be asked for."""

    def __init__(self, home: HomePage | None) -> None:
        self.by_name: dict[str, int] = {}
        self.taken: set[str] = set()
        if home is None:
            return
        below = Page.objects.descendant_of(home).not_type(PostPage).order_by("-depth")
        for page in below.only("pk", "slug", "title", "depth", "path"):
            self.by_name[squash(page.title)] = page.pk
            self.by_name[squash(page.slug)] = page.pk
            if page.depth == home.depth + 1:
                self.taken.add(page.slug)
        for name in ("/", "", "accueil", "home", "index"):
            self.by_name[squash(name)] = home.pk

    def find(self, page: OldPage, key: str) -> int | None:
        if key == "/":
            return self.by_name.get("")
        names = (squash(key.rpartition("/")[2]), squash(page.title))
        return next((self.by_name[name] for name in names if name in self.by_name), None)

    def room(self, slug: str) -> str:
        return _free(slug, self.taken | {slug} if _is_ours(slug) else self.taken)


def squash(name: str) -> str:
    """What « L’ingénieur social » and « l-ingenieur-social » have in common."""
    return "".join(char for char in fold(name) if char.isalnum())


def _is_ours(slug: str) -> bool:
    """Whether the address belongs to another part of the site."""
    try:
        return slug in _OTHERS or resolve(f"/{slug}/").func is not serve
    except Resolver404:
        return False


def _page(page: OldPage, key: str, row: ImportedThing | None, places: _Places) -> PagePlan:
    if row is not None:
        return PagePlan(page, key, Fate.DONE if row.page_id else Fate.DELETED, page_id=row.page_id)
    if found := places.find(page, key):
        return PagePlan(page, key, Fate.PRESENT, page_id=found)
    slug = places.room(clean_slug(page.address, page.title))
    return PagePlan(page, key, Fate.MAKE, slug)
