"""Who works at the recruitment desk."""

from django.db import migrations

from site_enys.groups import DIRECTION, RECRUITMENT, grant, model_permissions


def grant_recruitment(apps, schema_editor):
    grant(
        apps,
        [DIRECTION, RECRUITMENT],
        [
            *model_permissions("recrutement.application", "view", "change", "delete"),
            *model_permissions("recrutement.applicationdocument", "view"),
        ],
    )


class Migration(migrations.Migration):
    dependencies = [("recrutement", "0001_initial"), ("site_enys", "0002_groups")]

    operations = [migrations.RunPython(grant_recruitment, migrations.RunPython.noop)]
