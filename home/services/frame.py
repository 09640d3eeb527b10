"""What every page needs of the tree: the pages that are named, found first, or behind a door.

Read in one query, and kept (`site_enys.memory`).
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from django.apps import apps
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from wagtail.models import Page, PageViewRestriction

from site_enys.memory import kept

#: The legal pages that the foot of every page leads to; it leads to the contact page too.
LEGAL = ("notice", "privacy", "accessibility", "terms", "rules")
#: The home page lies under the root of the tree, its sections one step lower.
SECTION_DEPTH = 3
MENU_DEPTH = SECTION_DEPTH + 1


@dataclass(frozen=True)
class Frame:
    """In the order of the tree: sections, pages of the menu and of the foot, drafts included.

    `doors` are the paths of the pages with a restricted access of their own.
    """

    pages: tuple[Page, ...]
    doors: tuple[str, ...]
    audited_rate: Decimal | None

    def has_door(self, path: str) -> bool:
        """Whether the page of that tree path has a restricted access, of its own or from above."""
        return path.startswith(self.doors)


def frame() -> Frame:
    return kept("frame", _read)


def _read() -> Frame:
    found = tuple(_pages().all())
    return Frame(
        pages=found,
        doors=tuple(page.path for page in found if page.own_door),
        audited_rate=found[0].audited_rate if found else None,
    )


@cache
def _pages() -> QuerySet[Page]:
    """Made once: it takes Django as long as what it asks of the database."""
    # The models of the pages stand upon this module.
    audits = apps.get_model("home", "AccessibilityAudit").objects
    own_door = PageViewRestriction.objects.filter(page=OuterRef("pk"))
    is_contact, is_legal = Q(contactpage__isnull=False), Q(legalpage__kind__in=LEGAL)
    in_menu = Q(show_in_menus=True, depth__lte=MENU_DEPTH)
    return (
        Page.objects.annotate(
            standing=Case(When(is_contact, Value("contact")), When(is_legal, "legalpage__kind")),
            audited_rate=Subquery(audits.values("rate")[:1]),
            own_door=Exists(own_door),
        )
        .filter(is_contact | is_legal | Q(depth=SECTION_DEPTH) | in_menu | Q(own_door=True))
        .order_by("path")
    )
