"""Which page an address leads to, with fewer queries than one by one from the root."""

from copy import copy

from django.http import Http404, HttpRequest

from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from home.models import HomePage
from home.services.frame import frame
from home.services.navigation import site_of
from site_enys.memory import kept


def prepare(request: HttpRequest, path: str) -> None:
    """Leave the page of this path where Wagtail would look for what it has found already."""
    site = site_of(request)
    request._wagtail_route_for_request = site and _route(site, request, path)  # type: ignore[attr-defined]  # noqa: SLF001


def _route(site: Site, request: HttpRequest, path: str) -> RouteResult | None:
    slug, *below = path.strip("/").split("/")
    page = _sections(site).get(slug) if slug else _home(site)
    if page is None:
        return None
    # These stay in memory, and this one is for a visitor: a page may note something on itself.
    section = copy(page.specific)
    if slug:
        section._cached_parent_obj = site.root_page  # noqa: SLF001 - as Wagtail does on its way
    try:
        return section.route(request, below)
    except Http404:
        return None


def _sections(site: Site) -> dict[str, Page]:
    """The children of the home page by slug; each finds what it is once."""
    root = site.root_page
    return kept(
        "sections",
        lambda: {page.slug: page for page in frame().pages if page.is_child_of(root)},
        site.pk,
    )


def _home(site: Site) -> Page:
    """With the page that it opens; before the site is set up, whatever stands there."""
    homes = HomePage.objects.select_related("opened_page").filter(pk=site.root_page_id)
    return kept("home", lambda: homes.first() or site.root_page, site.pk)
