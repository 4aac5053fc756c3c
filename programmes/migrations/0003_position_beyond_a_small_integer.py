import django.core.validators
from django.db import migrations, models

from gvc_catalogue.search_index.sync import triggers


def without_triggers(apps, schema_editor):
    """Drop the index's triggers: they are made again, and note their tables, after every migrate."""
    triggers.drop(schema_editor.connection)


class Migration(migrations.Migration):
    """A million programmes have more than 32,767 examples of one recommendation."""

    dependencies = [
        ("programmes", "0002_synonym"),
        ("text_index", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(without_triggers, without_triggers),
        migrations.AlterField(
            model_name="example",
            name="position",
            field=models.PositiveIntegerField(
                help_text="Its place in the row, from 1.",
                validators=[django.core.validators.MinValueValidator(1, "The first place in a row is 1.")],
            ),
        ),
    ]
