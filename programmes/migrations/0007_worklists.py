from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Indexes for long lists, and for those of what is still to be done."""

    dependencies = [
        ("programmes", "0006_allowances"),
        ("recommendations", "0002_permission_for_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="example",
            index=models.Index(fields=["source", "recommendation", "position"], name="example_by_source"),
        ),
        migrations.AddIndex(
            model_name="example",
            index=models.Index(
                condition=models.Q(("placed_by_inference", True)),
                fields=["recommendation", "position"],
                name="example_inferred",
            ),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(fields=["url"], name="link_by_address"),
        ),
        migrations.AddIndex(
            model_name="linkcheck",
            index=models.Index(fields=["outcome", "url"], name="linkcheck_by_outcome"),
        ),
        migrations.AddIndex(
            model_name="programme",
            index=models.Index(fields=["checked_on"], name="programme_checked_on"),
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(fields=["state", "-id"], name="suggestion_by_state"),
        ),
    ]
