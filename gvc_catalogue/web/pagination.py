"""Pagination of lists by page number."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404

PAGE_SIZE = 20


class PageNotFoundError(Http404):
    """404: the requested page is not a number or past the end; `last` is the number of the last page."""

    def __init__(self, asked: str, last: int) -> None:
        self.asked, self.last = asked, last
        super().__init__(f"There is no page “{asked}”: the last page is {last}.")


@dataclass(frozen=True)
class Page:
    """One page of a list: its number from 1, the total number of rows, and the page size."""

    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def pages(self) -> int:
        return page_count(self.total, self.size)

    @property
    def start(self) -> int:
        return (self.number - 1) * self.size

    @property
    def stop(self) -> int:
        return min(self.start + self.size, self.total)

    @property
    def shown_numbers(self) -> list[int | None]:
        """Return the page numbers to link: first, last and neighbours; None is an ellipsis for two or more numbers."""
        numbers = Paginator(range(self.total), self.size).get_elided_page_range(self.number, on_each_side=1, on_ends=1)
        return [number if isinstance(number, int) else None for number in numbers]


def page_count(total: int, size: int = PAGE_SIZE) -> int:
    """Return the number of pages of a list with `total` rows; an empty list has one empty page."""
    return max(1, -(-total // size))


def get_page(asked: str, total: int, size: int = PAGE_SIZE) -> Page:
    """Return the page for the value of the `page` parameter; "" is the first page.

    Raises PageNotFoundError unless the value is a number from 1 to the last page.
    """
    last = page_count(total, size)
    if not asked:
        return Page(1, total, size)
    # More than nine digits are rejected before int(), which is slow for very long numbers.
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10 and 1 <= int(asked) <= last):
        raise PageNotFoundError(asked, last)
    return Page(int(asked), total, size)
