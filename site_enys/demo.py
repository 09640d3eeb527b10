"""Demonstration accounts, and the one way in which demonstration pages are made."""

from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from wagtail.models import Page

from .checks import DEMO_PASSWORD
from .groups import DIRECTION, EDITORS, RECRUITMENT, REVIEW, TRAINING
from .models import User

PageType = TypeVar("PageType", bound=Page)

ACCOUNTS = (
    ("direction", "Sylvie", "Yonli", DIRECTION),
    ("redaction", "Camille", "Roux", EDITORS),
    ("formation", "Nadia", "Benali", TRAINING),
    ("recrutement", "Thomas", "Lefèvre", RECRUITMENT),
    ("evaluation", "Hélène", "Marchal", REVIEW),
)


def demo_page(
    parent: Page, page_type: type[PageType], slug: str, **fields: Any
) -> tuple[PageType, bool]:
    """Return the page `slug` under `parent`, published on the first call only, and whether new.

    A page that exists is left as staff has made it.
    """
    existing = page_type.objects.child_of(parent).filter(slug=slug).first()
    if existing:
        return existing, False
    page = page_type(slug=slug, **fields)
    parent.add_child(instance=page)
    page.save_revision(clean=False, log_action=True).publish()
    page.refresh_from_db()
    return page, True


@cache  # once is enough for five accounts that share it: the hash is slow on purpose
def hashed_password() -> str:
    """The hash of the password that the README prints."""
    return make_password(DEMO_PASSWORD)


def load(now: datetime) -> str:
    made = 0
    for username, first_name, last_name, group in ACCOUNTS:
        user, created = User.objects.get_or_create(
            username=username,
            defaults={
                "first_name": first_name,
                "last_name": last_name,
                "email": f"{username}@enys.example",
                "is_superuser": False,
                "password": hashed_password(),
            },
        )
        if created:
            user.groups.add(Group.objects.get(name=group))
            made += 1
    return f"{made} comptes créés"
