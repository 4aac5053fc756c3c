import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gvc_catalogue.text.validators
from gvc_catalogue.search_index.sync import triggers


def without_triggers(apps, schema_editor):
    """Drop the index's triggers: they are made again, and note their tables, after every migrate."""
    triggers.drop(schema_editor.connection)


class Migration(migrations.Migration):
    """Drafts, links, what became of a programme, receipts of imports, suggestions of readers."""

    dependencies = [
        ("text_index", "0001_initial"),
        ("programmes", "0003_position_beyond_a_small_integer"),
        ("recommendations", "0002_permission_for_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(without_triggers, without_triggers),
        migrations.CreateModel(
            name="LinkCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.URLField(max_length=500, unique=True, verbose_name="address")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("answers", "Answers"),
                            ("moved", "Answers at another address"),
                            ("gone", "There is no such page"),
                            ("fails", "Does not answer"),
                            ("not-asked", "Its robots.txt asks programs to stay away"),
                            ("forbidden", "Leads to a private address"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "status_code",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="The HTTP status, if there was one.", null=True
                    ),
                ),
                (
                    "moved_to",
                    models.CharField(blank=True, help_text="Where it redirects to in the end.", max_length=2000),
                ),
                ("note", models.CharField(blank=True, help_text="What went wrong, in words.", max_length=300)),
                ("checked_at", models.DateTimeField(db_index=True)),
                (
                    "failing_since",
                    models.DateTimeField(
                        blank=True, help_text="The first of the failures that followed on each other.", null=True
                    ),
                ),
            ],
            options={
                "ordering": ["-checked_at"],
                "default_permissions": ("view",),
            },
        ),
        migrations.AddField(
            model_name="programme",
            name="checked_by",
            field=models.ForeignKey(
                blank=True,
                help_text="Who looked; only curators see it.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="programme",
            name="checked_on",
            field=models.DateField(blank=True, help_text="When somebody last looked what became of it.", null=True),
        ),
        migrations.AddField(
            model_name="programme",
            name="status",
            field=models.CharField(
                choices=[
                    ("not-yet-checked", "Not yet checked"),
                    ("running", "Running"),
                    ("ended", "Ended"),
                    ("renamed", "Renamed"),
                    ("merged", "Merged into another"),
                    ("not-found", "Not found"),
                ],
                db_default="not-yet-checked",
                default="not-yet-checked",
                help_text="What became of it since it was described.",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="programme",
            name="successor",
            field=models.ForeignKey(
                blank=True,
                help_text="What it is called now, or was merged into, where the catalogue has it.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="%(class)s_predecessors",
                to="programmes.programme",
            ),
        ),
        migrations.AlterField(
            model_name="example",
            name="recommendation",
            field=models.ForeignKey(
                help_text="The row of the annex it stands in.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="recommendations.recommendation",
            ),
        ),
        migrations.AlterField(
            model_name="example",
            name="source",
            field=models.ForeignKey(
                blank=True,
                help_text="The document quoted. Empty: the annex of the Action Statement.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="programmes.source",
            ),
        ),
        migrations.AlterField(
            model_name="formerslug",
            name="programme",
            field=models.ForeignKey(
                db_constraint=False,
                help_text="The programme that had this address.",
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="former_slugs",
                to="programmes.programme",
            ),
        ),
        migrations.AlterField(
            model_name="programme",
            name="countries",
            field=models.ManyToManyField(
                blank=True,
                help_text="The countries that its quotation names.",
                related_name="%(class)ss",
                to="programmes.country",
            ),
        ),
        migrations.AlterField(
            model_name="programme",
            name="partners",
            field=models.ManyToManyField(
                blank=True,
                help_text="Who else the text names as taking part.",
                related_name="partnered_%(class)ss",
                to="programmes.organisation",
            ),
        ),
        migrations.AlterField(
            model_name="programme",
            name="provider",
            field=models.ForeignKey(
                help_text="Who runs it: the agency that the text names, else “Government of …”.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="programmes.organisation",
            ),
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_name", models.CharField(max_length=200)),
                ("digest", models.CharField(help_text="SHA-256 of the file.", max_length=64)),
                (
                    "published",
                    models.BooleanField(default=False, help_text="Published at once; otherwise drafts were made."),
                ),
                ("new", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                (
                    "reason",
                    models.TextField(blank=True, help_text="Why; readers see it where the import was published."),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "import",
                "ordering": ["-pk"],
                "default_permissions": ("add", "view"),
            },
        ),
        migrations.CreateModel(
            name="ProgrammeDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        help_text="Editorial: a clean name, where the quotation has a misprint.",
                        max_length=200,
                        validators=[gvc_catalogue.text.validators.has_words],
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("not-yet-checked", "Not yet checked"),
                            ("running", "Running"),
                            ("ended", "Ended"),
                            ("renamed", "Renamed"),
                            ("merged", "Merged into another"),
                            ("not-found", "Not found"),
                        ],
                        db_default="not-yet-checked",
                        default="not-yet-checked",
                        help_text="What became of it since it was described.",
                        max_length=20,
                    ),
                ),
                (
                    "checked_on",
                    models.DateField(blank=True, help_text="When somebody last looked what became of it.", null=True),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("in-review", "In review"), ("withdrawn", "Withdrawn")],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("key", models.BigIntegerField(editable=False, null=True, unique=True)),
                (
                    "base",
                    models.JSONField(
                        editable=False, help_text="What the published record said when this was begun.", null=True
                    ),
                ),
                (
                    "kept",
                    models.JSONField(
                        default=dict, editable=False, help_text="What else comes back with a record that is gone."
                    ),
                ),
                ("edits", models.PositiveIntegerField(default=0, editable=False, help_text="How often it was saved.")),
                (
                    "why",
                    models.TextField(
                        blank=True,
                        help_text="Why the published record is to change; readers see it in the record's history.",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, editable=False, help_text="What the publisher said on sending it back."
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True, db_index=True)),
                (
                    "slug",
                    models.SlugField(help_text="The address of its page.", max_length=120, verbose_name="address"),
                ),
                (
                    "author",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who looked; only curators see it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "countries",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The countries that its quotation names.",
                        related_name="%(class)ss",
                        to="programmes.country",
                    ),
                ),
                (
                    "partners",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Who else the text names as taking part.",
                        related_name="partnered_%(class)ss",
                        to="programmes.organisation",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        help_text="Who runs it: the agency that the text names, else “Government of …”.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="programmes.organisation",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        help_text="What it is called now, or was merged into, where the catalogue has it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="%(class)s_predecessors",
                        to="programmes.programme",
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="%(class)ss",
                        to="programmes.receipt",
                    ),
                ),
            ],
            options={
                "verbose_name": "draft of a programme",
                "verbose_name_plural": "drafts of programmes",
                "ordering": ["-updated_at", "-pk"],
                "permissions": [
                    ("publish_programmedraft", "Can publish drafts of programmes, and withdraw programmes")
                ],
            },
        ),
        migrations.CreateModel(
            name="ExampleDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "position",
                    models.PositiveIntegerField(
                        help_text="Its place in the row, from 1.",
                        validators=[django.core.validators.MinValueValidator(1, "The first place in a row is 1.")],
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        help_text="The words as printed. Misprints of the original stay.",
                        validators=[gvc_catalogue.text.validators.has_words],
                    ),
                ),
                (
                    "placed_by_inference",
                    models.BooleanField(
                        default=False,
                        help_text="The print leaves open which row it belongs to; this one was read from its sense.",
                    ),
                ),
                ("reason", models.TextField(blank=True, help_text="Why it was placed here; shown to the reader.")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("in-review", "In review"), ("withdrawn", "Withdrawn")],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("key", models.BigIntegerField(editable=False, null=True, unique=True)),
                (
                    "base",
                    models.JSONField(
                        editable=False, help_text="What the published record said when this was begun.", null=True
                    ),
                ),
                (
                    "kept",
                    models.JSONField(
                        default=dict, editable=False, help_text="What else comes back with a record that is gone."
                    ),
                ),
                ("edits", models.PositiveIntegerField(default=0, editable=False, help_text="How often it was saved.")),
                (
                    "why",
                    models.TextField(
                        blank=True,
                        help_text="Why the published record is to change; readers see it in the record's history.",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, editable=False, help_text="What the publisher said on sending it back."
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True, db_index=True)),
                (
                    "author",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "programmes",
                    models.ManyToManyField(
                        blank=True,
                        help_text="What it describes: mostly one programme.",
                        related_name="exampledrafts",
                        to="programmes.programme",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        help_text="The row of the annex it stands in.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="recommendations.recommendation",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        help_text="The document quoted. Empty: the annex of the Action Statement.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="programmes.source",
                    ),
                ),
                (
                    "programme_draft",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="The draft of a programme that it describes, and is published with.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exampledrafts",
                        to="programmes.programmedraft",
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="%(class)ss",
                        to="programmes.receipt",
                    ),
                ),
            ],
            options={
                "verbose_name": "draft of an example",
                "verbose_name_plural": "drafts of examples",
                "ordering": ["-updated_at", "-pk"],
                "permissions": [("publish_exampledraft", "Can publish drafts of examples, and withdraw examples")],
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("programme_name", models.CharField(help_text="What it was called then.", max_length=200)),
                (
                    "text",
                    models.TextField(help_text="What should be corrected, in the reader's words.", max_length=2000),
                ),
                ("evidence", models.CharField(blank=True, help_text="Where that can be read.", max_length=500)),
                ("at", models.DateTimeField(auto_now_add=True, db_index=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("taken", "Taken"), ("refused", "Refused")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("answer", models.CharField(blank=True, help_text="The curator's word on it.", max_length=500)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="suggestions",
                        to="programmes.programme",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "default_permissions": ("change", "view"),
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("official", "Official page"),
                            ("archived", "Archived copy"),
                            ("evaluation", "Evaluation"),
                        ],
                        default="official",
                        help_text="What it leads to.",
                        max_length=12,
                    ),
                ),
                (
                    "url",
                    models.URLField(
                        help_text="Where it leads.",
                        max_length=500,
                        validators=[
                            django.core.validators.URLValidator(
                                message="A link begins with https:// or http://.", schemes=["http", "https"]
                            )
                        ],
                        verbose_name="address",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        blank=True, help_text="What the page is called, in its own language.", max_length=200
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        help_text="Its language, as in ISO 639: en, fr, pt-BR.",
                        max_length=6,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z]{2,3}(-[A-Z]{2})?$", "A language is two or three small letters: en, fr, pt-BR."
                            )
                        ],
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="programmes.programme"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "url"),
                        name="link_once_a_programme",
                        violation_error_message="The programme has this link already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DraftLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("official", "Official page"),
                            ("archived", "Archived copy"),
                            ("evaluation", "Evaluation"),
                        ],
                        default="official",
                        help_text="What it leads to.",
                        max_length=12,
                    ),
                ),
                (
                    "url",
                    models.URLField(
                        help_text="Where it leads.",
                        max_length=500,
                        validators=[
                            django.core.validators.URLValidator(
                                message="A link begins with https:// or http://.", schemes=["http", "https"]
                            )
                        ],
                        verbose_name="address",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        blank=True, help_text="What the page is called, in its own language.", max_length=200
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        help_text="Its language, as in ISO 639: en, fr, pt-BR.",
                        max_length=6,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z]{2,3}(-[A-Z]{2})?$", "A language is two or three small letters: en, fr, pt-BR."
                            )
                        ],
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="programmes.programmedraft",
                    ),
                ),
            ],
            options={
                "verbose_name": "link",
                "ordering": ["pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("draft", "url"),
                        name="link_once_a_draft",
                        violation_error_message="The draft has this link already.",
                    )
                ],
            },
        ),
    ]
