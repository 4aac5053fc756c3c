"""Add groups of synonyms to a catalogue that has some."""

from typing import Any

from django.db import migrations

GROUPS = {
    "abroad": "abroad\noverseas",
    "buyer": "buyer\npurchaser",
    "collaboration": "collaboration\nco-operation",
    "cost": "cost\nexpense",
    "large": "large\nbig\nmajor",
    "staff": "staff\npersonnel\nemployee\nworker",
}
SME = "SME\nsmall and medium-sized enterprise\nsmall and medium enterprise\nsmall and medium-sized firm\nsmall firm"


def add_groups(apps: Any, schema_editor: Any) -> None:
    """Add the groups whose label is not taken; an empty catalogue gets them by load_catalogue. Eight queries."""
    synonyms = apps.get_model("programmes", "Synonym").objects.using(schema_editor.connection.alias)
    if synonyms.exists():
        for label, words in GROUPS.items():
            synonyms.get_or_create(label=label, defaults={"words": words})
        unchanged = synonyms.filter(label="SME", words=f"{SME}\nsmall business")
        unchanged.update(words=f"{SME}\nsmall enterprise\nsmall business")


class Migration(migrations.Migration):
    dependencies = [("programmes", "0012_spellings_are_no_synonyms")]
    operations = [migrations.RunPython(add_groups, migrations.RunPython.noop)]
    survives = {"RunPython": "The release before reads these groups as any others."}
