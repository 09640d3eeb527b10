"""Menu, breadcrumb and the addresses that the head of a page declares."""

from contextlib import suppress
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.templatetags.static import static

from wagtail.images.models import SourceImageIOError
from wagtail.models import Page

from home.services import navigation
from home.services.pictures import SOCIAL

register = template.Library()

SITE_DESCRIPTION = (
    "ENYS Conseil, cabinet d’ingénierie sociale\u00a0: conseil, formation, évaluation et stratégie "
    "pour l’action sociale et médico-sociale."
)
MOST_DIGITS = 6
#: Drawn by `manage.py draw_identity`.
SITE_CARD = {
    "width": 1200,
    "height": 630,
    "alt": "ENYS Conseil, ingénierie sociale. Donner forme à l’action sociale.",
}


def _page(context: Context) -> Page | None:
    page = context.get("page")
    return page if isinstance(page, Page) else None


@register.simple_tag(takes_context=True)
def main_menu(context: Context) -> list[navigation.MenuEntry]:
    """The entries of the menu; none where there is no request (an error page)."""
    request = context.get("request")
    return navigation.menu(request) if request is not None else []


@register.simple_tag(takes_context=True)
def standing_pages(context: Context) -> dict[str, str]:
    """The addresses of the contact and legal pages that are online."""
    request = context.get("request")
    return navigation.standing_pages(request) if request is not None else {}


@register.simple_tag(takes_context=True)
def path_to_page(context: Context) -> list[navigation.MenuEntry]:
    """The pages above the one shown. A plain view may give `page` or nothing."""
    page, request = _page(context), context.get("request")
    return navigation.ancestors(page, request) if page and request else []


@register.simple_tag(takes_context=True)
def canonical_url(context: Context, of: Page | None = None) -> str:
    """The one public address of what is shown, without parameters but the page number.

    A form that belongs to the page `of` is found by the address of that page.
    """
    request = context.get("request")
    if request is None:
        return ""
    if of is not None:
        return f"{settings.SITE_URL}{of.get_url(request)}"
    page = _page(context)
    path = (
        page.get_url(request) if page and not getattr(request, "is_preview", False) else None
    ) or ""
    # A view below a page (a form, a filtered list) is its own address.
    path = path if path == request.path else request.path
    number = _number(context, page)
    return f"{settings.SITE_URL}{path}" + (f"?page={number}" if number > 1 else "")


def _number(context: Context, page: Page | None) -> int:
    """The page of the list that is shown; an article has no second page, whatever is asked."""
    if shown := context.get("page_obj"):
        return shown.number
    asked = context["request"].GET.get("page", "") if getattr(page, "in_pages", False) else ""
    return int(asked) if asked.isdecimal() and len(asked) <= MOST_DIGITS else 1


@register.simple_tag(takes_context=True)
def page_description(context: Context) -> str:
    """One or two plain sentences about the page shown, for the head."""
    page = _page(context)
    text = getattr(page, "summary", "") if page else ""
    return str(text or SITE_DESCRIPTION).strip()[:300]


@register.simple_tag(takes_context=True)
def social_picture(context: Context) -> Any:
    """The picture of the page shown, for sharing; the card of the site for one that has none."""
    image = getattr(_page(context), "social_image", None)
    if image:
        with suppress(SourceImageIOError):  # its file is lost: the page stands without it
            return image.get_rendition(SOCIAL)
    return SITE_CARD | {"url": static("icons/share.png")}


@register.simple_tag
def absolute(path: str) -> str:
    """A path of this site as a full address; an address of another host is left as it is."""
    return path if path.startswith(("http://", "https://")) else f"{settings.SITE_URL}{path}"
