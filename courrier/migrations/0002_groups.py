from django.db import migrations

from site_enys.groups import DIRECTION, grant, model_permissions


def grant_outbox(apps, schema_editor):
    grant(
        apps,
        [DIRECTION],
        model_permissions("courrier.outgoingmessage", "view", "change"),
    )


class Migration(migrations.Migration):
    dependencies = [("courrier", "0001_initial"), ("site_enys", "0002_groups")]

    operations = [migrations.RunPython(grant_outbox, migrations.RunPython.noop)]
