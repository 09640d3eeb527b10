"""The roles of the team as Wagtail groups, granted from migrations."""

from collections.abc import Iterable
from typing import Any

DIRECTION = "Direction"
EDITORS = "Rédaction"
TRAINING = "Formation"
RECRUITMENT = "Recrutement"
#: Reads the applications of the offers that were given to it, and no other.
REVIEW = "Évaluation"
#: Answers to people about their data.
DPO = "Référent RGPD"
#: Those that the first migrations made, and to which they opened the library.
ALL_GROUPS = (DIRECTION, EDITORS, TRAINING, RECRUITMENT, REVIEW)
EVERY_GROUP = (*ALL_GROUPS, DPO)


def grant(apps: Any, group_names: Iterable[str], permissions: Iterable[str]) -> None:
    """Give `app.codename` permissions to groups, from a data migration.

    Permissions are normally created after all migrations; those that are missing are created
    here, as Wagtail's own migrations do. The model's permission must end with its model name.
    """
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    rows = []
    for name in permissions:
        app_label, codename = name.split(".")
        model = "admin" if name == "wagtailadmin.access_admin" else codename.split("_", 1)[1]
        content_type, _ = ContentType.objects.get_or_create(app_label=app_label, model=model)
        permission, _ = Permission.objects.get_or_create(
            content_type=content_type,
            codename=codename,
            defaults={"name": f"Can {codename.replace('_', ' ')}"},  # Django's own wording
        )
        rows.append(permission)
    for group_name in group_names:
        group, _ = Group.objects.get_or_create(name=group_name)
        group.permissions.add(*rows)


def model_permissions(
    label: str, *actions: str, default: tuple[str, ...] = ("add", "change", "delete", "view")
) -> list[str]:
    """« formation.session » → its four permissions, or those of the named actions."""
    app_label, model = label.split(".")
    return [f"{app_label}.{action}_{model}" for action in actions or default]
