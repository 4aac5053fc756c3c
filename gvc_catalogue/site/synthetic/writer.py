"""Bulk insert of a synthetic catalogue into an empty database, in batches and in one transaction."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models

from gvc_catalogue.search_index.sync.revision import paused
from gvc_catalogue.site.fixtures import FIXTURES, fixture_files
from programmes.models import Classification, Country, Example, Organisation, Programme, Source, Term
from recommendations.models import Recommendation

from .records import Batch, Programmes, countries, organisations
from .words import Words

# Fixtures that a synthetic catalogue contains: the statement without its examples, countries, synonyms, terms, topics.
REAL = ("10_", "20_", "30_", "40_", "70_", "80_", "90_")
BATCH = 5_000
# With its small default page cache, SQLite would read its indexes from the file again and again.
SQLITE_CACHE = "PRAGMA cache_size = -262144"

COUNTRY = ["code", "code3", "name", "sort_name", "other_names", "region", "name_in_source"]
ORGANISATION = ["id", "name", "kind", "country_id"]
PROGRAMME = ["id", "slug", "name", "sort_name", "provider_id"]
EXAMPLE = ["id", "recommendation_id", "position", "text", "source_id", "placed_by_inference", "reason"]
CLASSIFICATION = ["programme_id", "term_id", "words", "confidence"]


class TooManyProgrammesError(Exception):
    """A recommendation has more examples than the integer column of positions can number."""


def generate(number: int, seed: int, tell: Callable[[int], None]) -> None:
    """Write `number` programmes with their related rows; `tell` is called with the size of each batch written.

    Raises TooManyProgrammesError when the database cannot number the examples of a recommendation; nothing is written
    then.
    """
    words = Words(seed)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(SQLITE_CACHE)
    with paused():
        call_command("loaddata", *(str(file) for file in fixture_files() if file.name.startswith(REAL)), verbosity=0)
        programmes = Programmes(number, words, _write_countries(words), _recommendations_by_frequency())
        programmes.sources = _sources()
        programmes.profiles = _profiles()
        _write(Organisation, ORGANISATION, organisations(words, programmes.country_ids))
        for batch in programmes.batches(BATCH):
            _write_batch(batch)
            tell(len(batch.programmes))
        _go_on_counting(Organisation, Programme, Example)
    _analyse()


def _write_countries(words: Words) -> list[int]:
    """Insert synthetic countries; return the ids of all countries, sorted by reversed code, which mixes regions."""
    known = set(Country.objects.values_list("code", flat=True))
    _write(Country, COUNTRY, [(*row, "") for row in countries(words, known)])
    return [pk for _, pk in sorted((code[::-1], pk) for code, pk in Country.objects.values_list("code", "pk"))]


def _recommendations_by_frequency() -> list[int]:
    """Return the ids of part ii's recommendations, most frequent first: by reversed number, which mixes categories."""
    found = Recommendation.objects.filter(category__part="ii").values_list("number", "pk")
    return [pk for _, pk in sorted((number[::-1], pk) for number, pk in found)]


def _sources() -> dict[int, int]:
    """Insert a source; return its id by the id of each recommendation that has no row in the annex."""
    source = Source.objects.create(title="A synthetic document", url="https://example.org/synthetic", date="2024-05-01")
    return dict.fromkeys(Recommendation.objects.filter(annex_text="").values_list("pk", flat=True), source.pk)


def _profiles() -> list[tuple[int, ...]]:
    """Return the ids of the terms of each programme of the fixtures: synthetic programmes get the same proportions."""
    ids, found = dict(Term.objects.values_list("key", "pk")), defaultdict[str, list[int]](list)
    for row in json.loads((FIXTURES / "85_classifications.json").read_text(encoding="utf-8")):
        found[row["fields"]["programme"][0]].append(ids[row["fields"]["term"][0]])
    return [tuple(terms) for terms in found.values()]


def _write_batch(batch: Batch) -> None:
    _check_positions(batch)
    _write(Programme, PROGRAMME, batch.programmes)
    _write(Programme.countries.through, ["programme_id", "country_id"], batch.countries)
    _write(Programme.partners.through, ["programme_id", "organisation_id"], batch.partners)
    _write(Example, EXAMPLE, batch.examples)
    _write(Example.programmes.through, ["example_id", "programme_id"], batch.described)
    _write(Classification, CLASSIFICATION, batch.classifications)


def _check_positions(batch: Batch) -> None:
    column = Example._meta.get_field("position").get_internal_type()
    most = connection.ops.integer_field_range(column)[1]
    highest = max(int(str(row[2])) for row in batch.examples)
    if most and highest > most:
        raise TooManyProgrammesError(
            f"This database numbers at most {most} examples of one recommendation; ask for fewer programmes."
        )


def _write(model: type[models.Model], columns: list[str], rows: Iterable[Any]) -> None:
    """Bulk insert rows by COPY or executemany, without the ORM: nothing is validated, so rows must be valid."""
    quote = connection.ops.quote_name
    table = f"{quote(model._meta.db_table)} ({', '.join(map(quote, columns))})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy(cursor, table, rows)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", list(rows))  # noqa: S608


def _copy(cursor: Any, table: str, rows: Iterable[Any]) -> None:
    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _go_on_counting(*written: type[models.Model]) -> None:
    """Reset the id sequences: rows inserted with explicit ids do not advance them in PostgreSQL."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(written)):
            cursor.execute(statement)


def _analyse() -> None:
    """Update the statistics of the query planner (ANALYZE)."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
