from django.db import migrations

from site_enys.groups import DIRECTION, DPO, grant, model_permissions


def grant_rights(apps, schema_editor):
    team = [DIRECTION, DPO]
    grant(apps, team, model_permissions("rgpd.rightsrequest", "view", "change", "add"))
    for model in ("personalaccess", "purgerun", "noticeversion"):
        grant(apps, team, model_permissions(f"rgpd.{model}", "view"))


class Migration(migrations.Migration):
    dependencies = [("rgpd", "0001_initial"), ("site_enys", "0004_dpo")]

    operations = [migrations.RunPython(grant_rights, migrations.RunPython.noop)]
