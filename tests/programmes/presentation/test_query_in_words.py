"""Headings of a search: they say what was found, and never claim what is not there."""

import pytest

from programmes.models import Term
from programmes.presentation.asked_parts import asked_parts, expanded_words
from programmes.presentation.query_in_words import heading, partial_heading
from programmes.search.catalogue_snapshot import CatalogueSnapshot
from programmes.search.list_query import ListQuery
from programmes.search.search import find
from recommendations.models import Category, Recommendation
from tests.factories import make_many_programmes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("q", "sentence"),
    [
        ("clusters japan", "has clusters and Japan"),
        ("certification", "have certification"),
        ("clusters -japan", "have clusters, not Japan"),
        ("ISO 9000", "have the term Standards and quality"),
        ("loans Austria", "has Austria and the term Loan or credit"),
        ("loans Austria employs protect failure guarantee promotion", "has all of these words or their terms"),
        ("loans OR Iceland", "have loans"),
        ('"trade fairs" OR Japan', "have “trade fairs” or Japan"),
        ("ISO 9000 OR clusters", "have the term Standards and quality or clusters"),
        ("Iceland OR xyzzy", "No programme has Iceland or xyzzy"),
        ("Iceland OR Norway", "No programme is from Iceland or Norway"),
        ("-japan", "without Japan"),
        ('"trade fairs"', "have “trade fairs”"),
        ("Iceland", "No programme is from Iceland"),
        ("venture capital", "No programme quotes venture capital"),
        ("xyzzy", "No programme has xyzzy"),
        ("patents japan", "No programme has both patents and Japan"),
        ("venture capital loans Iceland", "No programme has all of venture capital, loans and Iceland"),
        ("one two three four five six seven xyzzy", "No programme has all of these words"),
        ("xyzzy -japan", "No programme has xyzzy, not Japan"),
    ],
)
def test_the_heading_says_what_the_full_matches_have_or_that_there_is_none(q: str, sentence: str) -> None:
    assert heading(find(ListQuery(q=q))) == sentence


@pytest.mark.parametrize(
    ("q", "sentence"),
    [
        ("patents japan", "12 programmes have one of the words"),
        ("venture capital loans Iceland", "3 programmes have loans, not venture capital or Iceland"),
        ("clusters japan", "19 more have one of the words"),
        ("trade fairs", "2 more have trade fairs in the wording of a recommendation"),
        ("ISO 9000 xyzzy", "7 programmes have the term Standards and quality, not xyzzy"),
        ("sme xyzzy", "The nearest 20 have some of the words"),
    ],
)
def test_the_heading_of_the_partial_matches_says_how_many_have_which_words(q: str, sentence: str) -> None:
    assert partial_heading(find(ListQuery(q=q))) == sentence


def test_of_many_partial_matches_no_number_is_claimed() -> None:
    make_many_programmes(30)
    found = find(ListQuery(q="many xyzzy"))
    assert (len(found.partial), found.has_more_partial) == (20, True)
    assert partial_heading(found) == "The nearest 20 have some of the words"


def test_each_part_of_a_query_says_what_it_is_and_whether_a_programme_has_it() -> None:
    edition = CatalogueSnapshot.now()
    found = find(ListQuery(q="venture capital loans Iceland xyzzy"), edition=edition)
    parts = asked_parts(found, edition)
    assert [(part.asked, part.kind, part.lacking) for part in parts] == [
        ("venture capital", "A term of the vocabulary", "no programme quotes it"),
        ("loans", "", ""),
        ("Iceland", "A country", "no programme is from there"),
        ("xyzzy", "Not a word of the catalogue", "no programme has it"),
    ]
    assert [term.label for term in parts[1].terms] == ["Loan or credit"]
    assert parts[1].count == find(ListQuery(q="loans")).page.total == 3


@pytest.mark.parametrize(
    ("q", "kind"),
    [
        ("inteligence", "A known word"),
        ("gastronomy", "A known word"),
        ("quokkas", "In the wording of a recommendation"),
        ("wombats", "In the wording of a category"),
        ("numbats", "In the definition of a term"),
    ],
)
def test_an_absent_word_is_said_to_be_in_the_wording_only_where_it_stands_in_one(q: str, kind: str) -> None:
    Recommendation.objects.filter(number="5.4").update(text="Countries should count quokkas.")
    Category.objects.filter(code="3").update(title="Counting wombats")
    Term.objects.filter(key="grant").update(definition="Money for numbats.")
    edition = CatalogueSnapshot.now()
    [part] = asked_parts(find(ListQuery(q=q), edition=edition), edition)
    assert (part.kind, part.count) == (kind, 0)


@pytest.mark.parametrize("q", ["loans OR Iceland", "loans OR Iceland -japan"])
def test_an_alternative_that_no_programme_has_is_in_the_table(q: str) -> None:
    edition = CatalogueSnapshot.now()
    found = find(ListQuery(q=q), edition=edition)
    assert found.page.total
    parts = asked_parts(found, edition)
    assert [(part.asked, part.lacking) for part in parts] == [("loans", ""), ("Iceland", "no programme is from there")]


def test_the_terms_of_alternatives_are_said_for_each() -> None:
    edition = CatalogueSnapshot.now()
    found = find(ListQuery(q="loans OR clusters"), edition=edition)
    assert expanded_words(found, edition) == ["loans, as the term Loan or credit", "clusters, as the term Clusters"]


def test_a_misspelt_part_is_shown_as_typed_with_what_it_was_read_as() -> None:
    edition = CatalogueSnapshot.now()
    parts = asked_parts(find(ListQuery(q="inteligence xyzzy"), edition=edition), edition)
    assert [(part.asked, part.read_as) for part in parts] == [("inteligence", "intelligence"), ("xyzzy", "")]


def test_a_part_that_no_programme_quotes_is_said_to_be_found_by_its_term() -> None:
    edition = CatalogueSnapshot.now()
    parts = asked_parts(find(ListQuery(q="ISO 9000 loans xyzzy"), edition=edition), edition)
    assert [part.how for part in parts] == ["by term", "by word or by term", ""]


@pytest.mark.parametrize("q", ["patents japan", "clusters", "-japan", ""])
def test_a_query_of_which_every_part_is_in_a_programme_needs_no_table(q: str) -> None:
    edition = CatalogueSnapshot.now()
    assert asked_parts(find(ListQuery(q=q), edition=edition), edition) == []


def test_of_a_long_query_only_what_is_in_no_programme_is_listed() -> None:
    edition = CatalogueSnapshot.now()
    words = "loans patents japan clusters trade sme Iceland xyzzy quokka training"
    parts = asked_parts(find(ListQuery(q=words), edition=edition), edition)
    assert [part.asked for part in parts] == ["Iceland", "xyzzy", "quokka"]
