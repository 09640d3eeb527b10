"""The library: closed to whoever only reviews applications, arranged by the direction.

The right on the model alone opened no screen of collections: Wagtail asks for it on the root.
"""

from django.db import migrations

from site_enys.groups import DIRECTION, REVIEW

ARRANGE = ("add_collection", "change_collection", "delete_collection")


def close_the_library(apps):
    group = apps.get_model("auth", "Group").objects.filter(name=REVIEW).first()
    if group is None:
        return
    apps.get_model("wagtailcore", "GroupCollectionPermission").objects.filter(group=group).delete()
    group.permissions.remove(
        *group.permissions.filter(codename__in=["choose_image", "choose_document"])
    )


def let_the_direction_arrange(apps):
    group = apps.get_model("auth", "Group").objects.filter(name=DIRECTION).first()
    if group is None:
        return
    root = apps.get_model("wagtailcore", "Collection").objects.order_by("path").first()
    rows = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    for permission in group.permissions.filter(codename__in=ARRANGE):
        rows.get_or_create(group=group, collection=root, permission=permission)
        group.permissions.remove(permission)


def set_permissions(apps, schema_editor):
    close_the_library(apps)
    let_the_direction_arrange(apps)


class Migration(migrations.Migration):
    dependencies = [("home", "0010_fichiers_verifies")]

    operations = [migrations.RunPython(set_permissions, migrations.RunPython.noop)]
