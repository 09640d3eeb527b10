"""The library: closed to whoever answers for the data, and writes no page.

Wagtail gives the right to choose to each group that enters the admin when its own migrations run.
"""

from django.db import migrations

from site_enys.groups import DPO


def close_the_library(apps, schema_editor):
    group = apps.get_model("auth", "Group").objects.filter(name=DPO).first()
    if group is None:
        return
    apps.get_model("wagtailcore", "GroupCollectionPermission").objects.filter(group=group).delete()
    group.permissions.remove(
        *group.permissions.filter(codename__in=["choose_image", "choose_document"])
    )


class Migration(migrations.Migration):
    dependencies = [("home", "0011_bibliotheque"), ("site_enys", "0004_dpo")]

    operations = [migrations.RunPython(close_the_library, migrations.RunPython.noop)]
