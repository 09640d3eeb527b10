from django.conf import settings
from django.db import migrations, models
import django.core.validators
import django.db.models.deletion
import modelsearch.index
import taggit.managers
import uuid
import wagtail.fields
import wagtail.images.models
import wagtail.models.media


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ContactPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('introduction', models.TextField(max_length=400, verbose_name='introduction')),
                ('promise', models.CharField(blank=True, help_text='Une phrase qui engage : « Nous répondons sous deux jours ouvrés. »', max_length=160, verbose_name='délai de réponse')),
            ],
            options={
                'verbose_name': 'page de contact',
                'verbose_name_plural': 'pages de contact',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='CustomDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('file', models.FileField(upload_to='documents', verbose_name='file')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('file_size', models.PositiveBigIntegerField(editable=False, null=True)),
                ('file_hash', models.CharField(blank=True, editable=False, max_length=40)),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documents',
                'permissions': [('choose_document', 'Peut choisir un document')],
                'abstract': False,
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='CustomImage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', upload_to=wagtail.images.models.get_upload_to, verbose_name='file', width_field='width')),
                ('description', models.CharField(blank=True, default='', max_length=255, verbose_name='description')),
                ('width', models.IntegerField(editable=False, verbose_name='width')),
                ('height', models.IntegerField(editable=False, verbose_name='height')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='created at')),
                ('focal_point_x', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_y', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_width', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_height', models.PositiveIntegerField(blank=True, null=True)),
                ('file_size', models.PositiveIntegerField(editable=False, null=True)),
                ('file_hash', models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                ('credit', models.CharField(blank=True, max_length=120, verbose_name='crédit')),
            ],
            options={
                'verbose_name': 'image',
                'verbose_name_plural': 'images',
                'permissions': [('choose_image', 'Peut choisir une image')],
                'abstract': False,
            },
            bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='CustomRendition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filter_spec', models.CharField(db_index=True, max_length=255)),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', storage=wagtail.images.models.get_rendition_storage, upload_to=wagtail.images.models.get_rendition_upload_to, width_field='width')),
                ('width', models.IntegerField(editable=False)),
                ('height', models.IntegerField(editable=False)),
                ('focal_point_key', models.CharField(blank=True, default='', editable=False, max_length=16)),
            ],
            options={
                'verbose_name': 'rendu d’image',
                'verbose_name_plural': 'rendus d’image',
            },
            bases=(wagtail.images.models.ImageFileMixin, models.Model),
        ),
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('headline', models.CharField(help_text='La première phrase que lit un visiteur. Une promesse, pas un slogan.', max_length=120, verbose_name='phrase d’ouverture')),
                ('introduction', models.TextField(help_text='Deux ou trois phrases : ce que fait le cabinet, pour qui.', max_length=400, verbose_name='introduction')),
                ('body', wagtail.fields.StreamField([('paragraph', 0), ('heading', 3), ('quote', 6), ('faq', 12), ('steps', 17), ('key_figures', 23), ('picture', 27), ('sector', 35), ('callout', 39), ('call_to_action', 45), ('pages', 48), ('teaser', 51), ('document', 54)], blank=True, block_lookup={0: ('home.blocks.text.RichTextParagraphBlock', (), {'group': 'Texte'}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'Titre', 'max_length': 120}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'Une phrase d’introduction', 'max_length': 240, 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('text', 1), ('lead', 2)]], {'group': 'Texte'}), 4: ('wagtail.blocks.TextBlock', (), {'label': 'Citation', 'max_length': 600}), 5: ('wagtail.blocks.CharBlock', (), {'label': 'Qui le dit', 'max_length': 160, 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('text', 4), ('source', 5)]], {'group': 'Texte'}), 7: ('wagtail.blocks.CharBlock', (), {'label': 'Titre', 'max_length': 120, 'required': False}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'Question', 'max_length': 200}), 9: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link'], 'label': 'Réponse', 'max_length': 2000}), 10: ('wagtail.blocks.StructBlock', [[('question', 8), ('answer', 9)]], {}), 11: ('wagtail.blocks.ListBlock', (10,), {'label': 'Questions', 'max_num': 20, 'min_num': 1}), 12: ('wagtail.blocks.StructBlock', [[('title', 7), ('questions', 11)]], {'group': 'Texte'}), 13: ('wagtail.blocks.CharBlock', (), {'label': 'Étape', 'max_length': 100}), 14: ('wagtail.blocks.TextBlock', (), {'label': 'Ce qui s’y passe', 'max_length': 500}), 15: ('wagtail.blocks.StructBlock', [[('title', 13), ('text', 14)]], {}), 16: ('wagtail.blocks.ListBlock', (15,), {'label': 'Étapes', 'max_num': 8, 'min_num': 2}), 17: ('wagtail.blocks.StructBlock', [[('title', 7), ('steps', 16)]], {'group': 'Montrer'}), 18: ('wagtail.blocks.CharBlock', (), {'help_text': 'Avec son unité : 35 h, 4 mois, 92 %.', 'label': 'Chiffre', 'max_length': 16}), 19: ('wagtail.blocks.CharBlock', (), {'label': 'Ce qu’il compte', 'max_length': 120}), 20: ('wagtail.blocks.StructBlock', [[('value', 18), ('text', 19)]], {}), 21: ('wagtail.blocks.ListBlock', (20,), {'label': 'Chiffres', 'max_num': 4, 'min_num': 2}), 22: ('wagtail.blocks.CharBlock', (), {'help_text': 'Un chiffre sans source ne vaut rien.', 'label': 'Source et date', 'max_length': 200}), 23: ('wagtail.blocks.StructBlock', [[('figures', 21), ('source', 22)]], {'group': 'Montrer'}), 24: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Image'}), 25: ('wagtail.blocks.CharBlock', (), {'label': 'Légende', 'max_length': 240, 'required': False}), 26: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('text', 'Celle du texte'), ('page', 'Celle de la page')], 'label': 'Largeur'}), 27: ('wagtail.blocks.StructBlock', [[('image', 24), ('caption', 25), ('width', 26)]], {'group': 'Montrer'}), 28: ('wagtail.blocks.CharBlock', (), {'label': 'Secteur', 'max_length': 120}), 29: ('wagtail.blocks.CharBlock', (), {'help_text': 'Avec son accord ; sinon, sa nature.', 'label': 'Client', 'max_length': 140}), 30: ('wagtail.blocks.CharBlock', (), {'label': 'Où', 'max_length': 80, 'required': False}), 31: ('wagtail.blocks.CharBlock', (), {'label': 'Mission', 'max_length': 240}), 32: ('wagtail.blocks.CharBlock', (), {'label': 'Quand', 'max_length': 20, 'required': False}), 33: ('wagtail.blocks.StructBlock', [[('client', 29), ('place', 30), ('mission', 31), ('years', 32)]], {}), 34: ('wagtail.blocks.ListBlock', (33,), {'label': 'Références', 'max_num': 40, 'min_num': 1}), 35: ('wagtail.blocks.StructBlock', [[('title', 28), ('references', 34)]], {'group': 'Montrer'}), 36: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('info', 'À savoir'), ('success', 'Bonne nouvelle'), ('warning', 'Attention')], 'label': 'Ton'}), 37: ('wagtail.blocks.CharBlock', (), {'label': 'Titre', 'max_length': 100, 'required': False}), 38: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link'], 'label': 'Texte', 'max_length': 1500}), 39: ('wagtail.blocks.StructBlock', [[('tone', 36), ('title', 37), ('text', 38)]], {'group': 'Orienter'}), 40: ('wagtail.blocks.TextBlock', (), {'label': 'Texte', 'max_length': 300, 'required': False}), 41: ('wagtail.blocks.CharBlock', (), {'label': 'Texte du lien', 'max_length': 80}), 42: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page du site', 'required': False}), 43: ('wagtail.blocks.URLBlock', (), {'label': 'ou adresse', 'max_length': 300, 'required': False}), 44: ('wagtail.blocks.StructBlock', [[('text', 41), ('page', 42), ('url', 43)]], {'label': 'Lien'}), 45: ('wagtail.blocks.StructBlock', [[('title', 1), ('text', 40), ('link', 44)]], {'group': 'Orienter'}), 46: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page'}), 47: ('wagtail.blocks.ListBlock', (46,), {'label': 'Pages', 'max_num': 8, 'min_num': 1}), 48: ('wagtail.blocks.StructBlock', [[('title', 1), ('pages', 47)]], {'group': 'Orienter'}), 49: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('sessions', 'Les prochaines sessions de formation'), ('offers', 'Les offres d’emploi ouvertes'), ('posts', 'Les derniers articles du blog')], 'label': 'Montrer'}), 50: ('wagtail.blocks.IntegerBlock', (), {'default': 3, 'label': 'Combien', 'max_value': 6, 'min_value': 1}), 51: ('wagtail.blocks.StructBlock', [[('kind', 49), ('count', 50)]], {'group': 'Orienter'}), 52: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'Document'}), 53: ('wagtail.blocks.CharBlock', (), {'help_text': 'À défaut, son titre.', 'label': 'Texte du lien', 'max_length': 120, 'required': False}), 54: ('wagtail.blocks.StructBlock', [[('document', 52), ('text', 53)]], {'group': 'Orienter'})}, verbose_name='corps de la page')),
            ],
            options={
                'verbose_name': 'page d’accueil',
                'verbose_name_plural': 'pages d’accueil',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='LegalPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('kind', models.CharField(choices=[('notice', 'Mentions légales'), ('privacy', 'Données personnelles'), ('accessibility', 'Accessibilité'), ('other', 'Autre page d’information')], default='other', help_text='Les mentions légales montrent l’identité du cabinet (Réglages), la page des données personnelles montre le registre des traitements : ces parties ne s’écrivent pas ici.', max_length=20, verbose_name='nature')),
                ('introduction', models.TextField(blank=True, max_length=400, verbose_name='introduction')),
                ('body', wagtail.fields.StreamField([('paragraph', 0), ('heading', 3), ('quote', 6), ('faq', 12), ('steps', 17), ('key_figures', 23), ('picture', 27), ('sector', 35), ('callout', 39), ('call_to_action', 45), ('pages', 48), ('teaser', 51), ('document', 54)], blank=True, block_lookup={0: ('home.blocks.text.RichTextParagraphBlock', (), {'group': 'Texte'}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'Titre', 'max_length': 120}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'Une phrase d’introduction', 'max_length': 240, 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('text', 1), ('lead', 2)]], {'group': 'Texte'}), 4: ('wagtail.blocks.TextBlock', (), {'label': 'Citation', 'max_length': 600}), 5: ('wagtail.blocks.CharBlock', (), {'label': 'Qui le dit', 'max_length': 160, 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('text', 4), ('source', 5)]], {'group': 'Texte'}), 7: ('wagtail.blocks.CharBlock', (), {'label': 'Titre', 'max_length': 120, 'required': False}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'Question', 'max_length': 200}), 9: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link'], 'label': 'Réponse', 'max_length': 2000}), 10: ('wagtail.blocks.StructBlock', [[('question', 8), ('answer', 9)]], {}), 11: ('wagtail.blocks.ListBlock', (10,), {'label': 'Questions', 'max_num': 20, 'min_num': 1}), 12: ('wagtail.blocks.StructBlock', [[('title', 7), ('questions', 11)]], {'group': 'Texte'}), 13: ('wagtail.blocks.CharBlock', (), {'label': 'Étape', 'max_length': 100}), 14: ('wagtail.blocks.TextBlock', (), {'label': 'Ce qui s’y passe', 'max_length': 500}), 15: ('wagtail.blocks.StructBlock', [[('title', 13), ('text', 14)]], {}), 16: ('wagtail.blocks.ListBlock', (15,), {'label': 'Étapes', 'max_num': 8, 'min_num': 2}), 17: ('wagtail.blocks.StructBlock', [[('title', 7), ('steps', 16)]], {'group': 'Montrer'}), 18: ('wagtail.blocks.CharBlock', (), {'help_text': 'Avec son unité : 35 h, 4 mois, 92 %.', 'label': 'Chiffre', 'max_length': 16}), 19: ('wagtail.blocks.CharBlock', (), {'label': 'Ce qu’il compte', 'max_length': 120}), 20: ('wagtail.blocks.StructBlock', [[('value', 18), ('text', 19)]], {}), 21: ('wagtail.blocks.ListBlock', (20,), {'label': 'Chiffres', 'max_num': 4, 'min_num': 2}), 22: ('wagtail.blocks.CharBlock', (), {'help_text': 'Un chiffre sans source ne vaut rien.', 'label': 'Source et date', 'max_length': 200}), 23: ('wagtail.blocks.StructBlock', [[('figures', 21), ('source', 22)]], {'group': 'Montrer'}), 24: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Image'}), 25: ('wagtail.blocks.CharBlock', (), {'label': 'Légende', 'max_length': 240, 'required': False}), 26: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('text', 'Celle du texte'), ('page', 'Celle de la page')], 'label': 'Largeur'}), 27: ('wagtail.blocks.StructBlock', [[('image', 24), ('caption', 25), ('width', 26)]], {'group': 'Montrer'}), 28: ('wagtail.blocks.CharBlock', (), {'label': 'Secteur', 'max_length': 120}), 29: ('wagtail.blocks.CharBlock', (), {'help_text': 'Avec son accord ; sinon, sa nature.', 'label': 'Client', 'max_length': 140}), 30: ('wagtail.blocks.CharBlock', (), {'label': 'Où', 'max_length': 80, 'required': False}), 31: ('wagtail.blocks.CharBlock', (), {'label': 'Mission', 'max_length': 240}), 32: ('wagtail.blocks.CharBlock', (), {'label': 'Quand', 'max_length': 20, 'required': False}), 33: ('wagtail.blocks.StructBlock', [[('client', 29), ('place', 30), ('mission', 31), ('years', 32)]], {}), 34: ('wagtail.blocks.ListBlock', (33,), {'label': 'Références', 'max_num': 40, 'min_num': 1}), 35: ('wagtail.blocks.StructBlock', [[('title', 28), ('references', 34)]], {'group': 'Montrer'}), 36: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('info', 'À savoir'), ('success', 'Bonne nouvelle'), ('warning', 'Attention')], 'label': 'Ton'}), 37: ('wagtail.blocks.CharBlock', (), {'label': 'Titre', 'max_length': 100, 'required': False}), 38: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link'], 'label': 'Texte', 'max_length': 1500}), 39: ('wagtail.blocks.StructBlock', [[('tone', 36), ('title', 37), ('text', 38)]], {'group': 'Orienter'}), 40: ('wagtail.blocks.TextBlock', (), {'label': 'Texte', 'max_length': 300, 'required': False}), 41: ('wagtail.blocks.CharBlock', (), {'label': 'Texte du lien', 'max_length': 80}), 42: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page du site', 'required': False}), 43: ('wagtail.blocks.URLBlock', (), {'label': 'ou adresse', 'max_length': 300, 'required': False}), 44: ('wagtail.blocks.StructBlock', [[('text', 41), ('page', 42), ('url', 43)]], {'label': 'Lien'}), 45: ('wagtail.blocks.StructBlock', [[('title', 1), ('text', 40), ('link', 44)]], {'group': 'Orienter'}), 46: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page'}), 47: ('wagtail.blocks.ListBlock', (46,), {'label': 'Pages', 'max_num': 8, 'min_num': 1}), 48: ('wagtail.blocks.StructBlock', [[('title', 1), ('pages', 47)]], {'group': 'Orienter'}), 49: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('sessions', 'Les prochaines sessions de formation'), ('offers', 'Les offres d’emploi ouvertes'), ('posts', 'Les derniers articles du blog')], 'label': 'Montrer'}), 50: ('wagtail.blocks.IntegerBlock', (), {'default': 3, 'label': 'Combien', 'max_value': 6, 'min_value': 1}), 51: ('wagtail.blocks.StructBlock', [[('kind', 49), ('count', 50)]], {'group': 'Orienter'}), 52: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'Document'}), 53: ('wagtail.blocks.CharBlock', (), {'help_text': 'À défaut, son titre.', 'label': 'Texte du lien', 'max_length': 120, 'required': False}), 54: ('wagtail.blocks.StructBlock', [[('document', 52), ('text', 53)]], {'group': 'Orienter'})}, verbose_name='corps de la page')),
            ],
            options={
                'verbose_name': 'page légale',
                'verbose_name_plural': 'pages légales',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='OrganisationSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('legal_name', models.CharField(blank=True, max_length=120, verbose_name='raison sociale')),
                ('legal_form', models.CharField(blank=True, help_text='SARL, SAS, association…', max_length=80, verbose_name='forme juridique')),
                ('share_capital', models.CharField(blank=True, help_text='Avec l’unité : 10 000 €.', max_length=40, verbose_name='capital social')),
                ('head_office', models.TextField(blank=True, max_length=300, verbose_name='siège social')),
                ('siren', models.CharField(blank=True, max_length=11, validators=[django.core.validators.RegexValidator('^\\d{3} ?\\d{3} ?\\d{3}$', 'Un SIREN a neuf chiffres.')], verbose_name='SIREN')),
                ('registration', models.CharField(blank=True, help_text='RCS ou RNE, et la ville.', max_length=80, verbose_name='immatriculation')),
                ('vat_number', models.CharField(blank=True, max_length=20, verbose_name='TVA intracommunautaire')),
                ('training_number', models.CharField(blank=True, help_text='Le numéro à onze chiffres donné par la préfecture de région.', max_length=20, verbose_name='déclaration d’activité de formation')),
                ('training_region', models.CharField(blank=True, max_length=80, verbose_name='préfet de région qui l’a enregistrée')),
                ('phone', models.CharField(blank=True, max_length=24, validators=[django.core.validators.RegexValidator('^\\+?[\\d .()-]{6,24}$', 'Ce numéro de téléphone n’est pas valable.')], verbose_name='téléphone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='adresse électronique')),
                ('opening_hours', models.CharField(blank=True, help_text='Du lundi au vendredi, de 9 h à 17 h.', max_length=120, verbose_name='horaires')),
                ('publication_director', models.CharField(blank=True, max_length=120, verbose_name='directeur ou directrice de la publication')),
                ('data_contact', models.CharField(blank=True, help_text='Un nom ou une fonction, et comment la joindre.', max_length=160, verbose_name='contact pour les données personnelles')),
                ('host_name', models.CharField(blank=True, max_length=120, verbose_name='hébergeur')),
                ('host_address', models.TextField(blank=True, max_length=300, verbose_name='adresse de l’hébergeur')),
                ('host_phone', models.CharField(blank=True, max_length=24, validators=[django.core.validators.RegexValidator('^\\+?[\\d .()-]{6,24}$', 'Ce numéro de téléphone n’est pas valable.')], verbose_name='téléphone de l’hébergeur')),
            ],
            options={
                'verbose_name': 'identité du cabinet',
                'verbose_name_plural': 'identités du cabinet',
            },
        ),
        migrations.CreateModel(
            name='ReferencesPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('introduction', models.TextField(max_length=400, verbose_name='introduction')),
                ('body', wagtail.fields.StreamField([('paragraph', 0), ('sector', 8), ('quote', 11), ('call_to_action', 18)], block_lookup={0: ('home.blocks.text.RichTextParagraphBlock', (), {}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'Secteur', 'max_length': 120}), 2: ('wagtail.blocks.CharBlock', (), {'help_text': 'Avec son accord ; sinon, sa nature.', 'label': 'Client', 'max_length': 140}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'Où', 'max_length': 80, 'required': False}), 4: ('wagtail.blocks.CharBlock', (), {'label': 'Mission', 'max_length': 240}), 5: ('wagtail.blocks.CharBlock', (), {'label': 'Quand', 'max_length': 20, 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('client', 2), ('place', 3), ('mission', 4), ('years', 5)]], {}), 7: ('wagtail.blocks.ListBlock', (6,), {'label': 'Références', 'max_num': 40, 'min_num': 1}), 8: ('wagtail.blocks.StructBlock', [[('title', 1), ('references', 7)]], {}), 9: ('wagtail.blocks.TextBlock', (), {'label': 'Citation', 'max_length': 600}), 10: ('wagtail.blocks.CharBlock', (), {'label': 'Qui le dit', 'max_length': 160, 'required': False}), 11: ('wagtail.blocks.StructBlock', [[('text', 9), ('source', 10)]], {}), 12: ('wagtail.blocks.CharBlock', (), {'label': 'Titre', 'max_length': 120}), 13: ('wagtail.blocks.TextBlock', (), {'label': 'Texte', 'max_length': 300, 'required': False}), 14: ('wagtail.blocks.CharBlock', (), {'label': 'Texte du lien', 'max_length': 80}), 15: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page du site', 'required': False}), 16: ('wagtail.blocks.URLBlock', (), {'label': 'ou adresse', 'max_length': 300, 'required': False}), 17: ('wagtail.blocks.StructBlock', [[('text', 14), ('page', 15), ('url', 16)]], {'label': 'Lien'}), 18: ('wagtail.blocks.StructBlock', [[('title', 12), ('text', 13), ('link', 17)]], {})}, verbose_name='références')),
            ],
            options={
                'verbose_name': 'page des références',
                'verbose_name_plural': 'pages des références',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='SectionPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('introduction', models.TextField(blank=True, max_length=400, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'rubrique',
                'verbose_name_plural': 'rubriques',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ServicePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('kicker', models.CharField(blank=True, help_text='Quelques mots au-dessus du titre.', max_length=80, verbose_name='surtitre')),
                ('introduction', models.TextField(help_text='Le chapeau, en deux ou trois phrases.', max_length=400, verbose_name='introduction')),
                ('body', wagtail.fields.StreamField([('paragraph', 0), ('heading', 3), ('quote', 6), ('faq', 12), ('steps', 17), ('key_figures', 23), ('picture', 27), ('sector', 35), ('callout', 39), ('call_to_action', 45), ('pages', 48), ('teaser', 51), ('document', 54)], block_lookup={0: ('home.blocks.text.RichTextParagraphBlock', (), {'group': 'Texte'}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'Titre', 'max_length': 120}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'Une phrase d’introduction', 'max_length': 240, 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('text', 1), ('lead', 2)]], {'group': 'Texte'}), 4: ('wagtail.blocks.TextBlock', (), {'label': 'Citation', 'max_length': 600}), 5: ('wagtail.blocks.CharBlock', (), {'label': 'Qui le dit', 'max_length': 160, 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('text', 4), ('source', 5)]], {'group': 'Texte'}), 7: ('wagtail.blocks.CharBlock', (), {'label': 'Titre', 'max_length': 120, 'required': False}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'Question', 'max_length': 200}), 9: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link'], 'label': 'Réponse', 'max_length': 2000}), 10: ('wagtail.blocks.StructBlock', [[('question', 8), ('answer', 9)]], {}), 11: ('wagtail.blocks.ListBlock', (10,), {'label': 'Questions', 'max_num': 20, 'min_num': 1}), 12: ('wagtail.blocks.StructBlock', [[('title', 7), ('questions', 11)]], {'group': 'Texte'}), 13: ('wagtail.blocks.CharBlock', (), {'label': 'Étape', 'max_length': 100}), 14: ('wagtail.blocks.TextBlock', (), {'label': 'Ce qui s’y passe', 'max_length': 500}), 15: ('wagtail.blocks.StructBlock', [[('title', 13), ('text', 14)]], {}), 16: ('wagtail.blocks.ListBlock', (15,), {'label': 'Étapes', 'max_num': 8, 'min_num': 2}), 17: ('wagtail.blocks.StructBlock', [[('title', 7), ('steps', 16)]], {'group': 'Montrer'}), 18: ('wagtail.blocks.CharBlock', (), {'help_text': 'Avec son unité : 35 h, 4 mois, 92 %.', 'label': 'Chiffre', 'max_length': 16}), 19: ('wagtail.blocks.CharBlock', (), {'label': 'Ce qu’il compte', 'max_length': 120}), 20: ('wagtail.blocks.StructBlock', [[('value', 18), ('text', 19)]], {}), 21: ('wagtail.blocks.ListBlock', (20,), {'label': 'Chiffres', 'max_num': 4, 'min_num': 2}), 22: ('wagtail.blocks.CharBlock', (), {'help_text': 'Un chiffre sans source ne vaut rien.', 'label': 'Source et date', 'max_length': 200}), 23: ('wagtail.blocks.StructBlock', [[('figures', 21), ('source', 22)]], {'group': 'Montrer'}), 24: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Image'}), 25: ('wagtail.blocks.CharBlock', (), {'label': 'Légende', 'max_length': 240, 'required': False}), 26: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('text', 'Celle du texte'), ('page', 'Celle de la page')], 'label': 'Largeur'}), 27: ('wagtail.blocks.StructBlock', [[('image', 24), ('caption', 25), ('width', 26)]], {'group': 'Montrer'}), 28: ('wagtail.blocks.CharBlock', (), {'label': 'Secteur', 'max_length': 120}), 29: ('wagtail.blocks.CharBlock', (), {'help_text': 'Avec son accord ; sinon, sa nature.', 'label': 'Client', 'max_length': 140}), 30: ('wagtail.blocks.CharBlock', (), {'label': 'Où', 'max_length': 80, 'required': False}), 31: ('wagtail.blocks.CharBlock', (), {'label': 'Mission', 'max_length': 240}), 32: ('wagtail.blocks.CharBlock', (), {'label': 'Quand', 'max_length': 20, 'required': False}), 33: ('wagtail.blocks.StructBlock', [[('client', 29), ('place', 30), ('mission', 31), ('years', 32)]], {}), 34: ('wagtail.blocks.ListBlock', (33,), {'label': 'Références', 'max_num': 40, 'min_num': 1}), 35: ('wagtail.blocks.StructBlock', [[('title', 28), ('references', 34)]], {'group': 'Montrer'}), 36: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('info', 'À savoir'), ('success', 'Bonne nouvelle'), ('warning', 'Attention')], 'label': 'Ton'}), 37: ('wagtail.blocks.CharBlock', (), {'label': 'Titre', 'max_length': 100, 'required': False}), 38: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link'], 'label': 'Texte', 'max_length': 1500}), 39: ('wagtail.blocks.StructBlock', [[('tone', 36), ('title', 37), ('text', 38)]], {'group': 'Orienter'}), 40: ('wagtail.blocks.TextBlock', (), {'label': 'Texte', 'max_length': 300, 'required': False}), 41: ('wagtail.blocks.CharBlock', (), {'label': 'Texte du lien', 'max_length': 80}), 42: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page du site', 'required': False}), 43: ('wagtail.blocks.URLBlock', (), {'label': 'ou adresse', 'max_length': 300, 'required': False}), 44: ('wagtail.blocks.StructBlock', [[('text', 41), ('page', 42), ('url', 43)]], {'label': 'Lien'}), 45: ('wagtail.blocks.StructBlock', [[('title', 1), ('text', 40), ('link', 44)]], {'group': 'Orienter'}), 46: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page'}), 47: ('wagtail.blocks.ListBlock', (46,), {'label': 'Pages', 'max_num': 8, 'min_num': 1}), 48: ('wagtail.blocks.StructBlock', [[('title', 1), ('pages', 47)]], {'group': 'Orienter'}), 49: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('sessions', 'Les prochaines sessions de formation'), ('offers', 'Les offres d’emploi ouvertes'), ('posts', 'Les derniers articles du blog')], 'label': 'Montrer'}), 50: ('wagtail.blocks.IntegerBlock', (), {'default': 3, 'label': 'Combien', 'max_value': 6, 'min_value': 1}), 51: ('wagtail.blocks.StructBlock', [[('kind', 49), ('count', 50)]], {'group': 'Orienter'}), 52: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'Document'}), 53: ('wagtail.blocks.CharBlock', (), {'help_text': 'À défaut, son titre.', 'label': 'Texte du lien', 'max_length': 120, 'required': False}), 54: ('wagtail.blocks.StructBlock', [[('document', 52), ('text', 53)]], {'group': 'Orienter'})}, verbose_name='corps de la page')),
            ],
            options={
                'verbose_name': 'page de présentation',
                'verbose_name_plural': 'pages de présentation',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ContactMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, unique=True, verbose_name='identifiant public')),
                ('name', models.CharField(max_length=120, verbose_name='nom')),
                ('email', models.EmailField(max_length=254, verbose_name='adresse électronique')),
                ('phone', models.CharField(blank=True, max_length=24, verbose_name='téléphone')),
                ('organisation', models.CharField(blank=True, max_length=160, verbose_name='structure')),
                ('topic', models.CharField(choices=[('advice', 'Un accompagnement ou un conseil'), ('evaluation', 'Une évaluation'), ('training', 'Une formation'), ('recruitment', 'Un recrutement'), ('personal_data', 'Mes données personnelles'), ('other', 'Autre chose')], max_length=20, verbose_name='sujet')),
                ('text', models.TextField(max_length=5000, verbose_name='message')),
                ('suspect', models.BooleanField(default=False, verbose_name='mis de côté')),
                ('state', models.CharField(choices=[('new', 'À lire'), ('handled', 'Traité'), ('spam', 'Indésirable')], default='new', max_length=10, verbose_name='état')),
                ('state_changed_at', models.DateTimeField(verbose_name='état changé le')),
                ('created_at', models.DateTimeField(db_index=True, verbose_name='reçu le')),
            ],
            options={
                'verbose_name': 'message',
                'verbose_name_plural': 'messages',
                'ordering': ['-created_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['new', 'handled', 'spam'])), name='contact_message_state_is_known', violation_error_message='Cet état n’existe pas.'), models.CheckConstraint(condition=models.Q(('topic__in', ['advice', 'evaluation', 'training', 'recruitment', 'personal_data', 'other'])), name='contact_message_topic_is_known', violation_error_message='Ce sujet n’existe pas.')],
            },
        ),
        migrations.CreateModel(
            name='ContactMessageEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='le')),
                ('transition', models.CharField(max_length=40, verbose_name='transition')),
                ('from_state', models.CharField(max_length=40, verbose_name='de l’état')),
                ('to_state', models.CharField(max_length=40, verbose_name='à l’état')),
                ('role', models.CharField(choices=[('staff', 'l’équipe'), ('person', 'la personne concernée'), ('system', 'le site')], max_length=10, verbose_name='par')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='motif')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='home.contactmessage', verbose_name='message')),
            ],
            options={
                'verbose_name': 'événement de message',
                'verbose_name_plural': 'événements de messages',
                'ordering': ['at', 'pk'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='contactmessageevent',
            name='user',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='compte'),
        ),
        migrations.AddField(
            model_name='customdocument',
            name='collection',
            field=models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection'),
        ),
        migrations.AddField(
            model_name='customdocument',
            name='tags',
            field=taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags'),
        ),
        migrations.AddField(
            model_name='customdocument',
            name='uploaded_by_user',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user'),
        ),
        migrations.AddField(
            model_name='customimage',
            name='collection',
            field=models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection'),
        ),
        migrations.AddField(
            model_name='customimage',
            name='tags',
            field=taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags'),
        ),
        migrations.AddField(
            model_name='customimage',
            name='uploaded_by_user',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user'),
        ),
        migrations.AddField(
            model_name='contactpage',
            name='social_image',
            field=models.ForeignKey(blank=True, help_text='Montrée quand la page est partagée ; facultative.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.customimage', verbose_name='image de partage'),
        ),
        migrations.AddField(
            model_name='customrendition',
            name='image',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='home.customimage', verbose_name='image'),
        ),
        migrations.AddField(
            model_name='homepage',
            name='social_image',
            field=models.ForeignKey(blank=True, help_text='Montrée quand la page est partagée ; facultative.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.customimage', verbose_name='image de partage'),
        ),
        migrations.AddField(
            model_name='legalpage',
            name='social_image',
            field=models.ForeignKey(blank=True, help_text='Montrée quand la page est partagée ; facultative.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.customimage', verbose_name='image de partage'),
        ),
        migrations.AddField(
            model_name='organisationsettings',
            name='site',
            field=models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site'),
        ),
        migrations.AddField(
            model_name='referencespage',
            name='social_image',
            field=models.ForeignKey(blank=True, help_text='Montrée quand la page est partagée ; facultative.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.customimage', verbose_name='image de partage'),
        ),
        migrations.AddField(
            model_name='sectionpage',
            name='social_image',
            field=models.ForeignKey(blank=True, help_text='Montrée quand la page est partagée ; facultative.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.customimage', verbose_name='image de partage'),
        ),
        migrations.AddField(
            model_name='servicepage',
            name='social_image',
            field=models.ForeignKey(blank=True, help_text='Montrée quand la page est partagée ; facultative.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.customimage', verbose_name='image de partage'),
        ),
        migrations.AddField(
            model_name='homepage',
            name='opened_page',
            field=models.ForeignKey(blank=True, help_text='Son texte s’ouvre à l’arrivée, une fois par visite, avec une croix pour le fermer ; il reste accessible par un lien. Rien ne s’ouvre si ce champ est vide.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.servicepage', verbose_name='page ouverte par-dessus l’accueil'),
        ),
        migrations.AddConstraint(
            model_name='customrendition',
            constraint=models.UniqueConstraint(fields=('image', 'filter_spec', 'focal_point_key'), name='one_rendition_per_filter'),
        ),
    ]
