"""What every page needs of the tree: the pages that are named, found first, or behind a door.

Read in one query, and kept (`site_enys.memory`).
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import or_

from django.apps import apps
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When

from wagtail.models import Page, PageViewRestriction

from site_enys.memory import kept

#: The pages that the foot of every page leads to, and how each is told from the others.
STANDING = {
    "contact": Q(contactpage__isnull=False),
    "notice": Q(legalpage__kind="notice"),
    "privacy": Q(legalpage__kind="privacy"),
    "accessibility": Q(legalpage__kind="accessibility"),
    "terms": Q(legalpage__kind="terms"),
    "rules": Q(legalpage__kind="rules"),
}
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


def frame() -> Frame:
    return kept("frame", _read)


def _read() -> Frame:
    # The models of the pages stand upon this module.
    audits = apps.get_model("home", "AccessibilityAudit").objects
    own_door = PageViewRestriction.objects.filter(page=OuterRef("pk"))
    in_menu = Q(show_in_menus=True, depth__lte=MENU_DEPTH)
    pages = (
        Page.objects.annotate(
            standing=Case(*(When(is_it, Value(name)) for name, is_it in STANDING.items())),
            audited_rate=Subquery(audits.values("rate")[:1]),
            own_door=Exists(own_door),
        )
        .filter(reduce(or_, STANDING.values(), Q(depth=SECTION_DEPTH) | in_menu | Q(own_door=True)))
        .order_by("path")
    )
    found = tuple(pages)
    return Frame(
        pages=found,
        doors=tuple(page.path for page in found if page.own_door),
        audited_rate=found[0].audited_rate if found else None,
    )
