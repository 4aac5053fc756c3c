from django.db import migrations, models


class Migration(migrations.Migration):
    """How often readers suggested something, counted without knowing whose it was."""

    dependencies = [
        ("programmes", "0005_roles"),
    ]

    operations = [
        migrations.CreateModel(
            name="Allowance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=100, unique=True)),
                ("number", models.PositiveIntegerField(default=0)),
                ("ends", models.DateTimeField(db_index=True)),
            ],
            options={
                "default_permissions": (),
            },
        ),
    ]
