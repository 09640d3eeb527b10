"""Messages that hold a key are not shown, and forgotten once they have left."""

from django.db import migrations, models


def forget_keys(apps, schema_editor):
    accounts = apps.get_model("courrier", "OutgoingMessage").objects.filter(kind="compte")
    accounts.update(secret=True)
    accounts.filter(state="sent").update(text="", html="")


class Migration(migrations.Migration):
    dependencies = [("courrier", "0002_groups")]

    operations = [
        migrations.AddField(
            model_name="outgoingmessage",
            name="secret",
            field=models.BooleanField(
                default=False, editable=False, verbose_name="confidentiel"
            ),
        ),
        migrations.RunPython(forget_keys, migrations.RunPython.noop),
    ]
