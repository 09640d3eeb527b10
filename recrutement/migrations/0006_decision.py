# Apart from the data that must obey it: PostgreSQL does not alter a table with pending events.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recrutement', '0005_reprise'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', False), ('state__in', ('hired', 'rejected', 'withdrawn', 'closed'))), models.Q(models.Q(('state__in', ('hired', 'rejected', 'withdrawn', 'closed')), _negated=True), ('decided_at', None)), _connector='OR'), name='application_is_decided_in_its_last_states', violation_error_message='Le jour de la décision et l’état ne s’accordent pas.'),
        ),
    ]
