from django.db import migrations

from site_enys.groups import DIRECTION, TRAINING, grant, model_permissions


def grant_training(apps, schema_editor):
    for model in ("coursetheme", "trainer", "venue", "session"):
        grant(apps, [DIRECTION, TRAINING], model_permissions(f"formation.{model}"))
    grant(
        apps,
        [DIRECTION, TRAINING],
        [
            *model_permissions("formation.enrolmentrequest", "view"),
            *model_permissions("formation.enrolment", "view", "change"),
        ],
    )


class Migration(migrations.Migration):
    dependencies = [("formation", "0001_initial"), ("site_enys", "0002_groups")]

    operations = [migrations.RunPython(grant_training, migrations.RunPython.noop)]
