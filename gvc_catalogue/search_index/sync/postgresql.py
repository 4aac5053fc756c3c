"""PostgreSQL dialect of the change-tracking triggers.

They fire once for each statement. The revision is raised once in each transaction, when its first changed row is noted,
and the row that holds the revision stays locked until the end of the transaction. Later writers wait for the lock, so
revisions are in the order of commits. Two settings last until the end of a transaction, and are reverted with its
savepoints: `text_index.revision` is the number that the transaction raised; while `text_index.paused` is set, the
transaction notes no changes.
"""

# The SQL contains names of the application's own tables only, never text from a request.
# ruff: noqa: S608

from collections.abc import Iterator

NOW = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
MAKE = f"""WITH "now" AS MATERIALIZED (SELECT {NOW} AS "number")
    INSERT INTO "text_index_revision" ("id", "number", "oldest", "catalogue")
    SELECT 1, "number", "number", gen_random_uuid() FROM "now" ON CONFLICT ("id") DO NOTHING"""

# The lock is taken before a statement locks rows of its own: otherwise two writers could deadlock.
LOCK = """CREATE OR REPLACE FUNCTION {schema}."text_index_lock"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF concat(current_setting('text_index.revision', true), current_setting('text_index.paused', true)) = '' THEN
        PERFORM 1 FROM {schema}."text_index_revision" FOR UPDATE;
    END IF;
    RETURN NULL;
END $$"""

# Inserts the row again after TRUNCATE has deleted it.
RAISE = f"""CREATE OR REPLACE FUNCTION {{schema}}."text_index_raise"() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    raised text := current_setting('text_index.revision', true);
    now bigint := {NOW};
BEGIN
    IF raised <> '' AND EXISTS (SELECT 1 FROM {{schema}}."text_index_revision") THEN
        RETURN raised;
    END IF;
    INSERT INTO {{schema}}."text_index_revision" AS "row" ("id", "number", "oldest", "catalogue")
    VALUES (1, now, now, gen_random_uuid())
    ON CONFLICT ("id") DO UPDATE SET "number" = greatest("row"."number" + 1, excluded."number")
    RETURNING "number" INTO raised;
    PERFORM set_config('text_index.revision', raised, true);
    RETURN raised;
END $$"""

# The trigger argument is the query for the keys; they are NULL when a statement changed no row.
NOTE = """CREATE OR REPLACE FUNCTION {schema}."text_index_note"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    keys bigint[];
    raised bigint;
BEGIN
    IF current_setting('text_index.paused', true) <> '' THEN
        RETURN NULL;
    END IF;
    EXECUTE 'SELECT array_agg(DISTINCT "key") FROM (' || TG_ARGV[0] || ') AS "keys"("key")' INTO keys;
    IF keys IS NOT NULL THEN
        raised := {schema}."text_index_raise"();
        INSERT INTO {schema}."text_index_change" ("revision", "table", "key")
        SELECT raised, TG_TABLE_NAME, unnest(keys);
    END IF;
    RETURN NULL;
END $$"""

PREPARE = [LOCK, RAISE, NOTE, MAKE]
RAISED = ['SELECT "text_index_raise"()']
# Clears the setting, so a transaction that reads the revision it has raised raises it again at its next write.
CURRENT = """SELECT "number", replace("catalogue"::text, '-', ''), set_config('text_index.revision', '', true)
    FROM "text_index_revision" WHERE "id" = 1"""
FORGET = """UPDATE "text_index_revision" SET "oldest" = %s WHERE "id" IN
    (SELECT "id" FROM "text_index_revision" WHERE "oldest" < %s FOR UPDATE SKIP LOCKED)"""
SCHEMA = "SELECT quote_ident(current_schema())"
STANDING = """SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    WHERE tgname LIKE 'text_index_%' AND relnamespace = current_schema()::regnamespace"""
DROP = "DROP TRIGGER {name} ON {table}"
# Changes by other transactions are still noted, and readers wait for no lock.
PAUSE = "SELECT set_config('text_index.paused', 'yes', true)"
RESUME = "SELECT set_config('text_index.paused', '', true)"


def triggers(table: str, column: str, schema: str) -> Iterator[str]:
    """Yield the CREATE TRIGGER statements of a table, with `{name}` for the trigger's name.

    The arguments are quoted names.
    """
    each = f"FOR EACH STATEMENT EXECUTE FUNCTION {schema}.text_index"
    old, new = f"SELECT {column} FROM old_rows", f"SELECT {column} FROM new_rows"
    was, now = "OLD TABLE AS old_rows", "NEW TABLE AS new_rows"
    yield f"CREATE TRIGGER {{name}} BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} {each}_lock()"
    yield f"CREATE TRIGGER {{name}} AFTER INSERT ON {table} REFERENCING {now} {each}_note('{new}')"
    yield f"CREATE TRIGGER {{name}} AFTER UPDATE ON {table} REFERENCING {was} {now} {each}_note('{old} UNION {new}')"
    yield f"CREATE TRIGGER {{name}} AFTER DELETE ON {table} REFERENCING {was} {each}_note('{old}')"
    yield f"CREATE TRIGGER {{name}} AFTER TRUNCATE ON {table} {each}_note('SELECT NULL::bigint')"
