"""tantivy, and nothing else of it elsewhere: the words of each entry, for ranking, phrases, prefixes and rare words.

Words are analysed before they come here, so the engine only parts them at blanks, and no reader's text ever meets
its query parser. Its lock is not relied on: whoever writes holds the node's own lock (see sync.py).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Document, Index, Occur, Query, SchemaBuilder, Searcher

from .analysis import analyse
from .entries import Entry

# The least that the engine takes; one thread, so that what is written once is written in one order.
HEAP = 15_000_000
BUILD_HEAP = 256_000_000
# So often the first text is written: a word in the name weighs more than one in the quotation.
NAME_COUNTS = 3

SCHEMA = (
    SchemaBuilder()
    # Not an unsigned field: deleting by its term deletes nothing, silently.
    .add_integer_field("pk", indexed=True, fast=True)
    .add_text_field("words", tokenizer_name="whitespace")
    .add_text_field("sets", tokenizer_name="raw", index_option="basic")
    .build()
)


@contextmanager
def damage_is_an_error() -> Iterator[None]:
    """Raise ValueError where the engine panics over files that it did not write so: a panic would end the process."""
    try:
        yield
    except BaseException as panic:
        if type(panic).__name__ != "PanicException":  # It can be imported from nowhere.
            raise
        raise ValueError("The engine cannot read its files.") from None


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

    def fill(self, documents: Iterable[Document]) -> int:
        """Write all entries of a build, with as much memory as makes it quick; return how many there are."""
        with self._writing(BUILD_HEAP) as writer:
            for found in documents:
                writer.add_document(found)
        self.reload()
        return int(self.searcher.num_docs)

    def write(self, gone: Iterable[int], entries: Iterable[Entry]) -> None:
        """Replace entries and take out those that are gone; all or nothing."""
        with self._writing(HEAP) as writer:
            for pk in gone:
                writer.delete_documents_by_term("pk", pk)
            for entry in entries:
                writer.delete_documents_by_term("pk", entry.pk)
                texts = [" ".join(analyse(text)) for text in entry.texts]
                writer.add_document(document(entry.pk, texts, entry.sets))
        self.reload()

    @contextmanager
    def _writing(self, heap: int) -> Iterator[Any]:
        """Give a writer, and commit what it was given: all or nothing. Its threads have ended afterwards."""
        writer = self.index.writer(heap_size=heap, num_threads=1)
        try:
            yield writer
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()

    # ---- Queries, from analysed words only

    def phrase(self, words: tuple[str, ...]) -> Query:
        """Entries with these words in this order; of one word, with that word."""
        if len(words) == 1:
            return Query.term_query(SCHEMA, "words", words[0], index_option="freq")
        return Query.phrase_query(SCHEMA, "words", list(words))

    def among(self, sets: Iterable[str]) -> Query:
        """Entries of any of these sets (see entries.py), all of the same weight."""
        sets = list(sets)
        return Query.const_score_query(Query.term_set_query(SCHEMA, "sets", sets), 0.0) if sets else Query.empty_query()

    # ---- Answers

    def frequency(self, word: str) -> int:
        """How many entries have the word, those deleted lately included."""
        return int(self.searcher.doc_freq("words", word))

    def all_with(self, query: Query, at_most: int) -> list[int]:
        """The keys of all entries that a query finds."""
        with damage_is_an_error():
            hits = self.searcher.search(query, limit=max(1, at_most), count=False, order_by_field="pk").hits
        return [pk for pk, _ in hits]

    def ranked(self, query: Query, start: int, stop: int) -> list[tuple[int, float]]:
        """Keys and weights of what a query finds from one place to another, the weightiest first."""
        searcher = self.searcher
        with damage_is_an_error():
            hits = searcher.search(query, limit=max(1, stop - start), offset=start, count=False).hits
            pks = searcher.fast_field_values("pk", [address for _, address in hits])
        return [(int(pk or 0), score) for pk, (score, _) in zip(pks, hits, strict=True)]

    def vocabulary(self, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        """Words that begin so, with how many entries have each, the most frequent first."""
        with damage_is_an_error():
            return list(self.searcher.terms_with_prefix("words", prefix, limit=limit))


def document(pk: int, texts: list[str], sets: list[str]) -> Document:
    """Return an entry in the engine's form: its key, its texts as analysed words between blanks, and its sets.

    Texts are separate values: no phrase runs from one into the next.
    """
    name, *others = texts or [""]
    found = Document(words=[name] * NAME_COUNTS + others, sets=sets)
    found.add_integer("pk", pk)
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
