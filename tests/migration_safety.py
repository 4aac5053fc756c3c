"""Which migrations the release before survives: while nodes are upgraded one by one, old code runs on new tables.

A migration may add what old code does not see. What it takes away, renames or narrows, and what locks a table while it
is written, belongs into a later release, when no old code runs any more. One that must is allowed with a reason, on the
class of the migration:

    survives = {"RemoveField programme.note": "No release since 1.2 reads or writes it."}
"""

from collections.abc import Iterator

from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

ALLOWED = "survives"
TAKEN_AWAY = {
    migrations.DeleteModel: "old code still asks for the table",
    migrations.RenameModel: "old code asks for the table by its old name",
    migrations.AlterModelTable: "old code asks for the table by its old name",
    migrations.RemoveField: "old code still reads and writes the column",
    migrations.RenameField: "old code asks for the column by its old name",
    migrations.AlterOrderWithRespectTo: "it adds a column that old code leaves empty, or removes one",
}
LOCKING = {
    migrations.AddIndex: "writers wait while it is made: use AddIndexConcurrently on PostgreSQL",
    migrations.AddConstraint: "writers wait while all rows are checked, and old code may break it",
}
# They change nothing in the database.
HARMLESS = (
    migrations.CreateModel,
    migrations.AlterModelOptions,
    migrations.AlterModelManagers,
    migrations.RemoveIndex,
    migrations.RenameIndex,
    migrations.RemoveConstraint,
)
OPAQUE = (migrations.RunSQL, migrations.RunPython, migrations.SeparateDatabaseAndState)


def faults(migration: migrations.Migration, state: ProjectState) -> list[str]:
    """Return a sentence for each operation that the release before may not survive, and for each idle permission.

    `state` is what the migrations before have made; it is moved on behind this one. No query.
    """
    allowed: dict[str, str] = dict(getattr(migration, ALLOWED, {}))
    made: set[str] = set()
    found = []
    for operation in migration.operations:
        for name, why in _faults(operation, state, migration.app_label, made):
            if not allowed.pop(name, "").strip():
                found.append(f"{migration}: {name}: {why}. Leave it to a later release, or say in `{ALLOWED}` why not.")
        if isinstance(operation, migrations.CreateModel):
            made.add(operation.name_lower)
        operation.state_forwards(migration.app_label, state)
    return found + [f"{migration}: `{ALLOWED}` allows {name}, which it does not do." for name in allowed]


def _faults(operation: Operation, state: ProjectState, app: str, made: set[str]) -> Iterator[tuple[str, str]]:
    """The name of an operation and why it is a fault; nothing about tables that this very migration made."""
    model = str(getattr(operation, "model_name", getattr(operation, "name", ""))).lower()
    field = getattr(operation, "name", "") if hasattr(operation, "model_name") else ""
    name = " ".join(filter(None, (type(operation).__name__, ".".join(filter(None, (model, field))))))
    if model in made or isinstance(operation, HARMLESS):
        return
    if isinstance(operation, OPAQUE):
        yield name, "what it does cannot be read: say that old code survives it"
    elif why := next((why for kind, why in (TAKEN_AWAY | LOCKING).items() if isinstance(operation, kind)), ""):
        yield name, why
    elif isinstance(operation, migrations.AddField):
        yield from ((name, why) for why in _added(operation.field))
    elif isinstance(operation, migrations.AlterField):
        old = state.models[app, model].fields[operation.name]
        yield from ((name, why) for why in _narrowed(old, operation.field))
    elif isinstance(operation, migrations.AlterUniqueTogether | migrations.AlterIndexTogether):
        yield name, "writers wait while it is made, and old code may break it"


def _added(field: models.Field) -> Iterator[str]:
    """Why old code cannot write rows that have this column more."""
    if field.many_to_many:
        return
    # A plain default is Django's alone: the column has none once the migration is done.
    if not field.null and not field.has_db_default():
        yield "old code writes no value: give it db_default, or let it be null"
    if field.unique or _has_index(field):
        yield "writers wait while its index is made: add the field first, its index later and concurrently"


def _narrowed(old: models.Field, new: models.Field) -> Iterator[str]:
    """Why old code cannot write what it wrote before."""
    if old.null and not new.null:
        yield "old code still writes null"
    if new.unique and not old.unique:
        yield "old code may write the same twice, and writers wait while its index is made"
    if _has_index(new) and not _has_index(old):
        yield "writers wait while its index is made"
    if _kind(old) == _kind(new) == "text" and (new.max_length or 10**9) < (old.max_length or 10**9):
        yield "old code may write longer texts"
    if old.has_db_default() and not new.has_db_default() and not new.null:
        yield "old code may rely on the default"
    if _kind(old) != _kind(new):
        yield "the table is written anew while all wait, and old code may write what the new kind refuses"


def _has_index(field: models.Field) -> bool:
    return bool(getattr(field, "db_index", False))


def _kind(field: models.Field) -> str:
    """What sort of column it is; texts of any length are one sort."""
    kind = field.get_internal_type()
    return "text" if kind in ("CharField", "TextField", "SlugField", "URLField", "EmailField") else kind
