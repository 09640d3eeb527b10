"""The menu and the path to a page, read from the page tree."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, Q, Subquery, Value, When
from django.http import HttpRequest

from wagtail.models import Page, Site

from home.models.accessibility import AccessibilityAudit, compliance_of
from site_enys.memory import kept, kept_each

from .visibility import behind_a_door


@dataclass
class MenuEntry:
    """One line of the menu; `current` is the page itself, `within` one of its pages."""

    title: str
    url: str
    current: bool = False
    within: bool = False
    children: list["MenuEntry"] = field(default_factory=list)


@dataclass(frozen=True)
class Named:
    """A page that the head, the path or the foot of every page may name."""

    path: str
    depth: int
    title: str
    url: str
    in_menu: bool
    standing: str | None


@dataclass(frozen=True)
class Names:
    """What they name, in the order of the tree, and the rate of the latest audit."""

    pages: tuple[Named, ...]
    audited_rate: Any = None


#: The pages that the foot of every page leads to, and how each is told from the others.
STANDING = {
    "contact": Q(contactpage__isnull=False),
    "notice": Q(legalpage__kind="notice"),
    "privacy": Q(legalpage__kind="privacy"),
    "accessibility": Q(legalpage__kind="accessibility"),
    "terms": Q(legalpage__kind="terms"),
    "rules": Q(legalpage__kind="rules"),
}


def site_of(request: HttpRequest) -> Site | None:
    """The site that answers; where Wagtail itself looks for it, it finds this one."""
    if not hasattr(request, "_wagtail_site"):
        host = (request._get_raw_host(), request.get_port())  # noqa: SLF001 - as Wagtail asks
        found = kept_each("site", [host], lambda _: {host: Site.find_for_request(request)})
        request._wagtail_site = found.get(host)  # type: ignore[attr-defined]  # noqa: SLF001
    return Site.find_for_request(request)


def menu(request: HttpRequest) -> list[MenuEntry]:
    """The pages marked « dans les menus »: the home page, its children and their children.

    Drafts and pages with a restricted access are left out. Empty while the site has no home page.
    """
    site = site_of(request)
    if site is None:
        return []
    root = site.root_page
    top: list[MenuEntry] = []
    by_path: dict[str, MenuEntry] = {}
    for page in _named_everywhere(site).pages:
        if not page.in_menu or page.depth > root.depth + 2:
            continue
        entry = _entry(page, root, request)
        by_path[page.path] = entry
        parent = by_path.get(page.path[: -Page.steplen])
        if page.depth <= root.depth + 1:
            top.append(entry)
        elif parent is not None:
            parent.children.append(entry)
    return top


def standing_pages(request: HttpRequest) -> dict[str, str]:
    """The addresses of the contact and legal pages that everybody may open; the first of a kind.

    With `accessibility_state`, what the latest audit allows to say.
    """
    site = site_of(request)
    names = _named_everywhere(site) if site else Names(())
    found = {page.standing: page.url for page in reversed(names.pages) if page.standing}
    return found | {"accessibility_state": compliance_of(names.audited_rate).label}


def _named_everywhere(site: Site) -> Names:
    return kept("named everywhere", lambda: _read_names(site), site.pk)


def _read_names(site: Site) -> Names:
    root = site.root_page
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
        .order_by("path")
    )
    named = tuple(
        Named(
            page.path,
            page.depth,
            page.title,
            page.get_url(current_site=site) or "/",
            page.show_in_menus,
            page.standing,
        )
        for page in pages
    )
    return Names(named, pages[0].audited_rate if named else None)


def ancestors(page: Page, request: HttpRequest) -> list[MenuEntry]:
    """The live pages from the home page down to the parent of `page`.

    Most are named by the menu already; when one is not, all are asked for.
    """
    site = site_of(request)
    if site is None or not page.path:
        return []
    root, step = site.root_page, Page.steplen
    paths = [page.path[:end] for end in range(len(root.path), len(page.path), step)]
    known = {named.path: named for named in _named_everywhere(site).pages}
    if all(path in known for path in paths):
        return [MenuEntry(title=known[path].title, url=known[path].url) for path in paths]
    above: Iterable[Page] = (
        page.get_ancestors().live().filter(depth__gte=root.depth).order_by("path")
    )
    return [MenuEntry(title=each.title, url=each.get_url(request) or "/") for each in above]


def _entry(page: Named, root: Page, request: HttpRequest) -> MenuEntry:
    is_root = page.path == root.path
    return MenuEntry(
        title="Accueil" if is_root else page.title,
        url=page.url,
        current=request.path == page.url,
        within=not is_root and request.path.startswith(page.url),
    )
