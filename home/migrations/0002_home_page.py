"""A fresh database shows our home page, not Wagtail's welcome page."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import migrations


def create_home_page(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    HomePage = apps.get_model("home", "HomePage")
    Locale = apps.get_model("wagtailcore", "Locale")
    OrganisationSettings = apps.get_model("home", "OrganisationSettings")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    if HomePage.objects.exists():
        return
    # Deleting the welcome page takes Wagtail's placeholder site with it.
    Page.objects.filter(path="00010001", content_type__model="page", numchild=0).delete()
    if Page.objects.filter(depth=2).exists():
        return
    content_type, _ = ContentType.objects.get_or_create(app_label="home", model="homepage")
    home = HomePage.objects.create(
        title="Accueil",
        draft_title="Accueil",
        slug="accueil",
        url_path="/accueil/",
        path="00010001",
        depth=2,
        numchild=0,
        live=True,
        show_in_menus=True,
        content_type=content_type,
        locale=Locale.objects.first(),
        headline="Donner forme à\u00a0l’action sociale",
        introduction=(
            "ENYS Conseil est un cabinet d’ingénierie sociale. Il conçoit, conduit et évalue des "
            "projets avec les établissements et services sociaux et médico-sociaux."
        ),
    )
    Page.objects.filter(depth=1).update(numchild=1)
    address = urlsplit(settings.SITE_URL)
    site = Site.objects.create(
        hostname=address.hostname or "localhost",
        port=address.port or (443 if address.scheme == "https" else 80),
        site_name="ENYS Conseil",
        root_page_id=home.pk,
        is_default_site=True,
    )
    OrganisationSettings.objects.get_or_create(site=site)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(create_home_page, migrations.RunPython.noop)]
