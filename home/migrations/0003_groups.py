"""What each role may do with pages, images, documents, messages and settings."""

from django.db import migrations

from site_enys.groups import ALL_GROUPS, DIRECTION, EDITORS, grant, model_permissions

PAGE_ACTIONS = ("add", "change", "publish", "lock", "unlock", "bulk_delete")
LIBRARY = (("wagtailimages", "image"), ("wagtaildocs", "document"))


def permission(apps, app_label, model, action):
    ContentType = apps.get_model("contenttypes", "ContentType")
    content_type, _ = ContentType.objects.get_or_create(app_label=app_label, model=model)
    row, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type,
        codename=f"{action}_{model}",
        defaults={"name": f"Can {action} {model}"},
    )
    return row


def open_the_tree(apps, groups):
    home = apps.get_model("home", "HomePage").objects.first()
    if home is None:
        return
    rows = apps.get_model("wagtailcore", "GroupPagePermission").objects
    for group in groups:
        for action in PAGE_ACTIONS:
            rows.get_or_create(
                group=group, page_id=home.pk, permission=permission(apps, "wagtailcore", "page", action)
            )


def open_the_library(apps, groups, actions):
    root = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    rows = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    for group in groups:
        for app_label, model in LIBRARY:
            for action in actions:
                rows.get_or_create(
                    group=group,
                    collection=root,
                    permission=permission(apps, app_label, model, action),
                )


def set_permissions(apps, schema_editor):
    grant(
        apps,
        [DIRECTION, EDITORS],
        [
            *model_permissions("home.contactmessage", "view", "change"),
            *model_permissions("home.organisationsettings", "change"),
            *model_permissions("wagtailredirects.redirect"),
        ],
    )
    grant(
        apps,
        [DIRECTION],
        [
            *model_permissions("wagtailcore.collection", "add", "change", "delete"),
            *model_permissions("wagtailcore.workflow", "add", "change", "delete"),
            *model_permissions("wagtailcore.task", "add", "change", "delete"),
        ],
    )
    groups = {
        group.name: group
        for group in apps.get_model("auth", "Group").objects.filter(name__in=ALL_GROUPS)
    }
    writers = [groups[DIRECTION], groups[EDITORS]]
    open_the_tree(apps, writers)
    open_the_library(apps, groups.values(), ("add", "choose"))
    open_the_library(apps, writers, ("change",))


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0002_home_page"),
        ("site_enys", "0002_groups"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [migrations.RunPython(set_permissions, migrations.RunPython.noop)]
