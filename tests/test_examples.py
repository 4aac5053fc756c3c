"""The part of the examples that `make test` tries, and what `make soak` runs in full."""

import pytest

from tests import examples, run
from tests.examples import part, some


@pytest.fixture(autouse=True)
def as_in_make_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examples, "ALL", False)


def test_turn_by_turn_each_example_is_tried() -> None:
    tried = [part(range(10), 3, turn) for turn in range(6)]
    assert tried[0] == tried[3] == [0, 3, 6, 9]
    assert sorted(number for numbers in tried[:3] for number in numbers) == list(range(10))


def test_of_few_examples_one_is_tried() -> None:
    assert (some(100), some(2), some(40, 4)) == (33, 1, 10)


def test_all_are_tried_by_the_long_suites(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examples, "ALL", True)
    assert part(range(10), 3, 1) == list(range(10))
    assert some(100) == 100


def test_the_long_suites_run_every_module_that_tries_a_part() -> None:
    sampled = run.sampled()
    assert "tests/test_nonsense.py" in sampled
    assert "tests/text/test_folding.py" in sampled
    assert "tests/test_examples.py" in sampled
    assert "tests/examples.py" not in sampled
