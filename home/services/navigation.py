"""The menu and the path to a page, read from the page tree."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Case, Q, Subquery, Value, When
from django.http import HttpRequest

from wagtail.models import Page, Site

from home.models.accessibility import AccessibilityAudit, compliance_of

from .visibility import behind_a_door


@dataclass
class MenuEntry:
    """One line of the menu; `current` is the page itself, `within` one of its pages."""

    title: str
    url: str
    current: bool = False
    within: bool = False
    children: list["MenuEntry"] = field(default_factory=list)


#: The pages that the foot of every page leads to, and how each is told from the others.
STANDING = {
    "contact": Q(contactpage__isnull=False),
    "notice": Q(legalpage__kind="notice"),
    "privacy": Q(legalpage__kind="privacy"),
    "accessibility": Q(legalpage__kind="accessibility"),
    "terms": Q(legalpage__kind="terms"),
    "rules": Q(legalpage__kind="rules"),
}


def menu(request: HttpRequest) -> list[MenuEntry]:
    """The pages marked « dans les menus »: the home page, its children and their children.

    Always the same number of queries, whatever the tree holds. Drafts and pages with a
    restricted access are left out. Empty while the site has no home page.
    """
    site = Site.find_for_request(request)
    if site is None:
        return []
    root = site.root_page
    top: list[MenuEntry] = []
    by_path: dict[str, MenuEntry] = {}
    for page in _named_everywhere(request, root):
        if not page.show_in_menus or page.depth > root.depth + 2:
            continue
        entry = _entry(page, root, request)
        by_path[page.path] = entry
        parent = by_path.get(page.path[: -page.steplen])
        if page.depth <= root.depth + 1:
            top.append(entry)
        elif parent is not None:
            parent.children.append(entry)
    return top


def standing_pages(request: HttpRequest) -> dict[str, str]:
    """The addresses of the contact and legal pages that everybody may open; the first of a kind.

    With `accessibility_state`, what the latest audit allows to say.
    """
    site = Site.find_for_request(request)
    pages = _named_everywhere(request, site.root_page) if site else []
    found = {
        page.standing: page.get_url(request) or "/" for page in reversed(pages) if page.standing
    }
    rate = pages[0].audited_rate if pages else None
    return found | {"accessibility_state": compliance_of(rate).label}


def _named_everywhere(request: HttpRequest, root: Page) -> list[Page]:
    """What the head and the foot of a page name, asked for once in a request."""
    known: list[Page] | None = getattr(request, "named_everywhere", None)
    if known is None:
        in_menu = Q(show_in_menus=True, depth__lte=root.depth + 2)
        pages = (
            Page.objects.live()
            .filter(~behind_a_door())
            .descendant_of(root, inclusive=True)
            .filter(in_menu | reduce(or_, STANDING.values()))
            .annotate(
                standing=Case(*(When(is_it, Value(name)) for name, is_it in STANDING.items())),
                audited_rate=Subquery(AccessibilityAudit.objects.values("rate")[:1]),
            )
        )
        known = list(pages.order_by("path"))
        request.named_everywhere = known  # type: ignore[attr-defined]
    return known


def ancestors(page: Page, request: HttpRequest) -> list[MenuEntry]:
    """The live pages from the home page down to the parent of `page`."""
    site = Site.find_for_request(request)
    if site is None or not page.path:
        return []
    above: Iterable[Page] = (
        page.get_ancestors().live().filter(depth__gte=site.root_page.depth).order_by("path")
    )
    return [MenuEntry(title=each.title, url=each.get_url(request) or "/") for each in above]


def _entry(page: Page, root: Page, request: HttpRequest) -> MenuEntry:
    url = page.get_url(request) or "/"
    is_root = page.pk == root.pk
    return MenuEntry(
        title="Accueil" if is_root else page.title,
        url=url,
        current=request.path == url,
        within=not is_root and request.path.startswith(url),
    )
