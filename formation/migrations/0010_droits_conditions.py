from django.db import migrations

from site_enys.groups import DIRECTION, TRAINING, grant, model_permissions


def grant_rights(apps, schema_editor):
    grant(apps, [DIRECTION, TRAINING], model_permissions("formation.trainingterms", "change"))


class Migration(migrations.Migration):
    dependencies = [("formation", "0009_conditions"), ("site_enys", "0004_dpo")]

    operations = [migrations.RunPython(grant_rights, migrations.RunPython.noop)]
