from django.conf import settings
from django.db import migrations, models
import django.db.models.deletion
import django.utils.timezone
import modelcluster.contrib.taggit
import modelcluster.fields
import modelsearch.index
import uuid
import wagtail.fields


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        ('home', '0001_initial'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Author',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='nom')),
                ('slug', models.SlugField(max_length=120, unique=True, verbose_name='adresse')),
                ('role', models.CharField(blank=True, max_length=120, verbose_name='fonction')),
                ('bio', models.TextField(blank=True, help_text='Quelques phrases, sans mise en page.', max_length=1200, verbose_name='présentation')),
            ],
            options={
                'verbose_name': 'auteur',
                'verbose_name_plural': 'auteurs',
                'ordering': ['name'],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='BlogIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('introduction', models.TextField(blank=True, max_length=600, verbose_name='introduction')),
                ('comment_days', models.PositiveSmallIntegerField(default=180, help_text='Compté depuis la date de l’article ; 0\xa0: sans limite.', verbose_name='commentaires ouverts pendant (jours)')),
            ],
            options={
                'verbose_name': 'blog',
                'verbose_name_plural': 'blogs',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='nom')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='adresse')),
            ],
            options={
                'verbose_name': 'catégorie',
                'verbose_name_plural': 'catégories',
                'ordering': ['name'],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='référence')),
                ('name', models.CharField(max_length=80, verbose_name='nom')),
                ('email', models.EmailField(blank=True, help_text='Effacée une fois utilisée.', max_length=254, verbose_name='adresse électronique')),
                ('text', models.TextField(max_length=4000, verbose_name='texte')),
                ('created_at', models.DateTimeField(db_index=True, verbose_name='reçu le')),
                ('state', models.CharField(choices=[('pending', 'À lire'), ('approved', 'Publié'), ('rejected', 'Refusé'), ('spam', 'Indésirable')], default='pending', max_length=10, verbose_name='état')),
                ('state_changed_at', models.DateTimeField(verbose_name='état depuis le')),
                ('suspect', models.BooleanField(default=False, verbose_name='mis de côté')),
            ],
            options={
                'verbose_name': 'commentaire',
                'verbose_name_plural': 'commentaires',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='CommentEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='le')),
                ('transition', models.CharField(max_length=40, verbose_name='transition')),
                ('from_state', models.CharField(max_length=40, verbose_name='de l’état')),
                ('to_state', models.CharField(max_length=40, verbose_name='à l’état')),
                ('role', models.CharField(choices=[('staff', 'l’équipe'), ('person', 'la personne concernée'), ('system', 'le site')], max_length=10, verbose_name='par')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='motif')),
            ],
            options={
                'verbose_name': 'événement de commentaire',
                'verbose_name_plural': 'événements de commentaires',
                'ordering': ['at', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PostPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('date', models.DateTimeField(db_index=True, default=django.utils.timezone.now, help_text='Dans l’avenir, l’article publié reste caché jusqu’à ce moment.', verbose_name='date de l’article')),
                ('updated', models.DateField(blank=True, help_text='À remplir quand le fond a changé, pas pour une coquille.', null=True, verbose_name='mis à jour le')),
                ('introduction', models.TextField(help_text='Une ou deux phrases, montrées dans les listes.', max_length=600, verbose_name='introduction')),
                ('body', wagtail.fields.StreamField([('paragraph', 0), ('heading', 3), ('quote', 6), ('faq', 12), ('steps', 17), ('key_figures', 23), ('picture', 27), ('sector', 35), ('callout', 39), ('call_to_action', 45), ('pages', 48), ('teaser', 51), ('document', 54)], block_lookup={0: ('home.blocks.text.RichTextParagraphBlock', (), {'group': 'Texte'}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'Titre', 'max_length': 120}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'Une phrase d’introduction', 'max_length': 240, 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('text', 1), ('lead', 2)]], {'group': 'Texte'}), 4: ('wagtail.blocks.TextBlock', (), {'label': 'Citation', 'max_length': 600}), 5: ('wagtail.blocks.CharBlock', (), {'label': 'Qui le dit', 'max_length': 160, 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('text', 4), ('source', 5)]], {'group': 'Texte'}), 7: ('wagtail.blocks.CharBlock', (), {'label': 'Titre', 'max_length': 120, 'required': False}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'Question', 'max_length': 200}), 9: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link'], 'label': 'Réponse', 'max_length': 2000}), 10: ('wagtail.blocks.StructBlock', [[('question', 8), ('answer', 9)]], {}), 11: ('wagtail.blocks.ListBlock', (10,), {'label': 'Questions', 'max_num': 20, 'min_num': 1}), 12: ('wagtail.blocks.StructBlock', [[('title', 7), ('questions', 11)]], {'group': 'Texte'}), 13: ('wagtail.blocks.CharBlock', (), {'label': 'Étape', 'max_length': 100}), 14: ('wagtail.blocks.TextBlock', (), {'label': 'Ce qui s’y passe', 'max_length': 500}), 15: ('wagtail.blocks.StructBlock', [[('title', 13), ('text', 14)]], {}), 16: ('wagtail.blocks.ListBlock', (15,), {'label': 'Étapes', 'max_num': 8, 'min_num': 2}), 17: ('wagtail.blocks.StructBlock', [[('title', 7), ('steps', 16)]], {'group': 'Montrer'}), 18: ('wagtail.blocks.CharBlock', (), {'help_text': 'Avec son unité : 35 h, 4 mois, 92 %.', 'label': 'Chiffre', 'max_length': 16}), 19: ('wagtail.blocks.CharBlock', (), {'label': 'Ce qu’il compte', 'max_length': 120}), 20: ('wagtail.blocks.StructBlock', [[('value', 18), ('text', 19)]], {}), 21: ('wagtail.blocks.ListBlock', (20,), {'label': 'Chiffres', 'max_num': 4, 'min_num': 2}), 22: ('wagtail.blocks.CharBlock', (), {'help_text': 'Un chiffre sans source ne vaut rien.', 'label': 'Source et date', 'max_length': 200}), 23: ('wagtail.blocks.StructBlock', [[('figures', 21), ('source', 22)]], {'group': 'Montrer'}), 24: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Image'}), 25: ('wagtail.blocks.CharBlock', (), {'label': 'Légende', 'max_length': 240, 'required': False}), 26: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('text', 'Celle du texte'), ('page', 'Celle de la page')], 'label': 'Largeur'}), 27: ('wagtail.blocks.StructBlock', [[('image', 24), ('caption', 25), ('width', 26)]], {'group': 'Montrer'}), 28: ('wagtail.blocks.CharBlock', (), {'label': 'Secteur', 'max_length': 120}), 29: ('wagtail.blocks.CharBlock', (), {'help_text': 'Avec son accord ; sinon, sa nature.', 'label': 'Client', 'max_length': 140}), 30: ('wagtail.blocks.CharBlock', (), {'label': 'Où', 'max_length': 80, 'required': False}), 31: ('wagtail.blocks.CharBlock', (), {'label': 'Mission', 'max_length': 240}), 32: ('wagtail.blocks.CharBlock', (), {'label': 'Quand', 'max_length': 20, 'required': False}), 33: ('wagtail.blocks.StructBlock', [[('client', 29), ('place', 30), ('mission', 31), ('years', 32)]], {}), 34: ('wagtail.blocks.ListBlock', (33,), {'label': 'Références', 'max_num': 40, 'min_num': 1}), 35: ('wagtail.blocks.StructBlock', [[('title', 28), ('references', 34)]], {'group': 'Montrer'}), 36: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('info', 'À savoir'), ('success', 'Bonne nouvelle'), ('warning', 'Attention')], 'label': 'Ton'}), 37: ('wagtail.blocks.CharBlock', (), {'label': 'Titre', 'max_length': 100, 'required': False}), 38: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link'], 'label': 'Texte', 'max_length': 1500}), 39: ('wagtail.blocks.StructBlock', [[('tone', 36), ('title', 37), ('text', 38)]], {'group': 'Orienter'}), 40: ('wagtail.blocks.TextBlock', (), {'label': 'Texte', 'max_length': 300, 'required': False}), 41: ('wagtail.blocks.CharBlock', (), {'label': 'Texte du lien', 'max_length': 80}), 42: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page du site', 'required': False}), 43: ('wagtail.blocks.URLBlock', (), {'label': 'ou adresse', 'max_length': 300, 'required': False}), 44: ('wagtail.blocks.StructBlock', [[('text', 41), ('page', 42), ('url', 43)]], {'label': 'Lien'}), 45: ('wagtail.blocks.StructBlock', [[('title', 1), ('text', 40), ('link', 44)]], {'group': 'Orienter'}), 46: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page'}), 47: ('wagtail.blocks.ListBlock', (46,), {'label': 'Pages', 'max_num': 8, 'min_num': 1}), 48: ('wagtail.blocks.StructBlock', [[('title', 1), ('pages', 47)]], {'group': 'Orienter'}), 49: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('sessions', 'Les prochaines sessions de formation'), ('offers', 'Les offres d’emploi ouvertes'), ('posts', 'Les derniers articles du blog')], 'label': 'Montrer'}), 50: ('wagtail.blocks.IntegerBlock', (), {'default': 3, 'label': 'Combien', 'max_value': 6, 'min_value': 1}), 51: ('wagtail.blocks.StructBlock', [[('kind', 49), ('count', 50)]], {'group': 'Orienter'}), 52: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'Document'}), 53: ('wagtail.blocks.CharBlock', (), {'help_text': 'À défaut, son titre.', 'label': 'Texte du lien', 'max_length': 120, 'required': False}), 54: ('wagtail.blocks.StructBlock', [[('document', 52), ('text', 53)]], {'group': 'Orienter'})}, verbose_name='texte')),
                ('comments_open', models.BooleanField(default=True, verbose_name='commentaires ouverts')),
            ],
            options={
                'verbose_name': 'article',
                'verbose_name_plural': 'articles',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='PostTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'étiquette d’article',
                'verbose_name_plural': 'étiquettes d’articles',
            },
        ),
        migrations.AddField(
            model_name='author',
            name='photo',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.customimage', verbose_name='portrait'),
        ),
        migrations.AddField(
            model_name='blogindexpage',
            name='social_image',
            field=models.ForeignKey(blank=True, help_text='Montrée quand la page est partagée ; facultative.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.customimage', verbose_name='image de partage'),
        ),
        migrations.AddField(
            model_name='commentevent',
            name='subject',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='blog.comment', verbose_name='commentaire'),
        ),
        migrations.AddField(
            model_name='commentevent',
            name='user',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='compte'),
        ),
        migrations.AddField(
            model_name='postpage',
            name='author',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='blog.author', verbose_name='auteur'),
        ),
        migrations.AddField(
            model_name='postpage',
            name='categories',
            field=modelcluster.fields.ParentalManyToManyField(blank=True, related_name='posts', to='blog.category', verbose_name='catégories'),
        ),
        migrations.AddField(
            model_name='postpage',
            name='image',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.customimage', verbose_name='image'),
        ),
        migrations.AddField(
            model_name='postpage',
            name='social_image',
            field=models.ForeignKey(blank=True, help_text='Montrée quand la page est partagée ; facultative.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.customimage', verbose_name='image de partage'),
        ),
        migrations.AddField(
            model_name='comment',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='blog.postpage', verbose_name='article'),
        ),
        migrations.AddField(
            model_name='posttag',
            name='content_object',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='tagged_items', to='blog.postpage', verbose_name='article'),
        ),
        migrations.AddField(
            model_name='posttag',
            name='tag',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_items', to='taggit.tag'),
        ),
        migrations.AddField(
            model_name='postpage',
            name='tags',
            field=modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='A comma-separated list of tags.', through='blog.PostTag', to='taggit.Tag', verbose_name='étiquettes'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['post', 'state'], name='comments_of_post'),
        ),
        migrations.AddConstraint(
            model_name='posttag',
            constraint=models.UniqueConstraint(fields=('tag', 'content_object'), name='one_mention_per_tag_and_post'),
        ),
    ]
