"""Pages in every order, with what was built and what came later."""

from hypothesis import given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from gvc_catalogue.search_index.documents import Document
from gvc_catalogue.search_index.snapshot import Snapshot

from .toys import CATALOGUES, SHARED, entry, indexed, standing

Later = tuple[set[int], list[Document]]
SIZE = 3


def pages(snapshot: Snapshot, order: str, found: BitMap) -> list[int]:
    """The keys on all pages, one after the other."""
    keys: list[int] = []
    for start in range(0, len(found), SIZE):
        stop = min(start + SIZE, len(found))
        by_name = order == "name"
        ordinals = snapshot.by_name(found, start, stop) if by_name else snapshot.by_group(order, found, start, stop)
        assert len(ordinals) == stop - start
        keys += map(snapshot.pk, ordinals)
    return keys


def in_order(entries: list[Document], order: str) -> list[int]:
    places = {group: n for n, group in enumerate([*SHARED.orders["land"], None])}
    if order == "name":
        return [e.pk for e in sorted(entries, key=lambda e: (e.sort_name.encode(), e.slug.encode()))]
    return [e.pk for e in sorted(entries, key=lambda e: (places[e.groups["land"]], e.slug.encode()))]


@given(CATALOGUES, st.data())
@settings(max_examples=40)
def test_pages_stand_in_the_order_asked_without_gap_or_repetition(
    catalogue: tuple[list[Document], Later], data: st.DataObject
) -> None:
    built, later = catalogue
    with indexed(built, later) as snapshot:
        there = standing(built, later)
        assert {snapshot.pk(ordinal) for ordinal in snapshot.all} == {e.pk for e in there}
        some = data.draw(st.lists(st.sampled_from(there), unique_by=lambda e: e.pk) if there else st.just([]))
        for among in there, some:
            found = snapshot.ordinals([e.pk for e in among])
            for order in "name", "land":
                assert pages(snapshot, order, found) == in_order(among, order)
            assert [snapshot.pk(o) for o in snapshot.all_by_group("land", found)] == in_order(among, "land")
            assert [snapshot.pk(o) for o in snapshot.by_slug(found)] == [
                e.pk for e in sorted(among, key=lambda e: e.slug.encode())
            ]


@given(CATALOGUES)
@settings(max_examples=25)
def test_what_came_later_is_as_if_it_had_been_built(catalogue: tuple[list[Document], Later]) -> None:
    built, later = catalogue
    with indexed(built, later) as changed, indexed(standing(built, later)) as anew:

        def keyed(snapshot: Snapshot) -> dict[str, set[int]]:
            return {name: {snapshot.pk(o) for o in found} for name, found in snapshot.sets.items() if found}

        assert keyed(changed) == keyed(anew)
        assert changed.facet_totals == anew.facet_totals


def test_a_snapshot_never_changes() -> None:
    built = [entry(1, "a", "Alpha", land="japan"), entry(2, "b", "Beta")]
    with indexed(built) as snapshot:
        newer = snapshot.with_changes({1, 3}, [entry(3, "c", "Aleph", land="japan")], SHARED, 2)
        assert [pages(s, "name", s.all) for s in (snapshot, newer)] == [[1, 2], [3, 2]]
        assert [s.facet_totals["land"] for s in (snapshot, newer)] == [{"japan": 1}, {"japan": 1}]
        assert (snapshot.ordinal(1), newer.ordinal(1), newer.ordinal(9)) == (0, None, None)


def test_what_a_change_does_not_touch_is_not_made_anew() -> None:
    built = [entry(1, "a", "Alpha", land="japan"), entry(2, "b", "Beta", land="mexico")]
    with indexed(built) as snapshot:
        newer = snapshot.with_changes({1}, [entry(1, "a", "Alpha")], SHARED, 2)
        assert newer.sets["facet/land/mexico"] is snapshot.sets["facet/land/mexico"]
        assert not newer.sets["facet/land/japan"]
        assert newer.shared.lines_by_word is snapshot.shared.lines_by_word
