from django.contrib.auth.management import create_permissions
from django.db import migrations

READ = {
    "programmes": (
        "country",
        "example",
        "exampledraft",
        "linkcheck",
        "organisation",
        "programme",
        "programmedraft",
        "receipt",
        "source",
        "suggestion",
        "synonym",
    ),
    "recommendations": ("category", "passage", "recommendation"),
    "history": ("version",),
}
READERS = {f"{app}.view_{model}" for app, models in READ.items() for model in models}
CURATORS = READERS | {
    "programmes.add_programmedraft",
    "programmes.change_programmedraft",
    "programmes.delete_programmedraft",
    "programmes.add_exampledraft",
    "programmes.change_exampledraft",
    "programmes.delete_exampledraft",
    "programmes.add_organisation",
    "programmes.add_source",
    "programmes.add_synonym",
    "programmes.change_synonym",
    "programmes.add_receipt",
    "programmes.change_suggestion",
}
PUBLISHERS = CURATORS | {
    "programmes.publish_programmedraft",
    "programmes.publish_exampledraft",
    "programmes.delete_programme",
    "programmes.delete_example",
    "programmes.change_organisation",
    "programmes.delete_organisation",
    "programmes.change_source",
    "programmes.delete_source",
    "programmes.delete_synonym",
    "programmes.add_country",
    "programmes.change_country",
    "programmes.delete_country",
}
# Of these an administrator may do everything.
WHOLE = ("programmes", "recommendations", "history", "auth")
ROLES = {"Readers": READERS, "Curators": CURATORS, "Publishers": PUBLISHERS}


def make_roles(apps, schema_editor):
    """Make the groups that curators belong to. What an administrator changed in them later is left alone."""
    groups, everything = apps.get_model("auth", "Group").objects, apps.get_model("auth", "Permission").objects
    make_permissions(apps)
    permissions = {f"{p.content_type.app_label}.{p.codename}": p for p in everything.select_related("content_type")}
    for name, codes in ROLES.items():
        group, _ = groups.get_or_create(name=name)
        group.permissions.set(permissions[code] for code in codes)
    group, _ = groups.get_or_create(name="Administrators")
    group.permissions.set(p for code, p in permissions.items() if code.partition(".")[0] in WHOLE)


def make_permissions(apps):
    """Django makes permissions only when all migrations are done: here they are needed now."""
    for name in WHOLE:
        config = apps.get_app_config(name)
        # Django takes an app of a migration's state for one without models, and passes it over.
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None


def remove_roles(apps, schema_editor):
    """Remove the groups."""
    apps.get_model("auth", "Group").objects.filter(name__in=[*ROLES, "Administrators"]).delete()


class Migration(migrations.Migration):
    """Reader, curator, publisher, administrator."""

    dependencies = [
        ("programmes", "0004_drafts_links_and_receipts"),
        ("recommendations", "0002_permission_for_words"),
        ("history", "0001_versions"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_roles, remove_roles)]
