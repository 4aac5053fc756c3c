"""Small catalogues of anything, indexed without a database, and the same read in plain Python."""

import tempfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import strategies as st

from gvc_catalogue.search_index.analysis import analyse
from gvc_catalogue.search_index.documents import Document, IndexDefinition, SharedTexts
from gvc_catalogue.search_index.query.gazetteer import Entity
from gvc_catalogue.search_index.snapshot import Snapshot
from gvc_catalogue.search_index.storage.build import build
from gvc_catalogue.search_index.sync.refresh import open_build

WORDS = ["japan", "cluster", "network", "small firm", "sme", "trade fair", "fair trade", "of", "patent", "Türkiye"]
SHARED = SharedTexts(
    texts={"land:1": "Japan\nNippon", "land:2": "Mexico\nMexican", "row:1": "small firm clusters\nthe network"},
    orders={"land": ["atlantis", "japan", "mexico"]},
    synonyms=(("SME", "small firm"), ("network", "web of trade", "consortium")),
    entities=(
        Entity("land:1", "Japan", ("Japan", "Nippon"), ("facet/land/japan",)),
        Entity("land:3", "Atlantis", ("Atlantis", "Atlantic trade"), ("facet/land/atlantis",)),
        Entity(
            "term:deal", "Deal", ("fair", "fair trade", "deal"), ("facet/initial/p", "facet/initial/T"), concept=True
        ),
    ),
    context=frozenset(["row"]),
    named=frozenset(["land"]),
)


def entry(
    pk: int, slug: str, name: str, texts: Iterable[str] = (), shared: Iterable[str] = (), land: str = ""
) -> Document:
    facets = {"land": (land,) if land else (), "initial": tuple(sorted({name[:1]} - {""}))}
    return Document(
        pk, slug, name.lower(), (name, *texts), tuple(shared), facets, {"land": land or None}, str(pk).encode()
    )


TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
LANDS = st.sampled_from(["", "japan", "mexico"])


def entries(pks: Iterable[int]) -> st.SearchStrategy[list[Document]]:
    """One entry for each key; slugs in another order than the keys."""
    return st.tuples(*(an_entry(pk) for pk in pks)).map(list)


def an_entry(pk: int) -> st.SearchStrategy[Document]:
    shared = st.lists(st.sampled_from(sorted(SHARED.texts)), unique=True, max_size=2)
    return st.builds(
        entry, st.just(pk), st.just(f"s{pk * 7 % 23}-{pk}"), TEXTS, st.lists(TEXTS, max_size=2), shared, LANDS
    )


# What was built; the keys of those that are gone or replaced later; what came later.
CATALOGUES = st.integers(0, 9).flatmap(
    lambda n: st.tuples(entries(range(n)), st.sets(st.integers(0, 11)).flatmap(changes))
)


def changes(keys: set[int]) -> st.SearchStrategy[tuple[set[int], list[Document]]]:
    """Some of the keys with an entry, the others without."""
    kept = st.lists(st.sampled_from(sorted(keys)), unique=True) if keys else st.just([])
    return kept.flatmap(entries).map(lambda found: (keys, found))


def subject(found: list[Document], shared: SharedTexts = SHARED) -> IndexDefinition:
    """These entries, as they stand."""

    def asked(keys: Iterable[int] | None) -> Iterator[Document]:
        wanted = None if keys is None else set(keys)
        return (each for each in found if wanted is None or each.pk in wanted)

    return IndexDefinition(
        dict, ("land", "initial"), ("land",), lambda: len(found), asked, lambda: shared, lambda changed: None
    )


@contextmanager
def indexed(
    found: list[Document], later: tuple[set[int], list[Document]] = (set(), []), shared: SharedTexts = SHARED
) -> Iterator[Snapshot]:
    """A snapshot of entries as built, and with what came later."""
    # The engine may still be tidying up its files when the folder goes.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        snapshot = open_build(build(subject(found), Path(folder) / "index", 1), shared)
        keys, newer = later
        if keys:
            snapshot.engine.write(keys, newer)
            snapshot = snapshot.with_changes(keys, newer, shared, 2)
        yield snapshot


def standing(found: list[Document], later: tuple[set[int], list[Document]]) -> list[Document]:
    """The entries that there are after what came later."""
    keys, newer = later
    return [each for each in found if each.pk not in keys] + newer


def lines(found: Document, shared: SharedTexts = SHARED, without: Collection[str] = ()) -> list[tuple[str, ...]]:
    """The analysed words of an entry's own texts and of each line of those it shares, some kinds left out."""
    keys = [key for key in found.shared if key.partition(":")[0] not in without]
    texts = [*found.texts, *(line for key in keys for line in shared.texts[key].splitlines())]
    return [tuple(analyse(text)) for text in texts]
