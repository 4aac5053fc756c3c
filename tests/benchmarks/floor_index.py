"""The engine with nothing around it: tantivy's own index of the catalogue, its own ranking and its own counts."""

import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from tantivy import Document, Filter, Index, Occur, Order, Query, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

from gvc_catalogue.search_index.query.tokeniser import Token, tokenise

SCHEMES = ("instrument", "topic", "beneficiary")
FACETS = ("country", "region", "category", "recommendation", "provider", *SCHEMES)
ORDERS = ("name", "country", "recommendation")
# More than any facet has values: with fewer, counts would not be exact.
SIZE = 1_000
HEAP = 256_000_000
NAME_ONLY = "SELECT id, name, provider_id FROM programmes_programme ORDER BY id"
SORTED = {
    "name": "SELECT id FROM programmes_programme ORDER BY sort_name, slug",
    "country": """SELECT p.id FROM programmes_programme p LEFT JOIN (SELECT programme_id, min(c.sort_name) AS first
        FROM programmes_programme_countries JOIN programmes_country c ON c.id = country_id GROUP BY 1) f
        ON f.programme_id = p.id ORDER BY first IS NULL, first, slug""",
    "recommendation": """SELECT p.id FROM programmes_programme p LEFT JOIN (SELECT programme_id, min(r.position)
        AS first FROM programmes_example_programmes JOIN programmes_example e ON e.id = example_id
        JOIN recommendations_recommendation r ON r.id = e.recommendation_id GROUP BY 1) f
        ON f.programme_id = p.id ORDER BY first IS NULL, first, slug""",
}
COUNTRIES = """SELECT programme_id, code, region FROM programmes_programme_countries
    JOIN programmes_country c ON c.id = country_id ORDER BY 1"""
EXAMPLES = """SELECT m.programme_id, e.text, number, c.code FROM programmes_example_programmes m
    JOIN programmes_example e ON e.id = example_id JOIN recommendations_recommendation r ON r.id = recommendation_id
    JOIN recommendations_category c ON c.id = category_id ORDER BY 1"""

# Each term of a programme and all above it.
TERMS = """WITH RECURSIVE above(term_id, above_id) AS (SELECT id, id FROM programmes_term UNION
        SELECT term_id, broader_id FROM above JOIN programmes_term ON id = above_id WHERE broader_id IS NOT NULL)
    SELECT programme_id, scheme, key FROM programmes_classification c JOIN above a ON a.term_id = c.term_id
    JOIN programmes_term t ON t.id = above_id ORDER BY 1"""

Values = dict[str, tuple[str, ...]]

builder = SchemaBuilder().add_text_field("title", stored=True, tokenizer_name="raw")
builder = builder.add_text_field("text", tokenizer_name="english")
for facet in FACETS:
    builder = builder.add_text_field(facet, fast=True, tokenizer_name="raw")
for order in ORDERS:
    builder = builder.add_unsigned_field(f"by_{order}", fast=True)
SCHEMA = builder.build()
ANALYZER = (
    TextAnalyzerBuilder(Tokenizer.simple())
    .filter(Filter.lowercase())
    .filter(Filter.ascii_fold())
    .filter(Filter.stemmer("english"))
    .build()
)


def opened(directory: Path) -> Index:
    index = Index(SCHEMA, path=str(directory))
    index.register_tokenizer("english", ANALYZER)
    return index


def build(database: Path, directory: Path) -> None:
    """Write the index of a catalogue in SQLite into an empty directory."""
    writer = opened(directory).writer(heap_size=HEAP, num_threads=1)
    connection = sqlite3.connect(database)
    try:
        for document in documents(connection):
            writer.add_document(document)
    finally:
        connection.close()
    writer.commit()
    writer.wait_merging_threads()


