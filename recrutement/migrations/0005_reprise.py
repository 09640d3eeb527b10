"""What the rows already there know of their decision, the new rights, the usual diplomas."""

import uuid

from django.db import migrations

from site_enys.groups import DIRECTION, RECRUITMENT, REVIEW, grant, model_permissions

ENDED = ("hired", "rejected", "withdrawn", "closed")
ANSWERS = ("interview", "offered", "hired", "rejected")
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


def complete(apps, schema_editor):
    Application = apps.get_model("recrutement", "Application")
    Event = apps.get_model("recrutement", "ApplicationEvent")
    for application in Application.objects.all():
        answers = Event.objects.filter(subject=application, to_state__in=ANSWERS).order_by("at")
        first = answers.first()
        application.link_nonce = uuid.uuid4()
        application.first_answer_at = first.at if first else None
        if application.state in ENDED:
            application.decided_at = application.state_changed_at
        application.save(update_fields=["link_nonce", "first_answer_at", "decided_at"])


def add_diplomas(apps, schema_editor):
    Diploma = apps.get_model("recrutement", "Diploma")
    for slug, name in DIPLOMAS:
        Diploma.objects.get_or_create(slug=slug, defaults={"name": name})


def give_rights(apps, schema_editor):
    grant(
        apps,
        [DIRECTION, RECRUITMENT],
        [
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
    dependencies = [("recrutement", "0004_bureau"), ("site_enys", "0003_evaluation")]

    operations = [
        migrations.RunPython(complete, migrations.RunPython.noop),
        migrations.RunPython(add_diplomas, migrations.RunPython.noop),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
