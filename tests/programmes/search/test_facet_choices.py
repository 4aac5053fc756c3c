"""Facets, chips, headings and ways out: each number is what following its link gives."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from programmes.models import Programme
from programmes.search.catalogue_snapshot import CatalogueSnapshot
from programmes.search.facet_choices import ListView, chips, describe_filters, facet_choices, filters_to_drop
from programmes.search.facet_definitions import FACETS
from programmes.search.facet_labels import FacetLabels
from programmes.search.filters import ProgrammeFilter
from programmes.search.list_query import ListQuery
from programmes.search.search import everything, find, total
from tests import reference
from tests.factories import make_country, make_example, make_organisation, make_programme
from tests.programmes.conftest import Asking

pytestmark = pytest.mark.django_db


@cache
def published() -> list[reference.Record]:
    return reference.records()


@cache
def vocabulary() -> FacetLabels:
    return FacetLabels.load()


def view(**asked: Any) -> ListView:
    return ListView("/programmes/", ListQuery(**asked), CatalogueSnapshot.now())


def chosen(name: str, *keys: str) -> ListQuery:
    """The selection of one facet's keys."""
    asked: dict[str, Any] = {name: keys}
    return ListQuery(**asked)


def number_behind(url: str) -> int:
    """How many programmes the list has at this address."""
    asked = ProgrammeFilter(QueryDict(urlsplit(url).query), vocabulary().known)
    assert asked.is_valid(), asked.problems
    return total(asked.selection, CatalogueSnapshot.now())


def keys_of(name: str) -> list[str]:
    return [entry.value for entry in vocabulary().entries[name]]


def test_each_single_choice_gives_the_counts_that_counting_by_hand_gives() -> None:
    for name in FACETS:
        for key in keys_of(name):
            selection = chosen(name, key)
            assert find(selection).counts == reference.counts(published(), selection), selection


@st.composite
def selections(draw: st.DrawFn) -> ListQuery:
    """Any few values of any facets of the published catalogue, with or without words."""
    q = draw(st.sampled_from(["", "", "japan", "fairs -japan", "xyzzy", "!"]))
    keys_chosen: dict[str, Any] = {}
    for name in FACETS:
        keys = st.lists(st.sampled_from(keys_of(name)), max_size=draw(st.sampled_from([0, 1, 3])), unique=True)
        keys_chosen[name] = tuple(draw(keys))
    return ListQuery(q=q, **keys_chosen)


def test_any_choices_give_the_counts_that_counting_by_hand_gives() -> None:
    vocabulary()

    @given(selections())
    def compare(selection: ListQuery) -> None:
        found = find(selection)
        assert found.counts == reference.counts(published(), selection)
        assert found.page.total == len(reference.matching(published(), selection))

    compare()


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is not there afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


SMALL_CATALOGUE = st.lists(
    st.tuples(
        st.sets(st.sampled_from(["XA", "XB", "XC"])),
        st.sets(st.sampled_from(["1.1", "1.2", "2.1", "iii.1"])),
        st.sampled_from(["government", "company", "business-body"]),
        st.sampled_from(["alpha", "beta"]),
    ),
    max_size=6,
)
CHOICES = st.builds(
    ListQuery,
    q=st.sampled_from(["", "alpha", "-alpha", "alpha beta"]),
    country=st.sets(st.sampled_from(["XA", "XB", "XC"]), max_size=2).map(tuple),
    region=st.sets(st.sampled_from(["africa", "europe"]), max_size=1).map(tuple),
    category=st.sets(st.sampled_from(["1", "2", "iii"]), max_size=2).map(tuple),
    recommendation=st.sets(st.sampled_from(["1.1", "2.1"]), max_size=1).map(tuple),
    provider=st.sets(st.sampled_from(["government", "company"]), max_size=2).map(tuple),
)


@given(SMALL_CATALOGUE, CHOICES)
@settings(max_examples=40)
def test_so_they_do_in_any_small_catalogue(programmes: list[tuple[Any, ...]], selection: ListQuery) -> None:
    with undone():
        Programme.objects.all().delete()
        places = {
            code: make_country(code, region="africa" if code == "XA" else "europe") for code in ("XA", "XB", "XC")
        }
        for countries, rows, kind, name in programmes:
            provider = make_organisation(kind=kind)
            programme = make_programme(name=name, provider=provider, countries=[places[code] for code in countries])
            for row in rows:
                make_example(row, programme, text="alpha")
        records = reference.records()
        assert find(selection).counts == reference.counts(records, selection)
        assert sorted(p["slug"] for p in everything(selection)) == sorted(
            r.slug for r in reference.matching(records, selection)
        )


