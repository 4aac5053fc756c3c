"""Facets as plain data."""

import pytest

from gvc_catalogue.web.facets import Choice, Facet, percentage


def choice(value: str, count: int, *, selected: bool = False) -> Choice:
    return Choice(value, value.upper(), count, selected, f"?country={value}", 0)


FACET = Facet("country", "Country", [choice("a", 3), choice("b", 0), choice("c", 0, selected=True)])


def test_a_choice_that_gives_nothing_is_disabled_unless_it_is_chosen() -> None:
    assert [c.disabled for c in FACET.choices] == [False, True, False]
    assert [c.value for c in FACET.chosen] == ["c"]


def test_data_has_every_value_above_nothing_or_chosen() -> None:
    assert FACET.as_json() == [
        {"value": "a", "label": "A", "count": 3, "selected": False},
        {"value": "c", "label": "C", "count": 0, "selected": True},
    ]


@pytest.mark.parametrize(
    ("count", "largest", "length"), [(0, 0, 0), (0, 9, 0), (9, 9, 100), (1, 3, 33), (1, 1000, 2), (500, 1000, 50)]
)
def test_a_bar_is_as_long_as_its_share_and_never_invisible(count: int, largest: int, length: int) -> None:
    assert percentage(count, largest) == length
