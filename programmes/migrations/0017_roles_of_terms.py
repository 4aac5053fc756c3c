from django.contrib.auth.management import create_permissions
from django.db import migrations

# As with synonyms: curators edit them, publishers delete them too.
READERS = ("view_term",)
CURATORS = (*READERS, "add_term", "change_term")
PUBLISHERS = (*CURATORS, "delete_term")
ROLES = {"Readers": READERS, "Curators": CURATORS, "Publishers": PUBLISHERS, "Administrators": PUBLISHERS}


def give_permissions(apps, schema_editor):
    """Give the groups that curators belong to their permissions for terms. A group that was removed stays so."""
    config = apps.get_app_config("programmes")
    # Django makes permissions only when all migrations are done, and passes over an app of a migration's state.
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="programmes")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.add(*permissions.filter(codename__in=ROLES[group.name]))


class Migration(migrations.Migration):
    """Terms are edited in the admin."""

    dependencies = [
        ("programmes", "0016_load_status_and_links"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    survives = {"RunPython": "The release before has no page of terms: it reads these permissions nowhere."}
    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]
