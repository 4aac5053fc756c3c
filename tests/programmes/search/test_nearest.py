"""What is nearest to a subject that no programme has."""

import pytest

from programmes.search.catalogue_snapshot import CatalogueSnapshot
from programmes.search.list_query import ListQuery
from programmes.search.nearest import Subject, nearest, widened
from programmes.search.search import find
from tests.factories import make_term

pytestmark = pytest.mark.django_db


def nearest_of(q: str) -> list[Subject]:
    edition = CatalogueSnapshot.now()
    found = find(ListQuery(q=q), edition=edition)
    return [
        subject for clause in found.answer.wanted for entity in clause.entities for subject in nearest(entity, edition)
    ]


def test_nearest_to_a_country_without_a_programme_is_its_region() -> None:
    number = find(ListQuery(region=("europe",))).page.total
    assert nearest_of("Iceland") == [Subject("Europe", number, "/programmes/?region=europe")]


def test_a_country_of_a_region_without_a_programme_has_nothing_near() -> None:
    assert find(ListQuery(region=("oceania",))).page.total
    assert nearest_of("Antarctica") == []


def test_nearest_to_a_term_is_its_broader_term_with_the_other_narrower_ones_by_number() -> None:
    [subject] = nearest_of("loans")
    assert (subject.label, subject.url) == ("Financial support", "/programmes/?instrument=financial-support")
    numbers = [term.count for term in subject.narrower]
    assert numbers == sorted(numbers, reverse=True)
    assert "Loan or credit" not in [term.label for term in subject.narrower]
    assert all(numbers)


def test_each_number_is_that_of_the_list_it_leads_to() -> None:
    for subject in nearest_of("loans"):
        for one in (subject, *subject.narrower):
            _, _, key = one.url.partition("instrument=")
            assert find(ListQuery(instrument=(key,))).page.total == one.count


def test_a_term_without_a_broader_one_has_nothing_near() -> None:
    make_term("quokka-care", label="Quokka care")
    assert nearest_of("quokka care") == []


def test_words_that_never_meet_are_answered_by_the_broader_term() -> None:
    edition = CatalogueSnapshot.now()
    query = widened(find(ListQuery(q="patents japan"), edition=edition), edition)
    assert query
    assert (query.others, query.country, query.term.label) == ("Japan", True, "Patents and registration")
    assert query.subject.label == "Intellectual property"
    there = find(ListQuery(country=("JP",), topic=("intellectual-property",)))
    assert query.subject.count == there.page.total > 0
    assert query.subject.url == "/programmes/?country=JP&topic=intellectual-property"


@pytest.mark.parametrize(
    "q",
    ["patents", "japan", "patents -japan", "patents xyzzy", "patents loans", "-patents", "patents OR loans japan", ""],
)
def test_no_other_query_is_widened(q: str) -> None:
    edition = CatalogueSnapshot.now()
    assert widened(find(ListQuery(q=q), edition=edition), edition) is None
