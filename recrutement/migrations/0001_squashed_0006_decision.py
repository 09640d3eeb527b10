"""What the six first migrations make, in one: a new site does not replay their story."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import modelcluster.contrib.taggit
import modelcluster.fields
import recrutement.models.applications
import site_enys.private_storage
import uuid
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

from site_enys.groups import DIRECTION, RECRUITMENT, REVIEW, grant, model_permissions

DIPLOMAS = (
    ("deis", "DEIS (ingénierie sociale)"),
    ("cafdes", "CAFDES (direction d’établissement)"),
    ("caferuis", "CAFERUIS (encadrement)"),
    ("deass", "DEASS (assistance de service social)"),
    ("dees", "DEES (éducation spécialisée)"),
    ("deeje", "DEEJE (éducation de jeunes enfants)"),
    ("decesf", "DECESF (économie sociale familiale)"),
    ("deets", "DEETS (éducation technique spécialisée)"),
    ("deme", "DEME (moniteur éducateur)"),
    ("demf", "DEMF (médiation familiale)"),
    ("dejeps", "DEJEPS (jeunesse et éducation populaire)"),
    ("master-sociologie", "Master de sociologie"),
    ("master-sciences-education", "Master de sciences de l’éducation"),
    ("master-politiques-sociales", "Master de politiques sociales"),
)


def add_diplomas(apps, schema_editor):
    Diploma = apps.get_model("recrutement", "Diploma")
    for slug, name in DIPLOMAS:
        Diploma.objects.get_or_create(slug=slug, defaults={"name": name})


def give_rights(apps, schema_editor):
    grant(
        apps,
        [DIRECTION, RECRUITMENT],
        [
            *model_permissions("recrutement.application", "view", "change", "delete"),
            *model_permissions("recrutement.applicationdocument", "view"),
            *model_permissions("recrutement.poolconsent", "view", "change"),
            *model_permissions("recrutement.accommodationrequest", "view"),
            *model_permissions("recrutement.diploma"),
        ],
    )
    grant(
        apps,
        [DIRECTION],
        [
            "recrutement.hold_application",
            *model_permissions("recrutement.recruitmentsettings", "change"),
        ],
    )
    grant(apps, [REVIEW], ["wagtailadmin.access_admin", "recrutement.review_application"])


class Migration(migrations.Migration):

    replaces = [('recrutement', '0001_initial'), ('recrutement', '0002_groups'), ('recrutement', '0003_forced'), ('recrutement', '0004_bureau'), ('recrutement', '0005_reprise'), ('recrutement', '0006_decision')]

    initial = True

    dependencies = [
        ('home', '0001_initial'),
        ('site_enys', '0002_groups'),
        ('site_enys', '0003_evaluation'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='RecruitmentIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('introduction', models.TextField(blank=True, max_length=600, verbose_name='introduction')),
                ('process', wagtail.fields.StreamField([('step', 2)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Étape', 'max_length': 80}), 1: ('wagtail.blocks.TextBlock', (), {'label': 'Ce qui se passe', 'max_length': 500}), 2: ('wagtail.blocks.StructBlock', [[('title', 0), ('text', 1)]], {})}, verbose_name='étapes du recrutement')),
                ('spontaneous_open', models.BooleanField(default=True, verbose_name='candidatures spontanées ouvertes')),
                ('answer_by_days', models.PositiveSmallIntegerField(default=30, help_text='Ce délai est promis à la personne dans l’accusé de réception.', verbose_name='réponse aux candidatures spontanées sous (jours)')),
                ('social_image', models.ForeignKey(blank=True, help_text='Montrée quand la page est partagée ; facultative.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.customimage', verbose_name='image de partage')),
                ('spontaneous_until', models.DateField(blank=True, help_text='Ce jour-là compris\xa0; vide\xa0: sans limite.', null=True, verbose_name='jusqu’au')),
            ],
            options={
                'verbose_name': 'page «\xa0Recrutement\xa0»',
                'verbose_name_plural': 'pages «\xa0Recrutement\xa0»',
                'constraints': [models.CheckConstraint(condition=models.Q(('answer_by_days__gte', 1), ('answer_by_days__lte', 90)), name='spontaneous_answer_within_90_days', violation_error_message='Promettez une réponse sous 1 à 90 jours.')],
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='AnonymizedApplication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('offer_reference', models.CharField(blank=True, max_length=20, verbose_name='référence de l’offre')),
                ('contract_type', models.CharField(blank=True, choices=[('cdi', 'CDI'), ('cdd', 'CDD'), ('cddu', 'CDD d’usage'), ('alternance', 'Alternance'), ('stage', 'Stage'), ('mission', 'Mission indépendante'), ('service-civique', 'Service civique'), ('autre', 'Autre')], max_length=20, verbose_name='contrat')),
                ('submitted_month', models.DateField(verbose_name='mois de l’envoi')),
                ('decided_month', models.DateField(blank=True, null=True, verbose_name='mois de la décision')),
                ('state', models.CharField(choices=[('quarantine', 'À vérifier'), ('received', 'Reçue'), ('reviewing', 'À l’étude'), ('interview', 'Entretien'), ('offered', 'Proposition faite'), ('hired', 'Recrutée'), ('rejected', 'Non retenue'), ('withdrawn', 'Retirée par la personne'), ('closed', 'Sans suite')], max_length=12, verbose_name='issue')),
                ('reject_reason', models.CharField(blank=True, choices=[('experience', 'Expérience trop éloignée du poste'), ('qualification', 'Diplôme ou habilitation exigés pour le poste'), ('autre-profil', 'Une autre candidature correspond davantage'), ('disponibilite', 'Dates ou lieu qui ne s’accordent pas'), ('incomplete', 'Candidature incomplète'), ('sans-besoin', 'Pas de poste de cette nature en ce moment'), ('autre', 'Autre raison')], max_length=20, verbose_name='raison')),
                ('source', models.CharField(blank=True, choices=[('site', 'Ce site'), ('france-travail', 'France Travail'), ('apec', 'Apec'), ('linkedin', 'LinkedIn'), ('bouche-a-oreille', 'Le bouche-à-oreille'), ('autre', 'Autre')], max_length=20, verbose_name='a connu l’offre par')),
                ('days_to_answer', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='jours jusqu’à la première réponse')),
            ],
            options={
                'verbose_name': 'candidature oubliée',
                'verbose_name_plural': 'candidatures oubliées',
                'ordering': ['submitted_month', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('submitted_month__day', 1), models.Q(('decided_month', None), ('decided_month__day', 1), _connector='OR')), name='forgotten_applications_know_months_only')],
            },
        ),
        migrations.CreateModel(
            name='DailyRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, verbose_name='le')),
                ('applied', models.BooleanField(verbose_name='pour de bon')),
                ('counts', models.JSONField(verbose_name='décompte')),
            ],
            options={
                'verbose_name': 'passage quotidien',
                'verbose_name_plural': 'passages quotidiens',
                'ordering': ['-at'],
            },
        ),
        migrations.CreateModel(
            name='Diploma',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='name')),
                ('slug', models.SlugField(allow_unicode=True, max_length=100, unique=True, verbose_name='slug')),
            ],
            options={
                'verbose_name': 'diplôme',
                'verbose_name_plural': 'diplômes',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='FormCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, verbose_name='le')),
                ('passed', models.BooleanField(verbose_name='réussi')),
                ('door', models.CharField(blank=True, max_length=80, verbose_name='par')),
                ('detail', models.TextField(max_length=1000, verbose_name='constat')),
            ],
            options={
                'verbose_name': 'vérification du formulaire',
                'verbose_name_plural': 'vérifications du formulaire',
                'ordering': ['-at'],
            },
        ),
        migrations.CreateModel(
            name='RecruitmentSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kept_months', models.PositiveSmallIntegerField(default=3, help_text='3 mois au plus sans accord\xa0: le temps d’expliquer un refus.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(3)], verbose_name='après la fin du recrutement (mois)')),
                ('pool_months', models.PositiveSmallIntegerField(default=24, help_text='24 mois au plus, avec l’accord de la personne, qui peut le renouveler.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(24)], verbose_name='dans le vivier (mois)')),
                ('quarantine_days', models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)], verbose_name='à vérifier (jours)')),
                ('hold_years', models.PositiveSmallIntegerField(default=5, help_text='5 ans au plus (Code du travail, art. L1134-5).', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='en cas de litige (ans)')),
                ('reminder_days', models.PositiveSmallIntegerField(default=7, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)], verbose_name='rappel avant la réponse promise (jours)')),
                ('last_resort_days', models.PositiveSmallIntegerField(default=60, help_text='Écrite par le site quand personne n’a répondu\xa0; 0 pour ne jamais l’écrire.', validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(120)], verbose_name='réponse de dernier recours (jours)')),
                ('pool_renewal_days', models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MinValueValidator(7), django.core.validators.MaxValueValidator(60)], verbose_name='renouvellement du vivier (jours avant la fin)')),
                ('max_file_megabytes', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='taille d’un CV (Mo)')),
                ('notice_extra', models.TextField(blank=True, help_text='Ce que le site ne peut pas savoir\xa0: un prestataire, un test…', max_length=1000, verbose_name='à ajouter à l’information donnée aux candidats')),
                ('accommodation_contact', models.CharField(blank=True, max_length=160, verbose_name='qui répond aux demandes d’aménagement')),
            ],
            options={
                'verbose_name': 'réglages du recrutement',
                'verbose_name_plural': 'réglages du recrutement',
            },
        ),
        migrations.CreateModel(
            name='RejectionText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('experience', 'Expérience trop éloignée du poste'), ('qualification', 'Diplôme ou habilitation exigés pour le poste'), ('autre-profil', 'Une autre candidature correspond davantage'), ('disponibilite', 'Dates ou lieu qui ne s’accordent pas'), ('incomplete', 'Candidature incomplète'), ('sans-besoin', 'Pas de poste de cette nature en ce moment'), ('autre', 'Autre raison')], max_length=20, verbose_name='raison')),
                ('text', models.TextField(max_length=2000, verbose_name='message')),
                ('settings', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='rejection_texts', to='recrutement.recruitmentsettings')),
            ],
            options={
                'verbose_name': 'message de refus',
                'verbose_name_plural': 'messages de refus',
                'constraints': [models.UniqueConstraint(fields=('settings', 'reason'), name='one_rejection_text_per_reason', violation_error_message='Cette raison a déjà son message.')],
            },
        ),
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
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='close le')),
                ('first_answer_at', models.DateTimeField(blank=True, null=True, verbose_name='première réponse le')),
                ('held_at', models.DateTimeField(blank=True, null=True, verbose_name='gardée pour un litige depuis')),
                ('hold_reason', models.CharField(blank=True, max_length=500, verbose_name='raison de cette garde')),
                ('last_resort_at', models.DateTimeField(blank=True, null=True, verbose_name='réponse de dernier recours le')),
                ('link_nonce', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='secret des liens')),
                ('notice_shown_at', models.DateTimeField(blank=True, null=True, verbose_name='information montrée le')),
                ('reject_reason', models.CharField(blank=True, choices=[('experience', 'Expérience trop éloignée du poste'), ('qualification', 'Diplôme ou habilitation exigés pour le poste'), ('autre-profil', 'Une autre candidature correspond davantage'), ('disponibilite', 'Dates ou lieu qui ne s’accordent pas'), ('incomplete', 'Candidature incomplète'), ('sans-besoin', 'Pas de poste de cette nature en ce moment'), ('autre', 'Autre raison')], max_length=20, verbose_name='raison du refus')),
                ('synthetic', models.BooleanField(default=False, editable=False, verbose_name='envoi de contrôle')),
            ],
            options={
                'verbose_name': 'candidature',
                'verbose_name_plural': 'candidatures',
                'ordering': ['-submitted_at', 'pk'],
                'indexes': [models.Index(fields=['state', 'answer_by'], name='recrutement_desk'), models.Index(fields=['-submitted_at'], name='recrutement_latest'), models.Index(fields=['decided_at'], name='recrutement_decided')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['quarantine', 'received', 'reviewing', 'interview', 'offered', 'hired', 'rejected', 'withdrawn', 'closed'])), name='application_state_is_known', violation_error_message='Cet état n’existe pas.'), models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='application_email_is_lower_case', violation_error_message='L’adresse électronique s’écrit en minuscules.'), models.CheckConstraint(condition=models.Q(('held_at', None), models.Q(('hold_reason', ''), _negated=True), _connector='OR'), name='application_is_held_for_a_reason', violation_error_message='Dites pourquoi cette candidature est gardée.'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', False), ('state__in', ('hired', 'rejected', 'withdrawn', 'closed'))), models.Q(models.Q(('state__in', ('hired', 'rejected', 'withdrawn', 'closed')), _negated=True), ('decided_at', None)), _connector='OR'), name='application_is_decided_in_its_last_states', violation_error_message='Le jour de la décision et l’état ne s’accordent pas.')],
                'permissions': [('review_application', 'Évaluer les candidatures des offres confiées'), ('hold_application', 'Garder une candidature pour un litige')],
            },
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
                ('scan_state', models.CharField(choices=[('non-analyse', 'Non analysé'), ('sain', 'Sain'), ('infecte', 'Infecté')], default='non-analyse', max_length=12, verbose_name='antivirus')),
            ],
            options={
                'verbose_name': 'pièce',
                'verbose_name_plural': 'pièces',
                'constraints': [models.UniqueConstraint(fields=('application', 'kind'), name='one_document_of_each_kind', violation_error_message='Cette candidature a déjà une pièce de cette nature.'), models.UniqueConstraint(fields=('file',), name='one_row_per_stored_file', violation_error_message='Ce fichier appartient déjà à une autre pièce.')],
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
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='compte')),
                ('forced', models.BooleanField(default=False, verbose_name='contre l’usage')),
            ],
            options={
                'verbose_name': 'événement',
                'verbose_name_plural': 'événements',
                'ordering': ['at', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AccommodationRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=1000, verbose_name='aménagement demandé')),
                ('at', models.DateTimeField(verbose_name='demandé le')),
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='accommodation_request', to='recrutement.application', verbose_name='candidature')),
            ],
            options={
                'verbose_name': 'demande d’aménagement',
                'verbose_name_plural': 'demandes d’aménagement',
            },
        ),
        migrations.CreateModel(
            name='ApplicationAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='rang')),
                ('question', models.CharField(max_length=200, verbose_name='question')),
                ('answer', models.TextField(blank=True, max_length=3000, verbose_name='réponse')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='recrutement.application', verbose_name='candidature')),
            ],
            options={
                'verbose_name': 'réponse',
                'verbose_name_plural': 'réponses',
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('application', 'position'), name='one_answer_per_question')],
            },
        ),
        migrations.CreateModel(
            name='ApplicationNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='le')),
                ('text', models.TextField(max_length=3000, verbose_name='note')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='recrutement.application', verbose_name='candidature')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
            ],
            options={
                'verbose_name': 'note interne',
                'verbose_name_plural': 'notes internes',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ApplicationRating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('criterion', models.CharField(max_length=80, verbose_name='critère')),
                ('score', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(4)], verbose_name='note')),
                ('at', models.DateTimeField(verbose_name='le')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ratings', to='recrutement.application', verbose_name='candidature')),
                ('reviewer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
            ],
            options={
                'verbose_name': 'évaluation',
                'verbose_name_plural': 'évaluations',
                'ordering': ['criterion', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('application', 'reviewer', 'criterion'), name='one_rating_per_reviewer_and_criterion'), models.CheckConstraint(condition=models.Q(('score__gte', 1), ('score__lte', 4)), name='rating_from_one_to_four', violation_error_message='Une note va de 1 à 4.')],
            },
        ),
        migrations.CreateModel(
            name='ApplicationReveal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='le')),
                ('reason', models.CharField(max_length=500, verbose_name='motif')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reveals', to='recrutement.application', verbose_name='candidature')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
            ],
            options={
                'verbose_name': 'levée d’anonymat',
                'verbose_name_plural': 'levées d’anonymat',
                'ordering': ['at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('application', 'user'), name='one_reveal_per_reader')],
            },
        ),
        migrations.CreateModel(
            name='Interview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, unique=True, verbose_name='identifiant public')),
                ('kind', models.CharField(choices=[('sur-place', 'Sur place'), ('visio', 'En visioconférence'), ('telephone', 'Par téléphone')], max_length=12, verbose_name='forme')),
                ('starts_at', models.DateTimeField(verbose_name='début')),
                ('minutes', models.PositiveSmallIntegerField(default=60, validators=[django.core.validators.MinValueValidator(10), django.core.validators.MaxValueValidator(480)], verbose_name='durée (minutes)')),
                ('place', models.CharField(help_text='L’adresse, le lien de la visioconférence, ou qui appelle qui.', max_length=300, verbose_name='lieu, lien ou numéro')),
                ('details', models.TextField(blank=True, help_text='Qui elle verra, ce qui est prévu, et les méthodes employées (art. L1221-8).', max_length=2000, verbose_name='à dire à la personne')),
                ('sequence', models.PositiveSmallIntegerField(default=0, verbose_name='version')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='annulé le')),
                ('created_at', models.DateTimeField(verbose_name='fixé le')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interviews', to='recrutement.application', verbose_name='candidature')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
            ],
            options={
                'verbose_name': 'entretien',
                'verbose_name_plural': 'entretiens',
                'ordering': ['starts_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('minutes__gte', 10), ('minutes__lte', 480)), name='interview_lasts_ten_minutes_to_a_day', violation_error_message='Un entretien dure de 10 minutes à 8 heures.')],
            },
        ),
        migrations.CreateModel(
            name='PoolConsent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('given_at', models.DateTimeField(verbose_name='donné le')),
                ('text_version', models.CharField(max_length=20, verbose_name='texte accepté (version)')),
                ('skills', models.TextField(blank=True, max_length=1000, verbose_name='ce que la personne sait faire')),
                ('places', models.CharField(blank=True, max_length=200, verbose_name='où la personne veut travailler')),
                ('expires_on', models.DateField(verbose_name='jusqu’au')),
                ('renewal_asked_at', models.DateTimeField(blank=True, null=True, verbose_name='renouvellement proposé le')),
                ('renewed_at', models.DateTimeField(blank=True, null=True, verbose_name='renouvelé le')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='retiré le')),
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='pool_consent', to='recrutement.application', verbose_name='candidature')),
                ('diplomas', models.ManyToManyField(blank=True, related_name='consents', to='recrutement.diploma', verbose_name='diplômes')),
            ],
            options={
                'verbose_name': 'accord pour le vivier',
                'verbose_name_plural': 'accords pour le vivier',
                'ordering': ['-given_at', 'pk'],
                'indexes': [models.Index(fields=['expires_on'], name='recrutement_pool')],
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
                ('recruiter', models.ForeignKey(blank=True, help_text='Reçoit un courriel à chaque candidature.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='suivi par')),
                ('social_image', models.ForeignKey(blank=True, help_text='Montrée quand la page est partagée ; facultative.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.customimage', verbose_name='image de partage')),
                ('blind_review', models.BooleanField(default=False, help_text='L’identité et les pièces restent cachées tant que personne ne les demande.', verbose_name='lecture à l’aveugle')),
                ('closed_on', models.DateField(blank=True, editable=False, null=True, verbose_name='close depuis le')),
                ('country', models.CharField(choices=[('FR', 'France'), ('BE', 'Belgique'), ('CH', 'Suisse'), ('LU', 'Luxembourg'), ('DE', 'Allemagne'), ('ES', 'Espagne'), ('IT', 'Italie')], default='FR', max_length=2, verbose_name='pays')),
                ('hide_employer', models.BooleanField(default=False, help_text='Le directeur de la publication, lui, le connaît (Code du travail, L5332-2).', verbose_name='taire son nom dans l’annonce')),
                ('remote_area', models.CharField(choices=[('FR', 'France'), ('BE', 'Belgique'), ('CH', 'Suisse'), ('LU', 'Luxembourg'), ('DE', 'Allemagne'), ('ES', 'Espagne'), ('IT', 'Italie')], default='FR', max_length=2, verbose_name='pays d’où l’on peut télétravailler')),
                ('reviewers', modelcluster.fields.ParentalManyToManyField(blank=True, help_text='Lisent les candidatures de cette offre, et d’aucune autre.', related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='évaluateurs')),
            ],
            options={
                'verbose_name': 'offre d’emploi',
                'verbose_name_plural': 'offres d’emploi',
                'constraints': [models.CheckConstraint(condition=models.Q(('salary_min__lte', models.F('salary_max'))), name='offer_salary_range_is_ordered', violation_error_message='Le haut de la fourchette est inférieur au bas.'), models.CheckConstraint(condition=models.Q(('positions__gte', 1)), name='offer_has_a_position', violation_error_message='Une offre propose au moins un poste.'), models.CheckConstraint(condition=models.Q(('answer_by_days__gte', 1), ('answer_by_days__lte', 90)), name='offer_answer_within_90_days', violation_error_message='Promettez une réponse sous 1 à 90 jours.')],
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='OfferTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='tagged_items', to='recrutement.jobofferpage', verbose_name='offre')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_items', to='taggit.tag')),
            ],
            options={
                'verbose_name': 'étiquette d’offre',
                'verbose_name_plural': 'étiquettes d’offres',
            },
        ),
        migrations.CreateModel(
            name='OfferCriterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('label', models.CharField(max_length=80, verbose_name='critère')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='recrutement.jobofferpage', verbose_name='offre')),
            ],
            options={
                'verbose_name': 'critère',
                'verbose_name_plural': 'critères',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OfferDiploma',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='diploma_items', to='recrutement.jobofferpage', verbose_name='offre')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offer_items', to='recrutement.diploma', verbose_name='diplôme')),
            ],
            options={
                'verbose_name': 'diplôme d’une offre',
                'verbose_name_plural': 'diplômes des offres',
            },
        ),
        migrations.CreateModel(
            name='OfferOverride',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='le')),
                ('code', models.CharField(max_length=40, verbose_name='point')),
                ('excerpt', models.CharField(blank=True, max_length=120, verbose_name='passage')),
                ('article', models.CharField(max_length=80, verbose_name='texte')),
                ('reason', models.CharField(max_length=500, verbose_name='motif')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='overrides', to='recrutement.jobofferpage', verbose_name='offre')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
            ],
            options={
                'verbose_name': 'avertissement passé outre',
                'verbose_name_plural': 'avertissements passés outre',
                'ordering': ['at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('offer', 'code', 'excerpt'), name='one_override_per_warning')],
            },
        ),
        migrations.CreateModel(
            name='OfferQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('label', models.CharField(max_length=200, verbose_name='question')),
                ('kind', models.CharField(choices=[('court', 'Réponse courte'), ('long', 'Réponse longue'), ('oui-non', 'Oui ou non'), ('choix', 'Un choix dans une liste')], default='court', max_length=10, verbose_name='réponse')),
                ('choices', models.TextField(blank=True, help_text='Un par ligne.', max_length=600, verbose_name='choix proposés')),
                ('required', models.BooleanField(default=False, verbose_name='réponse obligatoire')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='recrutement.jobofferpage', verbose_name='offre')),
            ],
            options={
                'verbose_name': 'question',
                'verbose_name_plural': 'questions',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='application',
            name='offer',
            field=models.ForeignKey(blank=True, help_text='Vide\xa0: candidature spontanée.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='recrutement.jobofferpage', verbose_name='offre'),
        ),
        migrations.AddField(
            model_name='jobofferpage',
            name='tags',
            field=modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='A comma-separated list of tags.', through='recrutement.OfferTag', to='taggit.Tag', verbose_name='étiquettes'),
        ),
        migrations.AddField(
            model_name='jobofferpage',
            name='diplomas',
            field=modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='A comma-separated list of tags.', through='recrutement.OfferDiploma', to='recrutement.Diploma', verbose_name='diplômes'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('received', 'reviewing', 'interview', 'offered'))), fields=('email', 'offer'), name='one_ongoing_application_per_offer', violation_error_message='Cette personne a déjà une candidature en cours.'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.UniqueConstraint(condition=models.Q(('offer', None), ('state__in', ('received', 'reviewing', 'interview', 'offered'))), fields=('email',), name='one_ongoing_spontaneous_application', violation_error_message='Cette personne a déjà une candidature en cours.'),
        ),
        migrations.RunPython(add_diplomas, migrations.RunPython.noop),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
