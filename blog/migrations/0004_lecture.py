import django.utils.timezone
from django.db import migrations, models

from site_enys.groups import DIRECTION, EDITORS, grant


def grant_tags(apps, schema_editor):
    grant(apps, [DIRECTION, EDITORS], ["blog.change_posttag"])


class Migration(migrations.Migration):
    dependencies = [("blog", "0003_forced")]

    operations = [
        migrations.AddField(
            model_name="category",
            name="description",
            field=models.TextField(
                blank=True,
                help_text="Une ou deux phrases, montrées en tête de la page de la catégorie.",
                max_length=600,
                verbose_name="présentation",
            ),
        ),
        migrations.AlterField(
            model_name="postpage",
            name="date",
            field=models.DateTimeField(
                default=django.utils.timezone.now,
                help_text="Dans l’avenir, l’article publié reste caché jusqu’à ce moment.",
                verbose_name="date de l’article",
            ),
        ),
        migrations.AddIndex(
            model_name="postpage",
            index=models.Index(fields=["date", "author"], name="posts_by_date"),
        ),
        migrations.RunPython(grant_tags, migrations.RunPython.noop),
    ]
