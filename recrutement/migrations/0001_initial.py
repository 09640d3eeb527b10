from django.conf import settings
from django.db import migrations, models
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import modelcluster.contrib.taggit
import modelcluster.fields
import recrutement.models.applications
import site_enys.private_storage
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
            name='Application',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='identifiant')),
                ('reference', models.CharField(max_length=20, unique=True, verbose_name='référence')),
                ('first_name', models.CharField(max_length=80, verbose_name='prénom')),
                ('last_name', models.CharField(max_length=80, verbose_name='nom')),
                ('email', models.EmailField(db_index=True, max_length=254, verbose_name='adresse électronique')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='téléphone')),
                ('message', models.TextField(blank=True, max_length=5000, verbose_name='message')),
                ('source', models.CharField(blank=True, choices=[('site', 'Ce site'), ('france-travail', 'France Travail'), ('apec', 'Apec'), ('linkedin', 'LinkedIn'), ('bouche-a-oreille', 'Le bouche-à-oreille'), ('autre', 'Autre')], max_length=20, verbose_name='a connu l’offre par')),
                ('state', models.CharField(choices=[('quarantine', 'À vérifier'), ('received', 'Reçue'), ('reviewing', 'À l’étude'), ('interview', 'Entretien'), ('offered', 'Proposition faite'), ('hired', 'Recrutée'), ('rejected', 'Non retenue'), ('withdrawn', 'Retirée par la personne'), ('closed', 'Sans suite')], default='received', max_length=12, verbose_name='état')),
                ('state_changed_at', models.DateTimeField(verbose_name='dans cet état depuis')),
                ('submitted_at', models.DateTimeField(verbose_name='envoyée le')),
                ('answer_by', models.DateField(verbose_name='réponse promise avant le')),
                ('first_read_at', models.DateTimeField(blank=True, null=True, verbose_name='lue le')),
                ('notice_version', models.CharField(max_length=20, verbose_name='information lue (version)')),
            ],
            options={
                'verbose_name': 'candidature',
                'verbose_name_plural': 'candidatures',
                'ordering': ['-submitted_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='JobOfferPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('reference', models.CharField(editable=False, max_length=20, unique=True, verbose_name='référence')),
                ('status', models.CharField(choices=[('open', 'Ouverte'), ('suspended', 'Suspendue'), ('filled', 'Pourvue'), ('cancelled', 'Annulée')], default='open', max_length=12, verbose_name='situation')),
                ('closing_date', models.DateField(help_text='Ce jour-là compris, jusqu’à minuit.', verbose_name='date limite de candidature')),
                ('answer_by_days', models.PositiveSmallIntegerField(default=30, help_text='Ce délai est promis à la personne dans l’accusé de réception.', verbose_name='réponse sous (jours)')),
                ('on_behalf_of', models.CharField(blank=True, help_text='La structure qui recrute, si ce n’est pas ENYS Conseil.', max_length=160, verbose_name='recrutement pour')),
                ('contract_type', models.CharField(choices=[('cdi', 'CDI'), ('cdd', 'CDD'), ('cddu', 'CDD d’usage'), ('alternance', 'Alternance'), ('stage', 'Stage'), ('mission', 'Mission indépendante'), ('service-civique', 'Service civique'), ('autre', 'Autre')], max_length=20, verbose_name='contrat')),
                ('contract_months', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='durée (mois)')),
                ('work_time', models.CharField(choices=[('plein', 'Temps plein'), ('partiel', 'Temps partiel')], default='plein', max_length=10, verbose_name='temps de travail')),
                ('hours_per_week', models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(48)], verbose_name='heures par semaine')),
                ('positions', models.PositiveSmallIntegerField(default=1, verbose_name='nombre de postes')),
                ('start_on', models.DateField(blank=True, null=True, verbose_name='prise de poste')),
                ('asap', models.BooleanField(default=False, verbose_name='prise de poste dès que possible')),
                ('street', models.CharField(blank=True, max_length=160, verbose_name='rue')),
                ('postcode', models.CharField(blank=True, max_length=5, validators=[django.core.validators.RegexValidator('^\\d{5}$', 'Un code postal compte cinq chiffres.')], verbose_name='code postal')),
                ('city', models.CharField(blank=True, max_length=80, verbose_name='ville')),
                ('region', models.CharField(blank=True, max_length=60, verbose_name='région')),
                ('remote_policy', models.CharField(choices=[('sur-site', 'Sur site'), ('hybride', 'Télétravail partiel'), ('a-distance', 'À distance')], default='sur-site', max_length=12, verbose_name='télétravail')),
                ('remote_days', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(5)], verbose_name='jours de télétravail par semaine')),
                ('salary_min', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='salaire brut, de')),
                ('salary_max', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='à')),
                ('salary_unit', models.CharField(blank=True, choices=[('heure', 'par heure'), ('jour', 'par jour'), ('mois', 'par mois'), ('an', 'par an')], max_length=10, verbose_name='unité')),
                ('salary_extra', models.CharField(blank=True, max_length=200, verbose_name='en plus du salaire')),
                ('collective_agreement', models.CharField(blank=True, choices=[('syntec', 'Bureaux d’études (Syntec)'), ('ccn66', 'CCN du 15 mars 1966'), ('ccn51', 'CCN du 31 octobre 1951'), ('alisfa', 'Acteurs du lien social et familial (ALISFA)'), ('autre', 'Autre')], max_length=10, verbose_name='convention collective')),
                ('coefficient', models.CharField(blank=True, max_length=60, verbose_name='classification')),
                ('introduction', models.TextField(help_text='Montré dans la liste des offres.', max_length=400, verbose_name='en deux phrases')),
                ('employer_intro', wagtail.fields.RichTextField(blank=True, verbose_name='la structure')),
                ('missions', wagtail.fields.RichTextField(verbose_name='missions')),
                ('profile', wagtail.fields.RichTextField(verbose_name='profil attendu')),
                ('process', wagtail.fields.RichTextField(blank=True, verbose_name='déroulement du recrutement')),
                ('accommodation', models.TextField(blank=True, help_text='Ce que vous pouvez adapter au poste ou à l’entretien.', max_length=600, verbose_name='aménagements possibles')),
                ('qualification_level', models.PositiveSmallIntegerField(blank=True, choices=[(3, 'Niveau 3'), (4, 'Niveau 4'), (5, 'Niveau 5'), (6, 'Niveau 6'), (7, 'Niveau 7'), (8, 'Niveau 8')], null=True, verbose_name='niveau de qualification')),
                ('rome_code', models.CharField(blank=True, max_length=5, validators=[django.core.validators.RegexValidator('^[A-N]\\d{4}$', 'Une lettre et quatre chiffres\xa0: K1801.')], verbose_name='code ROME')),
                ('cv_required', models.BooleanField(default=True, verbose_name='CV obligatoire')),
                ('cover_letter', models.CharField(choices=[('sans', 'Pas de message'), ('facultatif', 'Message facultatif'), ('obligatoire', 'Message obligatoire')], default='facultatif', max_length=12, verbose_name='message de motivation')),
            ],
            options={
                'verbose_name': 'offre d’emploi',
                'verbose_name_plural': 'offres d’emploi',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='OfferTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'étiquette d’offre',
                'verbose_name_plural': 'étiquettes d’offres',
            },
        ),
        migrations.CreateModel(
            name='RecruitmentIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('introduction', models.TextField(blank=True, max_length=600, verbose_name='introduction')),
                ('process', wagtail.fields.StreamField([('step', 2)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Étape', 'max_length': 80}), 1: ('wagtail.blocks.TextBlock', (), {'label': 'Ce qui se passe', 'max_length': 500}), 2: ('wagtail.blocks.StructBlock', [[('title', 0), ('text', 1)]], {})}, verbose_name='étapes du recrutement')),
                ('spontaneous_open', models.BooleanField(default=True, verbose_name='candidatures spontanées ouvertes')),
                ('answer_by_days', models.PositiveSmallIntegerField(default=30, help_text='Ce délai est promis à la personne dans l’accusé de réception.', verbose_name='réponse aux candidatures spontanées sous (jours)')),
            ],
            options={
                'verbose_name': 'page «\xa0Recrutement\xa0»',
                'verbose_name_plural': 'pages «\xa0Recrutement\xa0»',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ApplicationDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('cv', 'CV')], default='cv', max_length=10, verbose_name='nature')),
                ('file', models.FileField(max_length=120, storage=site_enys.private_storage.private_storage, upload_to=recrutement.models.applications.document_name, verbose_name='fichier')),
                ('original_name', models.CharField(max_length=120, verbose_name='nom d’origine')),
                ('sha256', models.CharField(max_length=64, verbose_name='empreinte')),
                ('size', models.PositiveIntegerField(verbose_name='taille (octets)')),
                ('pages', models.PositiveSmallIntegerField(verbose_name='pages')),
                ('created_at', models.DateTimeField(verbose_name='déposée le')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='recrutement.application', verbose_name='candidature')),
            ],
            options={
                'verbose_name': 'pièce',
                'verbose_name_plural': 'pièces',
            },
        ),
        migrations.CreateModel(
            name='ApplicationEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='le')),
                ('transition', models.CharField(max_length=40, verbose_name='transition')),
                ('from_state', models.CharField(max_length=40, verbose_name='de l’état')),
                ('to_state', models.CharField(max_length=40, verbose_name='à l’état')),
                ('role', models.CharField(choices=[('staff', 'l’équipe'), ('person', 'la personne concernée'), ('system', 'le site')], max_length=10, verbose_name='par')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='motif')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='recrutement.application', verbose_name='candidature')),
            ],
            options={
                'verbose_name': 'événement',
                'verbose_name_plural': 'événements',
                'ordering': ['at', 'pk'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='applicationevent',
            name='user',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='compte'),
        ),
        migrations.AddField(
            model_name='jobofferpage',
            name='recruiter',
            field=models.ForeignKey(blank=True, help_text='Reçoit un courriel à chaque candidature.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='suivi par'),
        ),
        migrations.AddField(
            model_name='jobofferpage',
            name='social_image',
            field=models.ForeignKey(blank=True, help_text='Montrée quand la page est partagée ; facultative.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.customimage', verbose_name='image de partage'),
        ),
        migrations.AddField(
            model_name='application',
            name='offer',
            field=models.ForeignKey(blank=True, help_text='Vide\xa0: candidature spontanée.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='recrutement.jobofferpage', verbose_name='offre'),
        ),
        migrations.AddField(
            model_name='offertag',
            name='content_object',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='tagged_items', to='recrutement.jobofferpage', verbose_name='offre'),
        ),
        migrations.AddField(
            model_name='offertag',
            name='tag',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_items', to='taggit.tag'),
        ),
        migrations.AddField(
            model_name='jobofferpage',
            name='tags',
            field=modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='A comma-separated list of tags.', through='recrutement.OfferTag', to='taggit.Tag', verbose_name='étiquettes'),
        ),
        migrations.AddField(
            model_name='recruitmentindexpage',
            name='social_image',
            field=models.ForeignKey(blank=True, help_text='Montrée quand la page est partagée ; facultative.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.customimage', verbose_name='image de partage'),
        ),
        migrations.AddConstraint(
            model_name='applicationdocument',
            constraint=models.UniqueConstraint(fields=('application', 'kind'), name='one_document_of_each_kind', violation_error_message='Cette candidature a déjà une pièce de cette nature.'),
        ),
        migrations.AddConstraint(
            model_name='applicationdocument',
            constraint=models.UniqueConstraint(fields=('file',), name='one_row_per_stored_file', violation_error_message='Ce fichier appartient déjà à une autre pièce.'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['state', 'answer_by'], name='recrutement_desk'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('received', 'reviewing', 'interview', 'offered'))), fields=('email', 'offer'), name='one_ongoing_application_per_offer', violation_error_message='Cette personne a déjà une candidature en cours.'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.UniqueConstraint(condition=models.Q(('offer', None), ('state__in', ('received', 'reviewing', 'interview', 'offered'))), fields=('email',), name='one_ongoing_spontaneous_application', violation_error_message='Cette personne a déjà une candidature en cours.'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['quarantine', 'received', 'reviewing', 'interview', 'offered', 'hired', 'rejected', 'withdrawn', 'closed'])), name='application_state_is_known', violation_error_message='Cet état n’existe pas.'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='application_email_is_lower_case', violation_error_message='L’adresse électronique s’écrit en minuscules.'),
        ),
        migrations.AddConstraint(
            model_name='jobofferpage',
            constraint=models.CheckConstraint(condition=models.Q(('salary_min__lte', models.F('salary_max'))), name='offer_salary_range_is_ordered', violation_error_message='Le haut de la fourchette est inférieur au bas.'),
        ),
        migrations.AddConstraint(
            model_name='jobofferpage',
            constraint=models.CheckConstraint(condition=models.Q(('positions__gte', 1)), name='offer_has_a_position', violation_error_message='Une offre propose au moins un poste.'),
        ),
        migrations.AddConstraint(
            model_name='jobofferpage',
            constraint=models.CheckConstraint(condition=models.Q(('answer_by_days__gte', 1), ('answer_by_days__lte', 90)), name='offer_answer_within_90_days', violation_error_message='Promettez une réponse sous 1 à 90 jours.'),
        ),
        migrations.AddConstraint(
            model_name='recruitmentindexpage',
            constraint=models.CheckConstraint(condition=models.Q(('answer_by_days__gte', 1), ('answer_by_days__lte', 90)), name='spontaneous_answer_within_90_days', violation_error_message='Promettez une réponse sous 1 à 90 jours.'),
        ),
    ]
