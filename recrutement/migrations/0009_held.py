from django.db import migrations, models

from site_enys.gentle import AddIndexGently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("recrutement", "0008_no_break_spaces"),
    ]

    operations = [
        AddIndexGently(
            model_name="application",
            index=models.Index(
                fields=["held_at"],
                condition=models.Q(held_at__isnull=False),
                name="recrutement_held",
            ),
        ),
    ]
