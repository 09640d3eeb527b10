"""The menu and the path to a page, read from the page tree."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest

from wagtail.models import Page, Site

from home.models.accessibility import compliance_of
from site_enys.memory import kept, kept_each

from .frame import MENU_DEPTH, frame


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


def site_of(request: HttpRequest) -> Site | None:
    """The site that answers; where Wagtail itself looks for it, it finds this one."""
    if not hasattr(request, "_wagtail_site"):
        host = (request._get_raw_host(), request.get_port())  # type: ignore[attr-defined]  # noqa: SLF001
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
    for page in _named(site):
        if not page.in_menu:
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
    named = _named(site) if site else ()
    found = {page.standing: page.url for page in reversed(named) if page.standing}
    return found | {"accessibility_state": compliance_of(frame().audited_rate).label}


def _named(site: Site) -> tuple[Named, ...]:
    """What of the frame everybody may open, in the order of the tree."""
    return kept("named", lambda: tuple(_name(page, site) for page in _open_pages(site)), site.pk)


def _open_pages(site: Site) -> list[Page]:
    root, known = site.root_page.path, frame()
    pages = [page for page in known.pages if page.path.startswith(root)]
    return [page for page in pages if page.live and not known.has_door(page.path)]


def _name(page: Page, site: Site) -> Named:
    return Named(
        path=page.path,
        depth=page.depth,
        title=page.title,
        url=page.get_url(current_site=site) or "/",
        in_menu=page.show_in_menus and page.depth <= MENU_DEPTH,
        standing=page.standing,
    )


def ancestors(page: Page, request: HttpRequest) -> list[MenuEntry]:
    """The live pages from the home page down to the parent of `page`.

    Most are named by the menu already; when one is not, all are asked for.
    """
    site = site_of(request)
    if site is None or not page.path:
        return []
    root, step = site.root_page, Page.steplen
    paths = [page.path[:end] for end in range(len(root.path), len(page.path), step)]
    known = {named.path: named for named in _named(site)}
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
