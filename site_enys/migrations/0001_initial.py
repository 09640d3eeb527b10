import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='FormSubmission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nonce', models.UUIDField(unique=True, verbose_name='jeton')),
                ('purpose', models.CharField(max_length=40, verbose_name='formulaire')),
                ('result_url', models.CharField(blank=True, max_length=500, verbose_name='page de résultat')),
                ('digest', models.CharField(blank=True, max_length=64, verbose_name='empreinte des réponses')),
                ('quarantined', models.BooleanField(default=False, verbose_name='mis de côté')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='le')),
            ],
            options={
                'verbose_name': 'envoi de formulaire',
                'verbose_name_plural': 'envois de formulaires',
            },
        ),
        migrations.CreateModel(
            name='JobRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True, verbose_name='tâche')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='dernier départ')),
                ('running', models.BooleanField(default=False, verbose_name='en cours')),
                ('succeeded_at', models.DateTimeField(blank=True, null=True, verbose_name='dernière réussite')),
                ('last_error', models.TextField(blank=True, verbose_name='dernière erreur')),
            ],
            options={
                'verbose_name': 'tâche programmée',
                'verbose_name_plural': 'tâches programmées',
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'compte',
                'verbose_name_plural': 'comptes',
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='PrivateFileAccess',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='le')),
                ('subject', models.CharField(max_length=120, verbose_name='pièce')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='compte')),
            ],
            options={
                'verbose_name': 'consultation de pièce',
                'verbose_name_plural': 'consultations de pièces',
                'ordering': ['-at'],
            },
        ),
        migrations.CreateModel(
            name='RateWindow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, verbose_name='clé')),
                ('hour', models.DateTimeField(db_index=True, verbose_name='heure')),
                ('count', models.PositiveIntegerField(default=0, verbose_name='envois')),
            ],
            options={
                'verbose_name': 'fenêtre de débit',
                'verbose_name_plural': 'fenêtres de débit',
                'constraints': [models.UniqueConstraint(fields=('key', 'hour'), name='one_rate_window_per_key_and_hour')],
            },
        ),
    ]
