"""Curators list, search and filter a large catalogue; a list is made large by a low bound."""

import re
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programmes.models import Country, Example, Organisation, Programme, ProgrammeDraft
from tests import reference
from tests.factories import make_organisation, make_programme

pytestmark = pytest.mark.django_db

MOST = 20


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty rows make a table large."""
    for model in (Programme, Example):
        monkeypatch.setattr(admin.site._registry[model], "most", MOST)
        monkeypatch.setattr(admin.site._registry[model], "list_per_page", 6)


def address(model: str, action: str = "changelist", *args: Any) -> str:
    return reverse(f"admin:programmes_{model}_{action}", args=args)


def listed(client: Client, model: str, **asked: str) -> list[str]:
    """What all pages of a list show, in order."""
    names: list[str] = []
    for number in range(1, 20):
        changes = client.get(address(model), {**asked, "p": str(number)}).context["cl"]
        names += [str(record) for record in changes.result_list]
        if number * 6 >= changes.result_count:
            return names
    raise AssertionError


def column(client: Client, name: str) -> str:
    """The number of a column in the query string."""
    return str(client.get(address("programme")).context["cl"].list_display.index(name))


def suggested(client: Client, model: str, field: str, term: str) -> list[str]:
    asked = {"app_label": "programmes", "model_name": model, "field_name": field, "term": term}
    return [result["text"] for result in client.get(reverse("admin:autocomplete"), asked).json()["results"]]


@pytest.mark.parametrize("large_from", [68, 67])
def test_a_table_of_any_size_is_searched_by_the_index_whole_quotations_and_all(
    large_from: int, admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admin.site._registry[Programme], "most", 10_000)
    monkeypatch.setattr(admin.site._registry[Programme], "large_from", large_from)
    with CaptureQueriesContext(connection) as asked:
        changes = admin_client.get(address("programme"), {"q": "cluster"}).context["cl"]
    assert not [query for query in asked if "REGEXP" in query["sql"] or "~*" in query["sql"]]
    assert (changes.result_count, changes.result_count.more) == (12, False)


def test_a_number_that_is_bounded_says_so_and_pages_end_with_it(admin_client: Client) -> None:
    page = admin_client.get(address("programme"))
    assert re.search(r"more than 20\s+programmes", page.content.decode())
    assert listed(admin_client, "programme") == [str(p) for p in Programme.objects.all()[:MOST]]
    assert admin_client.get(address("programme"), {"p": "5"}).status_code == 302
    assert "?all=" not in page.content.decode()
    assert "_facets" not in page.content.decode()


def test_a_number_within_the_bound_is_exact(admin_client: Client) -> None:
    there = Programme.objects.filter(countries__code="JP")
    page = admin_client.get(address("programme"), {"country": "JP"})
    assert page.context["cl"].result_count == there.count() < MOST
    assert "more than" not in page.content.decode()


@pytest.mark.parametrize("model", ["programme", "example"])
@pytest.mark.parametrize("query", ["", "q=training", "country=JP", "category=2", "country=US&q=training"])
def test_nothing_is_counted_or_skipped_beyond_the_bound(admin_client: Client, model: str, query: str) -> None:
    admin_client.get(f"{address(model)}?{query}")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        admin_client.get(f"{address(model)}?{query}")
    tables = [q["sql"] for q in asked if f'FROM "programmes_{model}"' in q["sql"]]
    assert len(tables) > 1
    for sql in tables:
        assert re.search(r" LIMIT (21|6)\b|\.\"id\" IN \(", sql), sql


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"q": "business COACHING malaysia"}, ["SME Business Coaching Programme"]),
        ({"q": "rosettanet"}, ["RosettaNet"]),
        ({"q": "rosettan"}, ["RosettaNet"]),
        ({"q": "TÜRKIYE kosg"}, ["KOSGEB consultancy services and training"]),
        ({"q": "rosettanet nothinglikeit"}, []),
        ({"q": "rosettanett"}, []),
        ({"q": "!?"}, []),
        ({"q": "kosgeb", "country": "TR"}, ["KOSGEB consultancy services and training"]),
        ({"q": "kosgeb", "country": "JP"}, []),
    ],
)
def test_programmes_are_found_by_words_and_their_beginnings_blind_to_case_and_accents(
    admin_client: Client, asked: dict[str, str], names: list[str]
) -> None:
    assert listed(admin_client, "programme", **asked) == names


@pytest.mark.parametrize("large_from", [68, 67])
@pytest.mark.parametrize(
    "asked", [{"country": "JP"}, {"region": "oceania"}, {"provider": "company"}, {"category": "4"}]
)
def test_a_filter_finds_what_the_public_facet_counts(
    admin_client: Client, asked: dict[str, str], large_from: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admin.site._registry[Programme], "large_from", large_from)
    ((name, value),) = asked.items()
    there = sorted(record.slug for record in reference.records() if value in record.keys[name])
    names = [p.name for p in Programme.objects.filter(slug__in=there).order_by("sort_name", "slug")]
    assert listed(admin_client, "programme", **asked) == names
    examples = {str(e) for e in Example.objects.filter(programmes__slug__in=there)}
    if name == "country":
        assert set(listed(admin_client, "example", **asked)) == examples


def test_what_was_saved_is_found_at_once(admin_client: Client) -> None:
    assert listed(admin_client, "programme", q="zyxwv") == []
    make_programme("zyxwv-fairs", name="Zyxwv", countries=[Country.objects.get(code="JP")])
    assert listed(admin_client, "programme", q="zyxw", country="JP") == ["Zyxwv"]
    assert listed(admin_client, "programme", q="zyxwv-fairs") == ["Zyxwv"]


def test_examples_are_found_by_words_of_what_they_describe_or_by_their_place(admin_client: Client) -> None:
    example = Example.objects.get(recommendation__number="5.3", position=2)
    assert str(example) in listed(admin_client, "example", q="covisint")
    assert listed(admin_client, "example", q="5.3-2") == [str(example)]
    assert set(listed(admin_client, "example", category="5")) == {
        str(e) for e in Example.objects.filter(recommendation__category__code="5")
    }


def test_a_large_list_is_sorted_by_no_column_without_an_index(admin_client: Client) -> None:
    by_name = listed(admin_client, "programme")
    name = column(admin_client, "name")
    assert len(listed(admin_client, "programme", o=column(admin_client, "provider"))) == MOST
    assert listed(admin_client, "programme", o=name) == by_name
    page = admin_client.get(address("programme"), {"o": f"-{name}"})
    assert str(page.context["cl"].result_list[0]) == str(Programme.objects.reverse()[0])
    assert page.content.decode().count("sortable") < 5


def test_what_an_index_found_is_sorted_backwards_from_its_end(admin_client: Client) -> None:
    by_name = [str(p) for p in Programme.objects.order_by("sort_name", "slug")]
    name = column(admin_client, "name")
    assert listed(admin_client, "programme", o=f"-{name}", work="no-link") == by_name[::-1][:MOST]
    assert listed(admin_client, "programme", o=name, work="no-link") == by_name[:MOST]


def test_fields_suggest_programmes_by_a_few_letters(admin_client: Client) -> None:
    assert suggested(admin_client, "example", "programmes", "tata mentor") == ["Tata Motors mentoring of SMEs"]
    assert len(suggested(admin_client, "example", "programmes", "")) == 20
    assert suggested(admin_client, "programme", "provider", "kosg") == ["KOSGEB"]


def test_no_action_takes_more_than_were_counted(admin_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admin.site._registry[ProgrammeDraft], "most", 2)
    drafts = [ProgrammeDraft.objects.create(slug=f"d-{n}", name="D", provider=make_organisation()) for n in range(3)]
    chosen = {"action": "submit_selected", "_selected_action": [drafts[0].pk], "select_across": "1"}
    answer = admin_client.post(address("programmedraft"), chosen, follow=True)
    assert "More than 2 were chosen at once" in answer.content.decode()
    assert not ProgrammeDraft.objects.waiting().exists()


def test_a_small_list_is_listed_as_ever(admin_client: Client) -> None:
    page = admin_client.get(address("organisation")).content.decode()
    assert re.search(rf"\n{Organisation.objects.count()}\s+organisations", page)
