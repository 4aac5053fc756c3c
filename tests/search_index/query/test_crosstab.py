"""A table of two facets is what counting each pair by hand gives."""

from collections import Counter

from hypothesis import given
from pyroaring import BitMap

from gvc_catalogue.search_index.documents import Document
from gvc_catalogue.search_index.query.crosstab import cross_tabulate
from tests.search_index.toys import CATALOGUES, indexed, standing

Later = tuple[set[int], list[Document]]


@given(CATALOGUES)
def test_each_pair_is_counted_whenever_its_entries_came(catalogue: tuple[list[Document], Later]) -> None:
    built, later = catalogue
    with indexed(built, later) as snapshot:
        for members in snapshot.all, BitMap(list(snapshot.all)[::2]):
            among = {snapshot.pk(ordinal) for ordinal in members}
            expected = Counter(
                (land, initial)
                for entry in standing(built, later)
                if entry.pk in among
                for land in entry.facets["land"]
                for initial in entry.facets["initial"]
            )
            table = cross_tabulate(snapshot, members, "land", "initial")
            assert {(row, column): n for row, counts in table.items() for column, n in counts.items()} == expected
