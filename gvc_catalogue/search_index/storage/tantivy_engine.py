"""Adapter of tantivy, the full-text engine for phrase queries. No other module imports tantivy.

It indexes the words of each entry in their order. Words are analysed before they are passed in, so the engine only
splits at white space, and text from readers never reaches its query parser. The engine's own lock is not relied on: a
process that writes holds the node's lock (see locks.py).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Index, Query, SchemaBuilder, Searcher

from gvc_catalogue.search_index.analysis import analyse
from gvc_catalogue.search_index.documents import Document
from gvc_catalogue.search_index.errors import reading_index

from .immutable_files import make_folder

# Bytes of memory of a writer; HEAP is the minimum that the engine accepts. One thread, so that the order of entries is
# deterministic.
HEAP = 15_000_000
BUILD_HEAP = 256_000_000

SCHEMA = (
    SchemaBuilder()
    # Not an unsigned field: deleting by a term of one deletes nothing and raises no error.
    .add_integer_field("pk", indexed=True, fast=True)
    .add_text_field("words", tokenizer_name="whitespace")
    .build()
)


class Engine:
    """A tantivy index of entries, in a directory or in memory."""

    def __init__(self, path: Path | None, new: bool = False) -> None:
        """Open the index, or create it in the directory if `new`; without a path, create it in memory.

        Raises ValueError or OSError when it is missing or damaged.
        """
        if path is None:
            self.index = Index(SCHEMA)
            return
        if new:
            make_folder(path)
        elif not Index.exists(str(path)):
            raise ValueError(f"{path} holds no index.")
        self.index = Index(SCHEMA, path=str(path))
        self.index.config_reader("manual")
        self.index.reload()

    def reload(self) -> None:
        """Load the last commit, by this process or another one."""
        self.index.reload()

    @property
    def searcher(self) -> Searcher:
        return self.index.searcher()

    def fill(self, documents: Iterable[tantivy.Document]) -> int:
        """Bulk insert: write all entries of a build with a large memory buffer; return the number of entries."""
        with self._writing(BUILD_HEAP) as writer:
            for found in documents:
                writer.add_document(found)
        self.reload()
        return int(self.searcher.num_docs)

    def write(self, gone: Iterable[int], entries: Iterable[Document]) -> None:
        """Delete the entries `gone` and replace or add `entries`, in one commit: all or nothing."""
        with self._writing(HEAP) as writer:
            for pk in gone:
                writer.delete_documents_by_term("pk", pk)
            for entry in entries:
                writer.delete_documents_by_term("pk", entry.pk)
                texts = [" ".join(analyse(text)) for text in entry.texts]
                writer.add_document(document(entry.pk, texts))
        self.reload()

    @contextmanager
    def _writing(self, heap: int) -> Iterator[Any]:
        """Yield a writer, then commit; roll back on an error. Its threads have ended afterwards."""
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
        """Return a phrase query: entries that contain these words, two or more, in this order."""
        return Query.phrase_query(SCHEMA, "words", list(words))

    # ---- Results

    def all_with(self, query: Query, at_most: int) -> list[int]:
        """Return the primary keys of the entries that match a query, at most `at_most` (at least 1)."""
        with reading_index():
            hits = self.searcher.search(query, limit=max(1, at_most), count=False, order_by_field="pk").hits
        return [pk for pk, _ in hits]


def document(pk: int, texts: list[str]) -> tantivy.Document:
    """Return an entry as a tantivy document: its key, and its texts as analysed words separated by spaces.

    Each text is a separate value, so no phrase matches across two texts.
    """
    found = tantivy.Document(words=texts or [""])
    found.add_integer("pk", pk)
    return found
