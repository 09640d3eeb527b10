from django.db import migrations

from site_enys.groups import DIRECTION, EDITORS, grant, model_permissions


def grant_rights(apps, schema_editor):
    rights = model_permissions("home.accessibilitystatement", "change")
    grant(apps, [DIRECTION, EDITORS], rights)


class Migration(migrations.Migration):
    dependencies = [("home", "0008_pages_legales"), ("site_enys", "0004_dpo")]

    operations = [migrations.RunPython(grant_rights, migrations.RunPython.noop)]
