from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def in_french(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """The root that Wagtail makes is offered wherever a page is chosen."""
    roots = apps.get_model("wagtailcore", "Page").objects.filter(depth=1, title="Root")
    roots.update(title="Racine", draft_title="Racine")


class Migration(migrations.Migration):
    LOCKS_BRIEFLY = "une ligne"

    dependencies = [("home", "0015_no_break_spaces")]

    operations = [migrations.RunPython(in_french, migrations.RunPython.noop)]
