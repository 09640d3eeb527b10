"""What an address of the old site has become on this one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from wagtail.models import Page

from blog.models import BlogIndexPage, Category, PostPage
from home.models import HomePage, SectionPage
from site_enys.french import fold

from .addresses import is_list, key_of, month_of, slug_of_title, spelt_out
from .plan import MADE, Plan, squash


@dataclass
class Atlas:
    """Pages and lists by their old key. `to_come` are pages that this run is about to make."""

    pages: dict[str, int] = field(default_factory=dict)
    to_come: set[str] = field(default_factory=set)
    waited: bool = False  # whether a link has met a page to come

    @classmethod
    def of(cls, plan: Plan) -> "Atlas":
        atlas = cls()
        for item in plan.articles:
            for key in {item.article.key, *map(key_of, item.article.addresses)}:
                atlas._place(key, item.page_id, to_come=item.fate in MADE)
        for page in plan.pages:
            atlas._place(page.key, page.page_id, to_come=page.fate in MADE)
        if home := HomePage.objects.first():
            atlas.pages.setdefault("/", home.pk)
        if blog := BlogIndexPage.objects.first():
            atlas.pages.setdefault("/blog", blog.pk)
        for name, page_id in menu_pages():
            if f"/{name}" not in atlas.to_come:
                atlas.pages.setdefault(f"/{name}", page_id)
        return atlas

    def _place(self, key: str, page_id: int | None, *, to_come: bool) -> None:
        if page_id is not None:
            self.pages[key] = page_id
        elif to_come:
            self.to_come.add(key)

    def made(self, keys: set[str], page_id: int) -> None:
        """A page of this run exists now."""
        for key in keys:
            self.pages[key] = page_id
            self.to_come.discard(key)

    def attributes(self, path: str) -> str | None:
        """The attributes of a link to what took the place of an old path; None when nothing did."""
        key = key_of(path)
        if key in self.pages:
            return f'linktype="page" id="{self.pages[key]}"'
        if key in self.to_come:
            self.waited = True
            return None
        if (month := month_of(path)) and has_posts(*month):
            return f'href="{month_url(*month)}"'
        if is_list(path) and "/blog" in self.pages:
            return f'linktype="page" id="{self.pages["/blog"]}"'
        return None


def menu_pages() -> Iterator[tuple[str, int]]:
    """The pages of the menu, by each name that the old site may have given them."""
    home = HomePage.objects.first()
    if home is None:
        return
    below = Page.objects.live().descendant_of(home).filter(depth__lte=home.depth + 2)
    in_a_section = Q(path__startswith=home.path, depth=home.depth + 1)
    for section in SectionPage.objects.child_of(home):
        in_a_section |= Q(path__startswith=section.path)
    for page in below.filter(in_a_section):
        for name in sorted({page.slug, slug_of_title(page.title), spelt_out(page.title)}):
            yield name, page.pk


def month_url(year: int, month: int) -> str:
    return reverse("blog:month", args=[year, month])


def has_posts(year: int, month: int) -> bool:
    return PostPage.objects.live().in_month(year, month).exists()


def categories_by_name() -> dict[str, Category]:
    """The categories, by their folded names and by their slugs."""
    rows = list(Category.objects.all())
    return {squash(row.slug): row for row in rows} | {squash(row.name): row for row in rows}


def name_of_category(name: str) -> str:
    return squash(fold(name))


def visible_months(now: datetime) -> set[tuple[int, int]]:
    """The months that have articles to show."""
    found = PostPage.objects.published(now).tally().months
    return {(row["month"].year, row["month"].month) for row in found}
