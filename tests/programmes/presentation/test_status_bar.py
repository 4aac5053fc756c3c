"""The status bar of a list: as wide as the numbers of the facet."""

from programmes.presentation.status_bar import status_bar
from programmes.search.list_query import ListQuery

COUNTS = {"running": 1, "renamed": 1, "merged": 1, "unknown": 5}


def test_parts_are_as_wide_as_their_share_and_fill_the_bar_in_the_order_of_statuses() -> None:
    parts = status_bar(ListQuery(), COUNTS)
    assert [part.words for part in parts] == ["1 running", "2 renamed or merged", "5 fate unknown"]
    assert [round(part.x, 1) for part in parts] == [0, 12.5, 37.5]
    assert [round(part.width) for part in parts] == [12, 25, 62]
    assert max(part.x + part.width for part in parts) <= 100


def test_there_is_no_bar_of_a_list_of_chosen_statuses_whose_counts_are_of_others() -> None:
    assert status_bar(ListQuery(status=("running",)), COUNTS) == []
    assert status_bar(ListQuery(excluded=(("status", "ended"),)), COUNTS) == []


def test_a_list_without_a_programme_has_no_bar() -> None:
    assert status_bar(ListQuery(), {}) == []
