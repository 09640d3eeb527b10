from django.db import migrations

from site_enys.groups import DIRECTION, EDITORS, grant, model_permissions


def grant_blog(apps, schema_editor):
    grant(
        apps,
        [DIRECTION, EDITORS],
        [
            *model_permissions("blog.comment", "view", "change", "delete"),
            *model_permissions("blog.author"),
            *model_permissions("blog.category"),
        ],
    )


class Migration(migrations.Migration):
    dependencies = [("blog", "0001_initial"), ("site_enys", "0002_groups")]

    operations = [migrations.RunPython(grant_blog, migrations.RunPython.noop)]
