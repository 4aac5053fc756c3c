"""tantivy, and nothing else of it elsewhere: the words of each entry, for ranking, phrases, prefixes and rare words.

Words are analysed before they come here, so the engine only parts them at blanks, and no reader's text ever meets
its query parser. Its lock is not relied on: whoever writes holds the node's own lock (see sync.py).
"""

from collections.abc import Iterable
from pathlib import Path

import tantivy
from tantivy import Document, Index, Occur, Query, SchemaBuilder, Searcher

from .analysis import analyse
from .entries import Entry

# The least that the engine takes; one thread, so that what is written once is written in one order.
HEAP = 15_000_000
BUILD_HEAP = 256_000_000
# How often a text is written, by its place: a word in the name weighs more than one in the quotation.
REPEATS = (3, 1)

SCHEMA = (
    SchemaBuilder()
    # Not an unsigned field: deleting by its term deletes nothing, silently.
    .add_integer_field("pk", indexed=True, fast=True)
    .add_text_field("words", tokenizer_name="whitespace")
    .add_text_field("keys", tokenizer_name="raw", index_option="basic")
    .build()
)


class Engine:
    """An index of entries in a directory."""

    def __init__(self, path: Path, new: bool = False) -> None:
        """Open it, or make it in a directory of its own. Raises ValueError or OSError when it is damaged."""
        if new:
            path.mkdir(parents=True)
        elif not Index.exists(str(path)):
            raise ValueError(f"{path} holds no index.")
        self.index = Index(SCHEMA, path=str(path))
        self.index.config_reader("manual")
        self.index.reload()

    def reload(self) -> None:
        """See what was written since, by whatever process."""
        self.index.reload()

    @property
    def searcher(self) -> Searcher:
        return self.index.searcher()

    def fill(self, documents: Iterable[Document]) -> None:
        """Write all entries of a build, with as much memory as makes it quick."""
        writer = self.index.writer(heap_size=BUILD_HEAP, num_threads=1)
        for found in documents:
            writer.add_document(found)
        writer.commit()
        writer.wait_merging_threads()
        self.reload()

    def write(self, gone: Iterable[int], entries: Iterable[Entry]) -> None:
        """Replace entries and take out those that are gone; all or nothing."""
        writer = self.index.writer(heap_size=HEAP, num_threads=1)
        try:
            for pk in gone:
                writer.delete_documents_by_term("pk", pk)
            for entry in entries:
                writer.delete_documents_by_term("pk", entry.pk)
                writer.add_document(document(entry, [analyse(text) for text in entry.texts]))
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()
        self.reload()

    # ---- Queries, from analysed words only

    def phrase(self, words: tuple[str, ...]) -> Query:
        """Entries with these words in this order; of one word, with that word."""
        if len(words) == 1:
            return Query.term_query(SCHEMA, "words", words[0], index_option="freq")
        return Query.phrase_query(SCHEMA, "words", list(words))

    def keyed(self, keys: Iterable[str]) -> Query:
        """Entries with any of these keys, all of the same weight."""
        keys = list(keys)
        return Query.const_score_query(Query.term_set_query(SCHEMA, "keys", keys), 0.0) if keys else Query.empty_query()

    # ---- Answers

    def frequency(self, word: str) -> int:
        """How many entries have the word, those deleted lately included."""
        return int(self.searcher.doc_freq("words", word))

    def all_with(self, query: Query, at_most: int) -> list[int]:
        """The keys of all entries that a query finds."""
        hits = self.searcher.search(query, limit=max(1, at_most), count=False, order_by_field="pk").hits
        return [pk for pk, _ in hits]

    def ranked(self, query: Query, start: int, stop: int) -> list[tuple[int, float]]:
        """Keys and weights of what a query finds from one place to another, the weightiest first."""
        searcher = self.searcher
        hits = searcher.search(query, limit=max(1, stop - start), offset=start, count=False).hits
        pks = searcher.fast_field_values("pk", [address for _, address in hits])
        return [(int(pk or 0), score) for pk, (score, _) in zip(pks, hits, strict=True)]

    def vocabulary(self, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        """Words that begin so, with how many entries have each, the most frequent first."""
        return list(self.searcher.terms_with_prefix("words", prefix, limit=limit))


def document(entry: Entry, analysed: list[list[str]]) -> Document:
    """Return an entry in the engine's form. Texts are separate values: no phrase runs from one into the next."""
    found = Document()
    found.add_integer("pk", entry.pk)
    for place, words in enumerate(analysed):
        for _ in range(REPEATS[min(place, len(REPEATS) - 1)]):
            found.add_text("words", " ".join(words))
    for key in (*entry.shared, *(f"{name}={value}" for name, values in entry.facets.items() for value in values)):
        found.add_text("keys", key)
    return found


def both(*queries: Query) -> Query:
    """All of the queries."""
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def either(*queries: Query) -> Query:
    """Any of the queries."""
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def preferably(query: Query, *others: Query) -> Query:
    """What a query finds; that which others find too weighs more."""
    return Query.boolean_query([(Occur.Must, query), *((Occur.Should, other) for other in others)])


def without(query: Query, *excluded: Query) -> Query:
    """What a query finds and none of the others does."""
    return Query.boolean_query([(Occur.Must, query), *((Occur.MustNot, other) for other in excluded)])


everything = tantivy.Query.all_query
boosted = tantivy.Query.boost_query
