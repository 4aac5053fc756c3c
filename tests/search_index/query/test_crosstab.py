"""A table of sets by a facet, and by a set beside it, is what counting each pair by hand gives."""

from collections import Counter

from hypothesis import given
from pyroaring import BitMap

from gvc_catalogue.search_index.documents import Document
from gvc_catalogue.search_index.query.crosstab import cross_tabulate, entries_by_value
from tests.search_index.toys import CATALOGUES, entry, indexed, standing

Later = tuple[set[int], list[Document]]


@given(CATALOGUES)
def test_each_pair_is_counted_whenever_its_entries_came(catalogue: tuple[list[Document], Later]) -> None:
    built, later = catalogue
    with indexed(built, later) as snapshot:
        nowhere = snapshot.all - BitMap.union(BitMap(), *snapshot.facets.get("land", {}).values())
        for members in snapshot.all, BitMap(list(snapshot.all)[::2]):
            among = {snapshot.pk(ordinal) for ordinal in members}
            expected = Counter(
                (initial, land)
                for one in standing(built, later)
                if one.pk in among
                for initial in one.facets["initial"]
                for land in one.facets["land"] or ("nowhere",)
            )
            rows = entries_by_value(snapshot, members, "initial")
            table = cross_tabulate(snapshot, rows, "land", {"nowhere": nowhere})
            assert {(row, column): n for row, counts in table.items() for column, n in counts.items()} == expected


def test_an_entry_of_several_values_counts_in_each() -> None:
    lands = [("japan",), ("japan", "mexico"), ("japan", "mexico", "peru"), (), ("mexico", "peru")]
    built = [
        entry(pk, f"s{pk}", "A")._replace(facets={"land": found, "initial": ("a",)}) for pk, found in enumerate(lands)
    ]
    with indexed(built, (set(), [])) as snapshot:
        table = cross_tabulate(snapshot, {"all": snapshot.all}, "land")
        assert table == {"all": {"japan": 3, "mexico": 3, "peru": 2}}
