import json

from django.conf import settings
from django.db import migrations


def rows(name):
    """Return the fields of the records in a fixture file."""
    text = (settings.BASE_DIR / "fixtures" / name).read_text(encoding="utf-8")
    return [row["fields"] for row in json.loads(text)]


def load_vocabulary(apps, schema_editor):
    """Load the vocabulary into a catalogue that has programmes and no term; an empty one gets it by load_catalogue."""
    term = apps.get_model("programmes", "Term").objects
    programmes = dict(apps.get_model("programmes", "Programme").objects.values_list("slug", "pk"))
    if not programmes or term.exists():
        return
    fields = rows("80_terms.json")
    names = ("scheme", "key", "label", "other_labels", "french_labels", "definition", "source")
    made = {one["key"]: term.create(**{name: one[name] for name in names}) for one in fields}
    for one in fields:
        if one["broader"]:
            term.filter(key=one["key"]).update(broader=made[one["broader"][0]])
    classification = apps.get_model("programmes", "Classification")
    classification.objects.bulk_create(
        classification(
            programme_id=programmes[one["programme"][0]],
            term=made[one["term"][0]],
            words=one["words"],
            confidence=one["confidence"],
        )
        for one in rows("85_classifications.json")
        if one["programme"][0] in programmes
    )
    recommendations = dict(apps.get_model("recommendations", "Recommendation").objects.values_list("number", "pk"))
    topic = apps.get_model("programmes", "RecommendationTopic")
    topic.objects.bulk_create(
        topic(
            recommendation_id=recommendations[one["recommendation"][0]], term=made[one["term"][0]], words=one["words"]
        )
        for one in rows("90_recommendation_topics.json")
        if one["recommendation"][0] in recommendations
    )


class Migration(migrations.Migration):
    """The vocabulary of the fixtures, for an existing installation."""

    survives = {"RunPython": "It writes rows of new tables only, which no release before reads."}

    dependencies = [("programmes", "0010_vocabulary")]

    operations = [migrations.RunPython(load_vocabulary, migrations.RunPython.noop)]
