"""What a release must not do to the tables under the one before, by examples, and that none of ours does."""

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState

from tests.migration_safety import faults

# The last migration of each app in the release before: its code must survive all later ones. Raised with each release.
RELEASED = {
    "history": "0001_versions",
    "programmes": "0007_worklists",
    "recommendations": "0002_permission_for_words",
    "text_index": "0001_initial",
}

STATE = ProjectState()
STATE.add_model(
    ModelState(
        "toys",
        "Toy",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("name", models.CharField(max_length=50)),
            ("note", models.TextField(null=True)),
            ("size", models.IntegerField(db_default=1)),
        ],
    )
)
NEW = migrations.CreateModel("New", [("id", models.BigAutoField(primary_key=True))])


def told(*operations: Operation, **survives: str) -> list[str]:
    """What is said of a migration of toys; `survives` are names with a stroke for each space and dot."""
    allowed = {name.replace("_", " ", 1).replace("_", "."): why for name, why in survives.items()}
    made = type("Migration", (migrations.Migration,), {"operations": list(operations), "survives": allowed})
    return faults(made("0002_more", "toys"), STATE.clone())


FINE = [
    [NEW],
    [NEW, migrations.AddField("new", "name", models.CharField(max_length=5, unique=True))],
    [NEW, migrations.AddIndex("new", models.Index(fields=["id"], name="new_id"))],
    [migrations.AddField("toy", "colour", models.CharField(max_length=5, null=True))],
    [migrations.AddField("toy", "colour", models.CharField(max_length=5, db_default=""))],
    [migrations.AddField("toy", "friends", models.ManyToManyField("toys.Toy"))],
    [migrations.AlterField("toy", "name", models.CharField(max_length=60, help_text="Longer."))],
    [migrations.AlterField("toy", "name", models.TextField())],
    [migrations.AlterModelOptions("toy", {"ordering": ["name"]})],
]
FAULTS = [
    (migrations.DeleteModel("Toy"), "still asks for the table"),
    (migrations.RenameModel("Toy", "Game"), "by its old name"),
    (migrations.RemoveField("toy", "note"), "still reads and writes"),
    (migrations.RenameField("toy", "note", "remark"), "by its old name"),
    (migrations.AddField("toy", "colour", models.CharField(max_length=5)), "give it db_default"),
    (migrations.AddField("toy", "colour", models.CharField(max_length=5, default="red")), "give it db_default"),
    (migrations.AddField("toy", "code", models.CharField(max_length=5, null=True, unique=True)), "its index"),
    (migrations.AlterField("toy", "note", models.TextField()), "still writes null"),
    (migrations.AlterField("toy", "name", models.CharField(max_length=40)), "longer texts"),
    (migrations.AlterField("toy", "name", models.CharField(max_length=50, unique=True)), "the same twice"),
    (migrations.AlterField("toy", "name", models.CharField(max_length=50, db_index=True)), "its index"),
    (migrations.AlterField("toy", "size", models.IntegerField()), "rely on the default"),
    (migrations.AlterField("toy", "size", models.CharField(max_length=9, db_default="")), "written anew"),
    (migrations.AddIndex("toy", models.Index(fields=["name"], name="toy_name")), "AddIndexConcurrently"),
    (migrations.AddConstraint("toy", models.UniqueConstraint(fields=["name"], name="once")), "old code may break it"),
    (migrations.AlterUniqueTogether("toy", {("name", "note")}), "old code may break it"),
    (migrations.RunSQL("DROP TABLE toys_toy"), "cannot be read"),
    (migrations.RunPython(migrations.RunPython.noop), "cannot be read"),
]


@pytest.mark.parametrize("operations", FINE)
def test_what_old_code_does_not_notice_is_fine(operations: list[Operation]) -> None:
    assert told(*operations) == []


@pytest.mark.parametrize(("operation", "why"), FAULTS)
def test_what_old_code_would_fail_on_is_named_with_the_reason(operation: Operation, why: str) -> None:
    (sentence,) = told(operation)
    assert sentence.startswith("toys.0002_more: ")
    assert why in sentence


def test_one_that_must_be_is_allowed_with_a_reason() -> None:
    operation = migrations.RemoveField("toy", "note")
    assert told(operation, RemoveField_toy_note="No release since 1.2 reads it.") == []
    assert len(told(operation, RemoveField_toy_note=" ")) == 1
    assert told(RemoveField_toy_note="Why not.") == [
        "toys.0002_more: `survives` allows RemoveField toy.note, which it does not do."
    ]


def test_the_release_before_survives_every_migration_since() -> None:
    assert since(RELEASED) == []


def test_the_check_reads_our_own_migrations() -> None:
    first = dict.fromkeys(("programmes", "recommendations", "text_index"), "0001_initial")
    found = "\n".join(since(first))
    assert "programmes.0003_position_beyond_a_small_integer: AlterField example.position: the table is written" in found
    assert "0002_synonym" not in found


def since(released: dict[str, str]) -> list[str]:
    """Return the faults of every migration of these apps later than the one named."""
    loader = MigrationLoader(None)
    graph = loader.graph
    before = {key for item in released.items() for key in graph.forwards_plan(item)}
    plan = dict.fromkeys(key for leaf in graph.leaf_nodes() for key in graph.forwards_plan(leaf))
    state, said = ProjectState(real_apps=loader.unmigrated_apps), list[str]()
    for key in plan:
        if key[0] not in released or key in before:
            state = graph.nodes[key].mutate_state(state, preserve=False)
        else:
            said += faults(graph.nodes[key], state)
    return said
