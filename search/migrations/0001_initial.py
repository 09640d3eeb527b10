import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_entry', serialize=False, to='wagtailcore.page', verbose_name='page')),
                ('kind', models.CharField(choices=[('page', 'Page'), ('formation', 'Formation'), ('offre', 'Offre d’emploi'), ('article', 'Article')], max_length=20, verbose_name='nature')),
                ('text', models.TextField(verbose_name='texte')),
                ('visible_from', models.DateTimeField(blank=True, null=True, verbose_name='visible à partir du')),
            ],
            options={
                'verbose_name': 'page indexée',
                'verbose_name_plural': 'pages indexées',
            },
        ),
        migrations.CreateModel(
            name='SearchStem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stem', models.CharField(max_length=40, verbose_name='racine')),
                ('weight', models.PositiveSmallIntegerField(verbose_name='poids')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stems', to='search.searchentry', verbose_name='page')),
            ],
            options={
                'verbose_name': 'mot indexé',
                'verbose_name_plural': 'mots indexés',
                'indexes': [models.Index(fields=['stem', 'entry', 'weight'], name='search_by_stem')],
                'constraints': [models.UniqueConstraint(fields=('entry', 'stem'), name='one_weight_per_page_and_stem')],
            },
        ),
    ]
