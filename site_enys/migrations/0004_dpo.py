"""A role of its own for whoever answers to people about their data."""

from django.db import migrations

from site_enys.groups import DPO, grant


def create_group(apps, schema_editor):
    grant(apps, [DPO], ["wagtailadmin.access_admin", "site_enys.view_privatefileaccess"])


class Migration(migrations.Migration):
    dependencies = [("site_enys", "0003_evaluation"), ("wagtailadmin", "0001_create_admin_access_permissions")]

    operations = [migrations.RunPython(create_group, migrations.RunPython.noop)]
