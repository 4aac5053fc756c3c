"""Which page of a list is meant."""

import pytest

from gvc_catalogue.web.pagination import Page, PageNotFoundError, get_page, page_count


@pytest.mark.parametrize(("total", "last"), [(0, 1), (1, 1), (20, 1), (21, 2), (40, 2), (41, 3), (1_000_000, 50_000)])
def test_a_list_has_as_many_pages_as_it_fills_and_at_least_one(total: int, last: int) -> None:
    assert page_count(total) == last
    assert get_page(str(last), total).stop == total


def test_no_page_asked_is_the_first() -> None:
    assert get_page("", 67) == Page(1, 67) == get_page("1", 67) == get_page("01", 67)


@pytest.mark.parametrize(("number", "rows"), [(1, (0, 20)), (2, (20, 40)), (4, (60, 67))])
def test_a_page_shows_its_twenty_rows(number: int, rows: tuple[int, int]) -> None:
    shown = get_page(str(number), 67)
    assert (shown.start, shown.stop) == rows


@pytest.mark.parametrize(
    "asked", ["0", "-1", "5", "x", "1.0", "1e3", " 1", "+1", "١", "²", "1\x00", "9" * 20, "9" * 9, "9" * 5000]
)
def test_what_is_no_page_is_refused_with_the_last_one(asked: str) -> None:
    with pytest.raises(PageNotFoundError, match="the last page is 4") as refused:
        get_page(asked, 67)
    assert refused.value.last == 4


@pytest.mark.parametrize(
    ("number", "last", "shown"),
    [
        (1, 1, [1]),
        (1, 4, [1, 2, 3, 4]),
        (2, 4, [1, 2, 3, 4]),
        (4, 4, [1, 2, 3, 4]),
        (1, 5, [1, 2, None, 5]),
        (4, 5, [1, 2, 3, 4, 5]),
        (5, 9, [1, None, 4, 5, 6, None, 9]),
    ],
)
def test_the_first_the_last_and_the_near_pages_are_linked(number: int, last: int, shown: list[int | None]) -> None:
    assert Page(number, last * 20).shown_numbers == shown
