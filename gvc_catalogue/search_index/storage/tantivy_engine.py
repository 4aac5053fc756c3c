"""tantivy, and nothing else of it elsewhere: the words of each entry in their order, for phrases.

Words are analysed before they come here, so the engine only parts them at blanks, and no reader's text ever meets
its query parser. Its lock is not relied on: whoever writes holds the node's own lock (see sync.py).
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

# The least that the engine takes; one thread, so that what is written once is written in one order.
HEAP = 15_000_000
BUILD_HEAP = 256_000_000

SCHEMA = (
    SchemaBuilder()
    # Not an unsigned field: deleting by its term deletes nothing, silently.
    .add_integer_field("pk", indexed=True, fast=True)
    .add_text_field("words", tokenizer_name="whitespace")
    .build()
)


class Engine:
    """An index of entries in a directory, or in memory."""

    def __init__(self, path: Path | None, new: bool = False) -> None:
        """Open it, or make it in a directory of its own; without a path, in memory.

        Raises ValueError or OSError when it is damaged.
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
        """See what was written since, by whatever process."""
        self.index.reload()

    @property
    def searcher(self) -> Searcher:
        return self.index.searcher()

    def fill(self, documents: Iterable[tantivy.Document]) -> int:
        """Write all entries of a build, with as much memory as makes it quick; return how many there are."""
        with self._writing(BUILD_HEAP) as writer:
            for found in documents:
                writer.add_document(found)
        self.reload()
        return int(self.searcher.num_docs)

    def write(self, gone: Iterable[int], entries: Iterable[Document]) -> None:
        """Replace entries and take out those that are gone; all or nothing."""
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
        """Entries with these words, two or more, in this order."""
        return Query.phrase_query(SCHEMA, "words", list(words))

    # ---- Answers

    def all_with(self, query: Query, at_most: int) -> list[int]:
        """The keys of all entries that a query finds."""
        with reading_index():
            hits = self.searcher.search(query, limit=max(1, at_most), count=False, order_by_field="pk").hits
        return [pk for pk, _ in hits]


def document(pk: int, texts: list[str]) -> tantivy.Document:
    """Return an entry in the engine's form: its key, and its texts as analysed words between blanks.

    Texts are separate values: no phrase runs from one into the next.
    """
    found = tantivy.Document(words=texts or [""])
    found.add_integer("pk", pk)
    return found
