"""Who edits which part of the page tree."""

from django.contrib.auth.models import Group, Permission

from wagtail.models import GroupPagePermission, Page

from site_enys.groups import DIRECTION

SECTION_PERMISSIONS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")


def open_section_to(page: Page, *group_names: str) -> None:
    """Let groups write and publish under `page`; the direction may always. Safe to repeat."""
    permissions = Permission.objects.filter(
        content_type__app_label="wagtailcore",
        content_type__model="page",
        codename__in=SECTION_PERMISSIONS,
    )
    for group in Group.objects.filter(name__in={DIRECTION, *group_names}):
        for permission in permissions:
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