def documents(connection: sqlite3.Connection) -> Iterator[Document]:
    places = {order: ranks(connection, SORTED[order]) for order in ORDERS}
    kinds = dict(connection.execute("SELECT id, kind FROM programmes_organisation"))
    countries, examples, terms = (Related(connection, query) for query in (COUNTRIES, EXAMPLES, TERMS))
    for key, name, provider in connection.execute(NAME_ONLY):
        there, told, classified = countries.of(key), examples.of(key), terms.of(key)
        values = {
            "title": name,
            "text": [name, *(row[1] for row in told)],
            "country": [row[1] for row in there],
            "region": sorted({row[2] for row in there}),
            "category": sorted({row[3] for row in told}),
            "recommendation": sorted({row[2] for row in told}),
            "provider": kinds[provider],
            **{scheme: sorted({row[2] for row in classified if row[1] == scheme}) for scheme in SCHEMES},
        }
        yield Document.from_dict(values | {f"by_{order}": places[order][key] for order in ORDERS}, SCHEMA)


def ranks(connection: sqlite3.Connection, query: str) -> "array[int]":
    """Return the place of each programme in an order, by its id."""
    keys = array("Q", (row[0] for row in connection.execute(query)))
    places = array("Q", bytes(8 * (max(keys, default=0) + 1)))
    for place, key in enumerate(keys):
        places[key] = place
    return places


class Related:
    """Rows that belong to programmes, read along with these: both come by id."""

    def __init__(self, connection: sqlite3.Connection, query: str) -> None:
        rows = connection.execute(query)
        self.groups = ((key, list(group)) for key, group in groupby(rows, key=lambda row: row[0]))
        self.next = next(self.groups, None)

    def of(self, key: int) -> list[Sequence[str]]:
        if self.next is None or self.next[0] != key:
            return []
        rows = self.next[1]
        self.next = next(self.groups, None)
        return rows


# ---- Queries


def query(q: str, chosen: Values, leave_out: str = "") -> Query:
    """What the list's query string asks for, in the engine's own terms."""
    clauses = [(Occur.MustNot if token.excluded else Occur.Must, worded(token)) for token in tokenise(q)]
    for name, values in chosen.items():
        if values and name != leave_out:
            any_of = [(Occur.Should, Query.term_query(SCHEMA, name, value)) for value in values]
            clauses.append((Occur.Must, Query.boolean_query(any_of)))
    return Query.boolean_query(clauses) if clauses else Query.all_query()


def worded(token: Token) -> Query:
    words = [word for printed in token.words for word in ANALYZER.analyze(printed)]
    if len(words) > 1:
        return Query.phrase_query(SCHEMA, "text", list(words))
    return Query.term_query(SCHEMA, "text", words[0])


def counts(index: Index, q: str, chosen: Values) -> dict[str, dict[str, int]]:
    """How many have each value under all other choices: what is not chosen from in one go, the others one by one."""
    free = [name for name in FACETS if not chosen.get(name)]
    found = _aggregated(index, query(q, chosen), free) if free else {}
    for name in FACETS:
        if chosen.get(name):
            found |= _aggregated(index, query(q, chosen, leave_out=name), [name])
    return found


def _aggregated(index: Index, asked: Query, names: list[str]) -> dict[str, dict[str, int]]:
    wanted = {name: {"terms": {"field": name, "size": SIZE, "segment_size": SIZE}} for name in names}
    answer = index.searcher().aggregate(asked, wanted)
    return {name: {row["key"]: row["doc_count"] for row in answer[name]["buckets"]} for name in names}


def hits(index: Index, q: str, chosen: Values, order: str, page: int) -> tuple[int, list[str]]:
    """How many there are, and the names on a page: by relevance, or in one of ORDERS."""
    searcher, start = index.searcher(), (page - 1) * 20
    by: dict[str, Any] = {"order_by_field": f"by_{order}", "order": Order.Asc} if order in ORDERS else {}
    found: Any = searcher.search(query(q, chosen), limit=20, offset=start, **by)
    return found.count or 0, [searcher.doc(address)["title"][0] for _, address in found.hits]
