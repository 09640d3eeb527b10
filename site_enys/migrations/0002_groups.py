"""The four roles, who may enter the admin, and the library of images and documents."""

from django.db import migrations

from site_enys.groups import ALL_GROUPS, DIRECTION, grant, model_permissions


def create_groups(apps, schema_editor):
    grant(apps, ALL_GROUPS, ["wagtailadmin.access_admin"])
    grant(apps, [DIRECTION], model_permissions("site_enys.user"))
    grant(apps, [DIRECTION], ["site_enys.view_jobrun", "site_enys.view_privatefileaccess"])
    # Wagtail's stock groups would be a second, unmanaged list of roles; what one of them had to
    # approve is approved by the direction.
    Group = apps.get_model("auth", "Group")
    direction = Group.objects.get(name=DIRECTION)
    for task in apps.get_model("wagtailcore", "GroupApprovalTask").objects.all():
        task.groups.add(direction)
        task.name = "Relecture par la direction"
        task.save()
    apps.get_model("wagtailcore", "Workflow").objects.filter(name="Moderators approval").update(
        name="Relecture avant publication"
    )
    Group.objects.filter(name__in=["Editors", "Moderators"]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("site_enys", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0095_groupsitepermission"),
    ]

    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
