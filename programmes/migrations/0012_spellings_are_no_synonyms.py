"""Remove the synonym groups that only hold spellings of one word: the search reads all spellings alike."""

from typing import Any

from django.db import migrations

SPELLINGS = {
    "centre": "centre\ncenter",
    "organisation": "organisation\norganization",
    "programme": "programme\nprogram",
}
INTERNATIONAL = "IO\ninternational organisation"


def remove_spellings(apps: Any, schema_editor: Any) -> None:
    """Delete three groups and shorten a fourth; a group that a curator has changed stays. Four queries."""
    synonyms = apps.get_model("programmes", "Synonym").objects.using(schema_editor.connection.alias)
    for label, words in SPELLINGS.items():
        synonyms.filter(label=label, words=words).delete()
    with_spelling = synonyms.filter(label="IO", words=f"{INTERNATIONAL}\ninternational organization")
    with_spelling.update(words=INTERNATIONAL)


class Migration(migrations.Migration):
    dependencies = [("programmes", "0011_load_vocabulary")]
    operations = [migrations.RunPython(remove_spellings, migrations.RunPython.noop)]
    survives = {"RunPython": "The release before searches without these synonyms, and reads and writes no row of them."}
