"""Pages of a list."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404

PAGE_SIZE = 20


class PageNotFoundError(Http404):
    """The page asked for is no number or past the end; `last` is the last there is."""

    def __init__(self, asked: str, last: int) -> None:
        self.asked, self.last = asked, last
        super().__init__(f"There is no page “{asked}”: the last page is {last}.")


@dataclass(frozen=True)
class Page:
    """Which part of a list is shown."""

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
        """The page numbers to link: first, last and those near this one; None stands for two or more left out."""
        numbers = Paginator(range(self.total), self.size).get_elided_page_range(self.number, on_each_side=1, on_ends=1)
        return [number if isinstance(number, int) else None for number in numbers]


class GoneError(Http404):
    """What had this address was taken out of the catalogue; the message says when and why."""

    status = 410


def page_count(total: int, size: int = PAGE_SIZE) -> int:
    """Return how many pages a list has; an empty list has one, empty."""
    return max(1, -(-total // size))


def get_page(asked: str, total: int, size: int = PAGE_SIZE) -> Page:
    """Return the page that the address asks for; "" is the first.

    Raises NoSuchPage when it is no number from 1 to the last.
    """
    last = page_count(total, size)
    if not asked:
        return Page(1, total, size)
    # Nine digits are more pages than there can be; longer ones are not even read as numbers.
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10 and 1 <= int(asked) <= last):
        raise PageNotFoundError(asked, last)
    return Page(int(asked), total, size)
