from decimal import Decimal
from django.conf import settings
from django.db import migrations, models
import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import uuid
import wagtail.fields


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        ('home', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CoursePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('code', models.CharField(max_length=30, unique=True, verbose_name='référence')),
                ('introduction', models.TextField(blank=True, max_length=600, verbose_name='présentation')),
                ('objectives', wagtail.fields.StreamField([('objective', 0)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'description': 'Ce que la personne saura faire à l’issue de la formation.', 'help_text': 'Un verbe d’action observable : construire, conduire, rédiger, animer…', 'icon': 'tick-inverse', 'label': 'Objectif', 'max_length': 240, 'preview_value': 'Construire un guide d’entretien adapté au public rencontré'})}, verbose_name='objectifs pédagogiques')),
                ('prerequisites', models.TextField(blank=True, help_text='« Aucun » s’il n’y en a pas.', max_length=1000, verbose_name='prérequis')),
                ('audience', models.TextField(blank=True, max_length=1000, verbose_name='public visé')),
                ('programme', wagtail.fields.StreamField([('module', 3)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Intitulé', 'max_length': 160}), 1: ('wagtail.blocks.DecimalBlock', (), {'decimal_places': 1, 'label': 'Durée en heures', 'max_digits': 4, 'max_value': Decimal('999'), 'min_value': Decimal('0.5')}), 2: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ul', 'ol'], 'label': 'Contenu'}), 3: ('wagtail.blocks.StructBlock', [[('title', 0), ('hours', 1), ('content', 2)]], {})}, verbose_name='programme')),
                ('teaching_methods', models.TextField(blank=True, max_length=2000, verbose_name='méthodes mobilisées')),
                ('resources', models.TextField(blank=True, max_length=2000, verbose_name='moyens et supports')),
                ('assessment_methods', models.TextField(blank=True, max_length=2000, verbose_name='modalités d’évaluation')),
                ('duration_hours', models.DecimalField(blank=True, decimal_places=1, max_digits=6, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0.5'))], verbose_name='durée en heures')),
                ('duration_days', models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0.5'))], verbose_name='durée en jours')),
                ('delivery_mode', models.CharField(choices=[('onsite', 'En présence'), ('online', 'À distance'), ('blended', 'Mixte (présence et distance)')], default='onsite', max_length=10, verbose_name='modalité')),
                ('remote_support', models.TextField(blank=True, help_text='Obligatoire à distance (article D6313-3-1).', max_length=1000, verbose_name='assistance technique et pédagogique')),
                ('remote_work', models.TextField(blank=True, max_length=1000, verbose_name='activités à distance et leur durée moyenne')),
                ('remote_assessments', models.TextField(blank=True, max_length=1000, verbose_name='évaluations à distance')),
                ('access_modes', models.TextField(blank=True, max_length=1000, verbose_name='modalités d’accès')),
                ('access_delay_days', models.PositiveSmallIntegerField(blank=True, help_text='Entre la demande et le début de la formation.', null=True, verbose_name='délai d’accès en jours')),
                ('price_excl_tax', models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='tarif en euros')),
                ('price_unit', models.CharField(choices=[('person', 'par personne'), ('group', 'pour le groupe'), ('day', 'par jour et pour le groupe')], default='person', max_length=10, verbose_name='unité du tarif')),
                ('vat_regime', models.CharField(choices=[('exempt', 'exonéré de TVA (article 261-4-4° a du CGI)'), ('standard', 'TVA de 20\xa0%'), ('franchise', 'TVA non applicable (article 293 B du CGI)')], default='standard', max_length=10, verbose_name='régime de TVA')),
                ('price_note', models.TextField(blank=True, help_text='Par exemple la règle de prix d’une formation dans vos murs.', max_length=600, verbose_name='précision sur le tarif')),
                ('funding_note', models.TextField(blank=True, max_length=1000, verbose_name='financement')),
                ('cpf_url', models.URLField(blank=True, help_text='Seulement pour une formation certifiante inscrite au RNCP ou au RS.', max_length=500, verbose_name='page sur Mon Compte Formation')),
                ('contact_name', models.CharField(blank=True, max_length=120, verbose_name='personne à contacter')),
                ('contact_phone', models.CharField(blank=True, max_length=30, verbose_name='téléphone')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='adresse électronique')),
                ('accessibility_statement', models.TextField(blank=True, max_length=2000, verbose_name='accessibilité aux personnes handicapées')),
                ('disability_contact', models.CharField(blank=True, max_length=200, verbose_name='référent handicap')),
                ('is_certifying', models.BooleanField(default=False, verbose_name='formation certifiante')),
                ('certification_title', models.CharField(blank=True, max_length=250, verbose_name='certification visée')),
                ('certification_code', models.CharField(blank=True, max_length=20, verbose_name='code RNCP ou RS')),
                ('certifier', models.CharField(blank=True, max_length=200, verbose_name='certificateur')),
                ('certification_registered_on', models.DateField(blank=True, null=True, verbose_name='date d’enregistrement')),
                ('certification_success_rate', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('100'))], verbose_name='taux de réussite (%)')),
                ('certification_blocks', models.TextField(blank=True, max_length=1500, verbose_name='blocs de compétences et validation partielle')),
                ('certification_pathways', models.TextField(blank=True, max_length=1500, verbose_name='équivalences, passerelles et suites')),
                ('certification_prospects', models.TextField(blank=True, max_length=1500, verbose_name='débouchés')),
                ('results_rate', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('100'))], verbose_name='taux de satisfaction (%)')),
                ('results_answers', models.PositiveIntegerField(blank=True, null=True, verbose_name='nombre de réponses')),
                ('results_period', models.CharField(blank=True, max_length=80, verbose_name='période')),
                ('results_source', models.CharField(blank=True, max_length=160, verbose_name='source')),
                ('first_session_on', models.DateField(blank=True, help_text='Pour une formation nouvelle, qui n’a pas encore de résultats.', null=True, verbose_name='première session le')),
                ('updated_on', models.DateField(editable=False, null=True, verbose_name='mise à jour le')),
                ('content_digest', models.CharField(blank=True, editable=False, max_length=64, verbose_name='empreinte du contenu')),
                ('title_key', models.CharField(blank=True, db_index=True, editable=False, max_length=255, verbose_name='titre sans accents')),
                ('word_stems', models.TextField(blank=True, editable=False, verbose_name='racines des mots')),
            ],
            options={
                'verbose_name': 'formation',
                'verbose_name_plural': 'formations',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='CourseTheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='nom')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='adresse')),
            ],
            options={
                'verbose_name': 'thème',
                'verbose_name_plural': 'thèmes',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_name', models.CharField(max_length=80, verbose_name='prénom')),
                ('last_name', models.CharField(max_length=80, verbose_name='nom')),
                ('email', models.EmailField(max_length=254, verbose_name='adresse électronique')),
                ('email_key', models.CharField(editable=False, max_length=254, verbose_name='adresse normalisée')),
                ('person_key', models.CharField(editable=False, max_length=450, verbose_name='personne')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='téléphone')),
                ('wants_accommodation_call', models.BooleanField(default=False, verbose_name='à contacter pour un aménagement')),
                ('state', models.CharField(choices=[('requested', 'Demande reçue'), ('waitlisted', 'Sur liste d’attente'), ('confirmed', 'Inscription confirmée'), ('set_aside', 'Mise de côté'), ('duplicate', 'Doublon'), ('declined', 'Refusée'), ('withdrawn', 'Désistement'), ('cancelled', 'Annulée par l’organisme')], max_length=12, verbose_name='état')),
                ('state_changed_at', models.DateTimeField(verbose_name='depuis le')),
            ],
            options={
                'verbose_name': 'inscription',
                'verbose_name_plural': 'inscriptions',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='EnrolmentEvent',
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
                'verbose_name': 'événement d’inscription',
                'verbose_name_plural': 'événements d’inscription',
                'ordering': ['at', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='EnrolmentRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='lien')),
                ('reference', models.CharField(max_length=20, unique=True, verbose_name='référence')),
                ('buyer_type', models.CharField(choices=[('company', 'Entreprise'), ('individual', 'Particulier'), ('cpf', 'CPF')], max_length=10, verbose_name='acheteur')),
                ('organisation', models.CharField(blank=True, max_length=160, verbose_name='entreprise ou organisme')),
                ('siret', models.CharField(blank=True, max_length=14, verbose_name='SIRET')),
                ('contact_name', models.CharField(blank=True, max_length=160, verbose_name='contact')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='adresse du contact')),
                ('contact_phone', models.CharField(blank=True, max_length=30, verbose_name='téléphone')),
                ('message', models.TextField(blank=True, max_length=2000, verbose_name='message')),
                ('suspect', models.BooleanField(default=False, verbose_name='envoi suspect')),
                ('notice_version', models.CharField(max_length=16, verbose_name='version de la notice montrée')),
                ('answered_state', models.CharField(choices=[('requested', 'Demande reçue'), ('waitlisted', 'Sur liste d’attente'), ('confirmed', 'Inscription confirmée'), ('set_aside', 'Mise de côté'), ('duplicate', 'Doublon'), ('declined', 'Refusée'), ('withdrawn', 'Désistement'), ('cancelled', 'Annulée par l’organisme')], max_length=12, verbose_name='réponse affichée')),
                ('answered_rank', models.PositiveIntegerField(blank=True, null=True, verbose_name='rang affiché')),
                ('created_at', models.DateTimeField(db_index=True, verbose_name='reçue le')),
            ],
            options={
                'verbose_name': 'demande d’inscription',
                'verbose_name_plural': 'demandes d’inscription',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='RequestNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(unique=True, verbose_name='année')),
                ('last', models.PositiveIntegerField(default=0, verbose_name='dernier numéro')),
            ],
            options={
                'verbose_name': 'numérotation des demandes',
                'verbose_name_plural': 'numérotations des demandes',
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(-[A-Z0-9]+)*\\Z', 'Écrivez le code en capitales, chiffres et tirets\xa0: DEIS-2027-03.')], verbose_name='code')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='lien')),
                ('delivery_mode', models.CharField(choices=[('onsite', 'En présence'), ('online', 'À distance'), ('blended', 'Mixte (présence et distance)')], default='onsite', max_length=10, verbose_name='modalité')),
                ('remote_details', models.CharField(blank=True, help_text='Outil utilisé et équipement nécessaire ; pas de lien de connexion ici.', max_length=300, verbose_name='à distance')),
                ('capacity', models.PositiveSmallIntegerField(default=12, validators=[django.core.validators.MinValueValidator(1)], verbose_name='places')),
                ('min_participants', models.PositiveSmallIntegerField(default=4, validators=[django.core.validators.MinValueValidator(1)], verbose_name='effectif minimal')),
                ('decision_on', models.DateField(blank=True, help_text='Jour où l’équipe décide de maintenir ou non la session.', null=True, verbose_name='décision de maintien le')),
                ('enrol_opens_at', models.DateTimeField(blank=True, help_text='Vide : ouvertes d’emblée.', null=True, verbose_name='ouverture des inscriptions')),
                ('enrol_closes_at', models.DateTimeField(blank=True, help_text='Vide : au début de la session.', null=True, verbose_name='clôture des inscriptions')),
                ('accepts_waiting_list', models.BooleanField(default=True, verbose_name='liste d’attente quand c’est complet')),
                ('visibility', models.CharField(choices=[('public', 'Publique'), ('link', 'Accessible par son lien'), ('hidden', 'Masquée')], default='public', max_length=10, verbose_name='visibilité')),
                ('price_override', models.DecimalField(blank=True, decimal_places=2, help_text='Vide : celui de la formation.', max_digits=8, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='tarif propre à cette session')),
                ('starts_at', models.DateTimeField(db_index=True, editable=False, null=True, verbose_name='début')),
                ('ends_at', models.DateTimeField(editable=False, null=True, verbose_name='fin')),
                ('state', models.CharField(choices=[('draft', 'Brouillon'), ('published', 'Programmée'), ('confirmed', 'Maintenue'), ('completed', 'Terminée'), ('cancelled', 'Annulée'), ('postponed', 'Reportée')], default='draft', editable=False, max_length=10, verbose_name='état')),
                ('state_changed_at', models.DateTimeField(editable=False, null=True, verbose_name='depuis le')),
                ('seats_taken', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='places prises')),
                ('waiting_count', models.PositiveIntegerField(default=0, editable=False, verbose_name='en attente')),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'ordering': ['starts_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SessionEvent',
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
                'verbose_name': 'événement de session',
                'verbose_name_plural': 'événements de session',
                'ordering': ['at', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TimeSlot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField(verbose_name='début')),
                ('ends_at', models.DateTimeField(verbose_name='fin')),
                ('subject', models.CharField(blank=True, max_length=160, verbose_name='contenu')),
            ],
            options={
                'verbose_name': 'demi-journée',
                'verbose_name_plural': 'demi-journées',
                'ordering': ['starts_at'],
            },
        ),
        migrations.CreateModel(
            name='Trainer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='prénom et nom')),
                ('qualifications', models.CharField(help_text='Diplômes et expérience, montrés sur les pages des formations.', max_length=300, verbose_name='titres et qualités')),
                ('email', models.EmailField(blank=True, help_text='Jamais publiée.', max_length=254, verbose_name='adresse électronique')),
            ],
            options={
                'verbose_name': 'formateur',
                'verbose_name_plural': 'formateurs',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='TrainingInformationPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('introduction', models.TextField(blank=True, max_length=600, verbose_name='introduction')),
                ('body', wagtail.fields.StreamField([('paragraph', 0), ('heading', 3), ('quote', 6), ('faq', 12), ('steps', 17), ('key_figures', 23), ('picture', 27), ('sector', 35), ('callout', 39), ('call_to_action', 45), ('pages', 48), ('teaser', 51), ('document', 54)], blank=True, block_lookup={0: ('home.blocks.text.RichTextParagraphBlock', (), {'group': 'Texte'}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'Titre', 'max_length': 120}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'Une phrase d’introduction', 'max_length': 240, 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('text', 1), ('lead', 2)]], {'group': 'Texte'}), 4: ('wagtail.blocks.TextBlock', (), {'label': 'Citation', 'max_length': 600}), 5: ('wagtail.blocks.CharBlock', (), {'label': 'Qui le dit', 'max_length': 160, 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('text', 4), ('source', 5)]], {'group': 'Texte'}), 7: ('wagtail.blocks.CharBlock', (), {'label': 'Titre', 'max_length': 120, 'required': False}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'Question', 'max_length': 200}), 9: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link'], 'label': 'Réponse', 'max_length': 2000}), 10: ('wagtail.blocks.StructBlock', [[('question', 8), ('answer', 9)]], {}), 11: ('wagtail.blocks.ListBlock', (10,), {'label': 'Questions', 'max_num': 20, 'min_num': 1}), 12: ('wagtail.blocks.StructBlock', [[('title', 7), ('questions', 11)]], {'group': 'Texte'}), 13: ('wagtail.blocks.CharBlock', (), {'label': 'Étape', 'max_length': 100}), 14: ('wagtail.blocks.TextBlock', (), {'label': 'Ce qui s’y passe', 'max_length': 500}), 15: ('wagtail.blocks.StructBlock', [[('title', 13), ('text', 14)]], {}), 16: ('wagtail.blocks.ListBlock', (15,), {'label': 'Étapes', 'max_num': 8, 'min_num': 2}), 17: ('wagtail.blocks.StructBlock', [[('title', 7), ('steps', 16)]], {'group': 'Montrer'}), 18: ('wagtail.blocks.CharBlock', (), {'help_text': 'Avec son unité : 35 h, 4 mois, 92 %.', 'label': 'Chiffre', 'max_length': 16}), 19: ('wagtail.blocks.CharBlock', (), {'label': 'Ce qu’il compte', 'max_length': 120}), 20: ('wagtail.blocks.StructBlock', [[('value', 18), ('text', 19)]], {}), 21: ('wagtail.blocks.ListBlock', (20,), {'label': 'Chiffres', 'max_num': 4, 'min_num': 2}), 22: ('wagtail.blocks.CharBlock', (), {'help_text': 'Un chiffre sans source ne vaut rien.', 'label': 'Source et date', 'max_length': 200}), 23: ('wagtail.blocks.StructBlock', [[('figures', 21), ('source', 22)]], {'group': 'Montrer'}), 24: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Image'}), 25: ('wagtail.blocks.CharBlock', (), {'label': 'Légende', 'max_length': 240, 'required': False}), 26: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('text', 'Celle du texte'), ('page', 'Celle de la page')], 'label': 'Largeur'}), 27: ('wagtail.blocks.StructBlock', [[('image', 24), ('caption', 25), ('width', 26)]], {'group': 'Montrer'}), 28: ('wagtail.blocks.CharBlock', (), {'label': 'Secteur', 'max_length': 120}), 29: ('wagtail.blocks.CharBlock', (), {'help_text': 'Avec son accord ; sinon, sa nature.', 'label': 'Client', 'max_length': 140}), 30: ('wagtail.blocks.CharBlock', (), {'label': 'Où', 'max_length': 80, 'required': False}), 31: ('wagtail.blocks.CharBlock', (), {'label': 'Mission', 'max_length': 240}), 32: ('wagtail.blocks.CharBlock', (), {'label': 'Quand', 'max_length': 20, 'required': False}), 33: ('wagtail.blocks.StructBlock', [[('client', 29), ('place', 30), ('mission', 31), ('years', 32)]], {}), 34: ('wagtail.blocks.ListBlock', (33,), {'label': 'Références', 'max_num': 40, 'min_num': 1}), 35: ('wagtail.blocks.StructBlock', [[('title', 28), ('references', 34)]], {'group': 'Montrer'}), 36: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('info', 'À savoir'), ('success', 'Bonne nouvelle'), ('warning', 'Attention')], 'label': 'Ton'}), 37: ('wagtail.blocks.CharBlock', (), {'label': 'Titre', 'max_length': 100, 'required': False}), 38: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link'], 'label': 'Texte', 'max_length': 1500}), 39: ('wagtail.blocks.StructBlock', [[('tone', 36), ('title', 37), ('text', 38)]], {'group': 'Orienter'}), 40: ('wagtail.blocks.TextBlock', (), {'label': 'Texte', 'max_length': 300, 'required': False}), 41: ('wagtail.blocks.CharBlock', (), {'label': 'Texte du lien', 'max_length': 80}), 42: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page du site', 'required': False}), 43: ('wagtail.blocks.URLBlock', (), {'label': 'ou adresse', 'max_length': 300, 'required': False}), 44: ('wagtail.blocks.StructBlock', [[('text', 41), ('page', 42), ('url', 43)]], {'label': 'Lien'}), 45: ('wagtail.blocks.StructBlock', [[('title', 1), ('text', 40), ('link', 44)]], {'group': 'Orienter'}), 46: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page'}), 47: ('wagtail.blocks.ListBlock', (46,), {'label': 'Pages', 'max_num': 8, 'min_num': 1}), 48: ('wagtail.blocks.StructBlock', [[('title', 1), ('pages', 47)]], {'group': 'Orienter'}), 49: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('sessions', 'Les prochaines sessions de formation'), ('offers', 'Les offres d’emploi ouvertes'), ('posts', 'Les derniers articles du blog')], 'label': 'Montrer'}), 50: ('wagtail.blocks.IntegerBlock', (), {'default': 3, 'label': 'Combien', 'max_value': 6, 'min_value': 1}), 51: ('wagtail.blocks.StructBlock', [[('kind', 49), ('count', 50)]], {'group': 'Orienter'}), 52: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'Document'}), 53: ('wagtail.blocks.CharBlock', (), {'help_text': 'À défaut, son titre.', 'label': 'Texte du lien', 'max_length': 120, 'required': False}), 54: ('wagtail.blocks.StructBlock', [[('document', 52), ('text', 53)]], {'group': 'Orienter'})}, verbose_name='texte')),
            ],
            options={
                'verbose_name': 'page d’information sur la formation',
                'verbose_name_plural': 'pages d’information sur la formation',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Venue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='nom')),
                ('address', models.TextField(max_length=300, verbose_name='adresse')),
                ('city', models.CharField(max_length=80, verbose_name='ville')),
                ('access', models.TextField(blank=True, help_text='Transports, stationnement, accès des personnes à mobilité réduite.', max_length=1000, verbose_name='accès et accessibilité')),
            ],
            options={
                'verbose_name': 'lieu',
                'verbose_name_plural': 'lieux',
                'ordering': ['city', 'name'],
            },
        ),
        migrations.CreateModel(
            name='CatalogueIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('introduction', models.TextField(blank=True, max_length=600, verbose_name='introduction')),
                ('body', wagtail.fields.StreamField([('paragraph', 0), ('heading', 3), ('quote', 6), ('faq', 12), ('steps', 17), ('key_figures', 23), ('picture', 27), ('sector', 35), ('callout', 39), ('call_to_action', 45), ('pages', 48), ('teaser', 51), ('document', 54)], blank=True, block_lookup={0: ('home.blocks.text.RichTextParagraphBlock', (), {'group': 'Texte'}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'Titre', 'max_length': 120}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'Une phrase d’introduction', 'max_length': 240, 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('text', 1), ('lead', 2)]], {'group': 'Texte'}), 4: ('wagtail.blocks.TextBlock', (), {'label': 'Citation', 'max_length': 600}), 5: ('wagtail.blocks.CharBlock', (), {'label': 'Qui le dit', 'max_length': 160, 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('text', 4), ('source', 5)]], {'group': 'Texte'}), 7: ('wagtail.blocks.CharBlock', (), {'label': 'Titre', 'max_length': 120, 'required': False}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'Question', 'max_length': 200}), 9: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link'], 'label': 'Réponse', 'max_length': 2000}), 10: ('wagtail.blocks.StructBlock', [[('question', 8), ('answer', 9)]], {}), 11: ('wagtail.blocks.ListBlock', (10,), {'label': 'Questions', 'max_num': 20, 'min_num': 1}), 12: ('wagtail.blocks.StructBlock', [[('title', 7), ('questions', 11)]], {'group': 'Texte'}), 13: ('wagtail.blocks.CharBlock', (), {'label': 'Étape', 'max_length': 100}), 14: ('wagtail.blocks.TextBlock', (), {'label': 'Ce qui s’y passe', 'max_length': 500}), 15: ('wagtail.blocks.StructBlock', [[('title', 13), ('text', 14)]], {}), 16: ('wagtail.blocks.ListBlock', (15,), {'label': 'Étapes', 'max_num': 8, 'min_num': 2}), 17: ('wagtail.blocks.StructBlock', [[('title', 7), ('steps', 16)]], {'group': 'Montrer'}), 18: ('wagtail.blocks.CharBlock', (), {'help_text': 'Avec son unité : 35 h, 4 mois, 92 %.', 'label': 'Chiffre', 'max_length': 16}), 19: ('wagtail.blocks.CharBlock', (), {'label': 'Ce qu’il compte', 'max_length': 120}), 20: ('wagtail.blocks.StructBlock', [[('value', 18), ('text', 19)]], {}), 21: ('wagtail.blocks.ListBlock', (20,), {'label': 'Chiffres', 'max_num': 4, 'min_num': 2}), 22: ('wagtail.blocks.CharBlock', (), {'help_text': 'Un chiffre sans source ne vaut rien.', 'label': 'Source et date', 'max_length': 200}), 23: ('wagtail.blocks.StructBlock', [[('figures', 21), ('source', 22)]], {'group': 'Montrer'}), 24: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Image'}), 25: ('wagtail.blocks.CharBlock', (), {'label': 'Légende', 'max_length': 240, 'required': False}), 26: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('text', 'Celle du texte'), ('page', 'Celle de la page')], 'label': 'Largeur'}), 27: ('wagtail.blocks.StructBlock', [[('image', 24), ('caption', 25), ('width', 26)]], {'group': 'Montrer'}), 28: ('wagtail.blocks.CharBlock', (), {'label': 'Secteur', 'max_length': 120}), 29: ('wagtail.blocks.CharBlock', (), {'help_text': 'Avec son accord ; sinon, sa nature.', 'label': 'Client', 'max_length': 140}), 30: ('wagtail.blocks.CharBlock', (), {'label': 'Où', 'max_length': 80, 'required': False}), 31: ('wagtail.blocks.CharBlock', (), {'label': 'Mission', 'max_length': 240}), 32: ('wagtail.blocks.CharBlock', (), {'label': 'Quand', 'max_length': 20, 'required': False}), 33: ('wagtail.blocks.StructBlock', [[('client', 29), ('place', 30), ('mission', 31), ('years', 32)]], {}), 34: ('wagtail.blocks.ListBlock', (33,), {'label': 'Références', 'max_num': 40, 'min_num': 1}), 35: ('wagtail.blocks.StructBlock', [[('title', 28), ('references', 34)]], {'group': 'Montrer'}), 36: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('info', 'À savoir'), ('success', 'Bonne nouvelle'), ('warning', 'Attention')], 'label': 'Ton'}), 37: ('wagtail.blocks.CharBlock', (), {'label': 'Titre', 'max_length': 100, 'required': False}), 38: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link'], 'label': 'Texte', 'max_length': 1500}), 39: ('wagtail.blocks.StructBlock', [[('tone', 36), ('title', 37), ('text', 38)]], {'group': 'Orienter'}), 40: ('wagtail.blocks.TextBlock', (), {'label': 'Texte', 'max_length': 300, 'required': False}), 41: ('wagtail.blocks.CharBlock', (), {'label': 'Texte du lien', 'max_length': 80}), 42: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page du site', 'required': False}), 43: ('wagtail.blocks.URLBlock', (), {'label': 'ou adresse', 'max_length': 300, 'required': False}), 44: ('wagtail.blocks.StructBlock', [[('text', 41), ('page', 42), ('url', 43)]], {'label': 'Lien'}), 45: ('wagtail.blocks.StructBlock', [[('title', 1), ('text', 40), ('link', 44)]], {'group': 'Orienter'}), 46: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page'}), 47: ('wagtail.blocks.ListBlock', (46,), {'label': 'Pages', 'max_num': 8, 'min_num': 1}), 48: ('wagtail.blocks.StructBlock', [[('title', 1), ('pages', 47)]], {'group': 'Orienter'}), 49: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('sessions', 'Les prochaines sessions de formation'), ('offers', 'Les offres d’emploi ouvertes'), ('posts', 'Les derniers articles du blog')], 'label': 'Montrer'}), 50: ('wagtail.blocks.IntegerBlock', (), {'default': 3, 'label': 'Combien', 'max_value': 6, 'min_value': 1}), 51: ('wagtail.blocks.StructBlock', [[('kind', 49), ('count', 50)]], {'group': 'Orienter'}), 52: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'Document'}), 53: ('wagtail.blocks.CharBlock', (), {'help_text': 'À défaut, son titre.', 'label': 'Texte du lien', 'max_length': 120, 'required': False}), 54: ('wagtail.blocks.StructBlock', [[('document', 52), ('text', 53)]], {'group': 'Orienter'})}, verbose_name='texte')),
                ('contact_name', models.CharField(blank=True, max_length=120, verbose_name='personne à contacter')),
                ('contact_phone', models.CharField(blank=True, max_length=30, verbose_name='téléphone')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='adresse électronique')),
                ('disability_contact', models.CharField(blank=True, help_text='Nom et moyen de le joindre ; une formation peut en indiquer un autre.', max_length=200, verbose_name='référent handicap')),
                ('accessibility_statement', models.TextField(blank=True, help_text='Vaut pour les formations qui n’en disent rien d’autre.', max_length=2000, verbose_name='accessibilité aux personnes handicapées')),
                ('internal_rules_page', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.page', verbose_name='règlement intérieur')),
            ],
            options={
                'verbose_name': 'catalogue des formations',
                'verbose_name_plural': 'catalogues des formations',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.AddField(
            model_name='catalogueindexpage',
            name='social_image',
            field=models.ForeignKey(blank=True, help_text='Montrée quand la page est partagée ; facultative.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.customimage', verbose_name='image de partage'),
        ),
        migrations.AddField(
            model_name='catalogueindexpage',
            name='terms_page',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.page', verbose_name='conditions générales de vente'),
        ),
        migrations.AddField(
            model_name='coursepage',
            name='social_image',
            field=models.ForeignKey(blank=True, help_text='Montrée quand la page est partagée ; facultative.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.customimage', verbose_name='image de partage'),
        ),
        migrations.AddField(
            model_name='coursepage',
            name='theme',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='courses', to='formation.coursetheme', verbose_name='thème'),
        ),
        migrations.AddField(
            model_name='enrolmentevent',
            name='subject',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='formation.enrolment', verbose_name='inscription'),
        ),
        migrations.AddField(
            model_name='enrolmentevent',
            name='user',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='compte'),
        ),
        migrations.AddField(
            model_name='enrolment',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enrolments', to='formation.enrolmentrequest', verbose_name='demande'),
        ),
        migrations.AddField(
            model_name='session',
            name='course',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='formation.coursepage', verbose_name='formation'),
        ),
        migrations.AddField(
            model_name='enrolmentrequest',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='formation.session', verbose_name='session'),
        ),
        migrations.AddField(
            model_name='enrolment',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='formation.session', verbose_name='session'),
        ),
        migrations.AddField(
            model_name='sessionevent',
            name='subject',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='formation.session', verbose_name='session'),
        ),
        migrations.AddField(
            model_name='sessionevent',
            name='user',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='compte'),
        ),
        migrations.AddField(
            model_name='timeslot',
            name='session',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='formation.session', verbose_name='session'),
        ),
        migrations.AddField(
            model_name='timeslot',
            name='trainer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='slots', to='formation.trainer', verbose_name='formateur'),
        ),
        migrations.AddField(
            model_name='coursepage',
            name='trainers',
            field=modelcluster.fields.ParentalManyToManyField(blank=True, related_name='courses', to='formation.trainer', verbose_name='formateurs'),
        ),
        migrations.AddField(
            model_name='traininginformationpage',
            name='social_image',
            field=models.ForeignKey(blank=True, help_text='Montrée quand la page est partagée ; facultative.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.customimage', verbose_name='image de partage'),
        ),
        migrations.AddField(
            model_name='session',
            name='venue',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='formation.venue', verbose_name='lieu'),
        ),
        migrations.AddConstraint(
            model_name='enrolmentrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('buyer_type', 'company'), _negated=True), models.Q(models.Q(('organisation', ''), _negated=True), models.Q(('contact_email', ''), _negated=True), models.Q(('contact_name', ''), _negated=True)), _connector='OR'), name='company_request_has_its_contact', violation_error_message='Une demande d’entreprise a un organisme et un contact.'),
        ),
        migrations.AddConstraint(
            model_name='enrolmentrequest',
            constraint=models.CheckConstraint(condition=models.Q(('buyer_type', 'cpf'), _negated=True), name='cpf_is_never_enrolled_here', violation_error_message='Le CPF passe par Mon Compte Formation.'),
        ),
        migrations.AddIndex(
            model_name='enrolment',
            index=models.Index(fields=['session', 'state'], name='enrolment_by_state'),
        ),
        migrations.AddConstraint(
            model_name='enrolment',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['confirmed', 'requested', 'waitlisted'])), fields=('session', 'person_key'), name='one_live_enrolment_per_person', violation_error_message='Cette personne a déjà une inscription en cours pour cette session.'),
        ),
        migrations.AddConstraint(
            model_name='enrolment',
            constraint=models.CheckConstraint(condition=models.Q(('email_key', ''), _negated=True), name='enrolment_has_an_address', violation_error_message='Une inscription a une adresse électronique.'),
        ),
        migrations.AddConstraint(
            model_name='timeslot',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='slot_ends_after_it_starts', violation_error_message='Une demi-journée finit après son début.'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('seats_taken__gte', 0), ('seats_taken__lte', models.F('capacity'))), name='session_never_oversold', violation_error_message='Une session n’a jamais plus d’inscrits que de places.'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('capacity__gte', 1)), name='session_has_a_capacity', violation_error_message='Une session a au moins une place.'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('min_participants__gte', 1), ('min_participants__lte', models.F('capacity'))), name='session_minimum_fits_capacity', violation_error_message='L’effectif minimal va de 1 au nombre de places.'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ends_at', None), ('starts_at', None)), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='session_ends_after_it_starts', violation_error_message='Une session finit après son début.'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), ('starts_at__isnull', False), _connector='OR'), name='session_out_of_draft_has_dates', violation_error_message='Une session programmée a au moins une demi-journée.'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('enrol_opens_at', None), ('enrol_closes_at', None), ('enrol_closes_at__gt', models.F('enrol_opens_at')), _connector='OR'), name='enrolments_close_after_they_open', violation_error_message='Les inscriptions se closent après leur ouverture.'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('delivery_mode', 'online'), ('state', 'draft'), ('venue__isnull', False), _connector='OR'), name='session_with_presence_has_a_venue', violation_error_message='Une session en présence ou mixte a un lieu.'),
        ),
    ]
