from django.db import migrations, models

from site_enys.gentle import AddIndexGently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("formation", "0012_no_break_spaces"),
    ]

    operations = [
        AddIndexGently(
            model_name="session",
            index=models.Index(fields=["course", "starts_at"], name="formation_next_of_course"),
        ),
    ]
