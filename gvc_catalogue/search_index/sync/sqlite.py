"""SQLite dialect of the change-tracking triggers.

They fire for each row, so a statement raises the revision once for each row. There is one writer at a time: revisions
are in the order of commits. `REPLACE` by another program may delete rows without firing a trigger (see apps.py).
"""

# The SQL contains names of the application's own tables only, never text from a request.
# ruff: noqa: S608

from collections.abc import Iterator

NOW = "CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)"
# No "OR IGNORE": an "OR REPLACE" of the statement that fires the trigger would override it.
MAKE = f"""INSERT INTO "text_index_revision" ("id", "number", "oldest", "catalogue")
    SELECT 1, {NOW}, {NOW}, lower(hex(randomblob(16)))
    WHERE NOT EXISTS (SELECT 1 FROM "text_index_revision")"""
# The clock has a resolution of milliseconds; the digits below are random, so that no number is used twice after a
# rollback.
RAISE = f"""UPDATE "text_index_revision" SET "number" = max("number" + 1, {NOW} + abs(random() % 1000))"""
NUMBER = 'SELECT "number" FROM "text_index_revision"'

PREPARE: list[str] = [MAKE]
RAISED = [MAKE, RAISE, NUMBER]
CURRENT = 'SELECT "number", "catalogue" FROM "text_index_revision" WHERE "id" = 1'
FORGET = 'UPDATE "text_index_revision" SET "oldest" = %s WHERE "oldest" < %s'
STANDING = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'text_index_%'"
DROP = "DROP TRIGGER {name}"
SCHEMA = "SELECT 'main'"


def triggers(table: str, column: str, schema: str) -> Iterator[str]:
    """Yield the CREATE TRIGGER statements of a table, with `{name}` for the trigger's name.

    The arguments are quoted names.
    """
    text = "'" + table.strip('"') + "'"
    for event, rows in ("INSERT", ["NEW"]), ("UPDATE", ["OLD", "NEW"]), ("DELETE", ["OLD"]):
        noted = " UNION ".join(f'SELECT "number", {text}, {row}.{column} FROM "text_index_revision"' for row in rows)
        yield f"""CREATE TRIGGER {{name}} AFTER {event} ON {table} FOR EACH ROW BEGIN
    {MAKE};
    {RAISE};
    INSERT INTO "text_index_change" ("revision", "table", "key") {noted};
END"""
