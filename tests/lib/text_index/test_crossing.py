"""A table of two facets is what counting each pair by hand gives."""

from collections import Counter

from hypothesis import given
from pyroaring import BitMap

from gvc_catalogue.lib.text_index.crossing import cross
from gvc_catalogue.lib.text_index.entries import Entry

from .toys import CATALOGUES, indexed, standing

Later = tuple[set[int], list[Entry]]


@given(CATALOGUES)
def test_each_pair_is_counted_whenever_its_entries_came(catalogue: tuple[list[Entry], Later]) -> None:
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
            table = cross(snapshot, members, "land", "initial")
            assert {(row, column): n for row, counts in table.items() for column, n in counts.items()} == expected
