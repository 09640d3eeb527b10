"""Whoever only reviews applications writes no page: the library is not theirs."""

from django.db import migrations

from site_enys.groups import REVIEW


def close_the_library(apps, schema_editor):
    group = apps.get_model("auth", "Group").objects.filter(name=REVIEW).first()
    if group is None:
        return
    apps.get_model("wagtailcore", "GroupCollectionPermission").objects.filter(group=group).delete()
    group.permissions.remove(
        *group.permissions.filter(codename__in=["choose_image", "choose_document"])
    )


class Migration(migrations.Migration):
    dependencies = [("home", "0006_relecture")]

    operations = [migrations.RunPython(close_the_library, migrations.RunPython.noop)]