def test_a_broader_term_includes_the_programmes_of_its_narrower_terms() -> None:
    whole = {programme["slug"] for programme in everything(chosen("instrument", "financial-support"))}
    parts = ("grant", "loan", "guarantee", "financial-support")
    own = Programme.objects.filter(classifications__term__key__in=parts).values_list("slug", flat=True)
    assert whole == set(own)
    assert len(whole) > len(list(everything(chosen("instrument", "grant"))))


def test_a_term_without_a_programme_is_a_known_value(ask: Asking) -> None:
    answer = ask(topic="venture-capital")
    assert answer["count"] == 0
    assert {"value": "venture-capital", "label": "Venture capital", "count": 0, "selected": True} in answer["facets"][
        "topic"
    ]


def test_an_unknown_term_is_named(client: Client) -> None:
    response = client.get("/programmes.json?topic=alchemy&instrument=topic&beneficiary=smes")
    assert response.status_code == 422
    assert "There is no topic “alchemy” in the catalogue." in response.json()["detail"]
    assert "There is no policy instrument “topic” in the catalogue." in response.json()["detail"]


ASKED = [
    {},
    {"q": "sme"},
    {"country": ("JP", "TR"), "category": ("1",)},
    {"region": ("oceania",), "provider": ("company",)},
]


@pytest.mark.parametrize("asked", ASKED)
def test_following_a_choice_leads_to_as_many_programmes_as_it_says(asked: dict[str, Any]) -> None:
    shown = view(**asked)
    for facet in facet_choices(shown, find(shown.selection).counts):
        for choice in facet.choices:
            assert number_behind(choice.url) == choice.count, choice.url


def test_a_choice_stands_alone_in_its_facet_and_forgets_the_page() -> None:
    shown = view(q="sme", country=("JP", "MX"), region=("asia",), sort="country")
    country = facet_choices(shown, find(shown.selection).counts)[0]
    link = next(choice.url for choice in country.choices if choice.value == "CZ")
    assert parse_qs(urlsplit(link).query) == {"q": ["sme"], "country": ["CZ"], "region": ["asia"], "sort": ["country"]}


def test_every_value_is_shown_in_the_same_order_whatever_is_chosen() -> None:
    first, other = (facet_choices(v, find(v.selection).counts) for v in (view(), view(country=("KE",))))
    assert [f.name for f in first] == list(FACETS)
    assert [[c.value for c in f.choices] for f in first] == [[c.value for c in f.choices] for f in other]
    sizes = {"country": 21, "region": 5, "category": 7, "recommendation": 34, "provider": 4, "status": 6}
    sizes |= {"instrument": 19, "topic": 45, "beneficiary": 10}
    assert {f.name: len(f.choices) for f in first if f.name in sizes} == sizes


def test_data_keeps_a_chosen_value_with_nothing_behind_it(ask: Asking) -> None:
    answer = ask("country=KE&recommendation=iii.1&recommendation=3.1")
    assert {value["value"]: value["count"] for value in answer["facets"]["recommendation"]} == {"3.1": 1, "iii.1": 0}
    assert [value for value in answer["facets"]["recommendation"] if not value["selected"]] == []
    assert all(value["count"] or value["selected"] for values in answer["facets"].values() for value in values)


def test_a_country_without_a_programme_is_chosen_under_its_name_with_nothing_behind_it(ask: Asking) -> None:
    answer = ask("country=IS&country=JP")
    assert answer["query"]["country"] == ["IS", "JP"]
    listed = {value["value"]: value for value in answer["facets"]["country"]}
    assert [listed["IS"][name] for name in ("label", "count", "selected")] == ["Iceland", 0, True]
    assert answer["count"] == listed["JP"]["count"] > 0
    assert ask("country=IS")["count"] == 0
    assert "IS" not in {value["value"] for value in ask("country=JP")["facets"]["country"]}


