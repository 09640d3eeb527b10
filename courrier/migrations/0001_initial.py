import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='OutgoingMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(db_index=True, max_length=60, verbose_name='nature')),
                ('to', models.EmailField(max_length=320, verbose_name='destinataire')),
                ('reply_to', models.EmailField(blank=True, max_length=320, verbose_name='répondre à')),
                ('subject', models.CharField(max_length=250, verbose_name='objet')),
                ('text', models.TextField(verbose_name='texte')),
                ('html', models.TextField(blank=True, verbose_name='version HTML')),
                ('about', models.CharField(blank=True, db_index=True, max_length=120, verbose_name='au sujet de')),
                ('message_id', models.CharField(max_length=200, unique=True, verbose_name='identifiant')),
                ('state', models.CharField(choices=[('queued', 'À envoyer'), ('sent', 'Envoyé'), ('failed', 'En échec')], default='queued', max_length=10, verbose_name='état')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='essais')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='rédigé le')),
                ('next_try_at', models.DateTimeField(verbose_name='prochain essai')),
                ('leased_until', models.DateTimeField(blank=True, null=True, verbose_name='pris en charge jusqu’à')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='envoyé le')),
                ('last_error', models.TextField(blank=True, verbose_name='dernière erreur')),
            ],
            options={
                'verbose_name': 'courriel',
                'verbose_name_plural': 'courriels',
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(fields=['state', 'next_try_at'], name='courrier_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at', None)), _connector='OR'), name='sent_message_has_its_instant', violation_error_message='Un courriel envoyé porte la date de son envoi.')],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='nom')),
                ('content_type', models.CharField(max_length=100, verbose_name='type')),
                ('content', models.BinaryField(verbose_name='contenu')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='courrier.outgoingmessage', verbose_name='courriel')),
            ],
            options={
                'verbose_name': 'pièce jointe',
                'verbose_name_plural': 'pièces jointes',
            },
        ),
    ]
