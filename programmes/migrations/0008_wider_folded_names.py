from django.db import migrations

import gvc_catalogue.database.fields
from gvc_catalogue.search_index.sync import triggers


def without_triggers(apps, schema_editor):
    """Drop the index's triggers on SQLite, which makes the table anew; they are made again after every migrate."""
    if schema_editor.connection.vendor == "sqlite":
        triggers.drop(schema_editor.connection)


class Migration(migrations.Migration):
    """Folding makes names longer: "…" becomes "...". PostgreSQL widens the columns without writing a row."""

    survives = {"RunPython": "It drops triggers of SQLite, which note all tables when they are made again."}

    dependencies = [
        ("programmes", "0007_worklists"),
        ("text_index", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(without_triggers, without_triggers),
        migrations.AlterField(
            model_name="country",
            name="sort_name",
            field=gvc_catalogue.database.fields.FoldedField(default="", editable=False, max_length=1800, source="name"),
        ),
        migrations.AlterField(
            model_name="programme",
            name="sort_name",
            field=gvc_catalogue.database.fields.FoldedField(
                db_index=True, default="", editable=False, max_length=600, source="name"
            ),
        ),
    ]