def test_a_country_of_the_catalogue_has_its_label_from_there() -> None:
    make_country("IS", name="Ísland", region="europe")
    labels = FacetLabels.load()
    assert labels.label("country", "IS") == "Ísland"
    assert labels.label("country", "NO") == "Norway"
    assert [entry.label for entry in labels.listed("country", ("NO", "IS"))].count("Ísland") == 1


def test_the_page_names_a_country_without_a_programme(client: Client) -> None:
    page = client.get("/programmes/?country=IS").content.decode()
    assert "in Iceland" in page
    assert 'value="IS" checked' in " ".join(page.split())
    assert "Norway" not in page
    assert "Compare them side by side" not in client.get("/programmes/?country=IS&country=JP").content.decode()
    assert "Compare them side by side" in client.get("/programmes/?country=IS&country=JP&country=MX").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/programmes.csv",
        "/programmes.xlsx",
        "/programmes.bib",
        "/feeds/programmes.atom",
        "/evidence-map/",
    ],
)
def test_every_format_takes_a_country_without_a_programme(client: Client, address: str) -> None:
    answer, refused = (client.get(f"{address}?country={code}") for code in ("IS", "XX"))
    assert answer.status_code == 200
    answer.getvalue()  # A streamed file is read to its end.
    assert refused.status_code == (200 if address.endswith("/") else 422)


def test_data_has_facets_whole(ask: Asking) -> None:
    answer = ask()
    there = {name: {value["value"]: value["count"] for value in answer["facets"][name]} for name in FACETS}
    assert there == reference.counts(published(), ListQuery())
    assert len(there["country"]) == 21


def test_each_filter_has_a_chip_that_removes_it() -> None:
    shown = view(q="sme", country=("JP", "MX"), category=("1",), sort="country")
    assert [(chip.label, chip.value) for chip in chips(shown)] == [
        ("Words", "sme"),
        ("Country or economy", "Japan"),
        ("Country or economy", "Mexico"),
        ("Category", vocabulary().label("category", "1")),
    ]
    assert [parse_qs(urlsplit(chip.url).query) for chip in chips(shown)] == [
        {"country": ["JP", "MX"], "category": ["1"], "sort": ["country"]},
        {"q": ["sme"], "country": ["MX"], "category": ["1"], "sort": ["country"]},
        {"q": ["sme"], "country": ["JP"], "category": ["1"], "sort": ["country"]},
        {"q": ["sme"], "country": ["JP", "MX"], "sort": ["country"]},
    ]
    assert chips(view()) == []


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({}, ""),
        ({"q": "sme"}, "with “sme”"),
        ({"country": ("JP", "MX")}, "in Japan or Mexico"),
        (
            {"instrument": ("grant", "loan"), "beneficiary": ("smes",)},
            "with the instrument: Grant or subsidy or Loan or credit, for: Small and medium-sized enterprises",
        ),
        ({"topic": ("standards",)}, "on the topic: Standards and quality"),
        ({"country": ("JP",), "provider": ("company",), "q": "sme"}, "in Japan, run by: Company, with “sme”"),
    ],
)
def test_the_heading_says_the_filters_in_words(asked: dict[str, Any], words: str) -> None:
    assert describe_filters(view(**asked)) == words


def test_when_nothing_is_found_each_way_out_says_what_it_gives() -> None:
    shown = view(q="network", country=("KE",), provider=("company", "government"))
    assert find(shown.selection).page.total == 0
    ways = filters_to_drop(shown)
    assert [(way.label, way.value) for way in ways] == [("Country or economy", "Kenya"), ("Words", "network")]
    assert [way.count for way in ways] == sorted((way.count for way in ways), reverse=True)
    assert all(number_behind(way.url) == way.count > 0 for way in ways)


def test_there_is_no_way_out_where_no_single_filter_stands_in_the_way() -> None:
    assert filters_to_drop(view(q="xyzzy", country=("KE",), region=("europe",))) == []
    assert filters_to_drop(view(q="!")) != []


def test_counting_asks_once(django_assert_num_queries: Asking) -> None:
    find(ListQuery())  # The first request after a change brings the index up to date.
    with django_assert_num_queries(1):
        filters_to_drop(view(q="xyzzy", country=("KE",)))
