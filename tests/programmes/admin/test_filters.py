"""Curators read what is published, and find it."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gvc_catalogue.site import fixtures
from programmes.models import Country, Example, FormerSlug, Organisation, Programme, Region, Source
from recommendations.models import Category, Passage, Recommendation
from tests.admin_forms import errors, filled

pytestmark = pytest.mark.django_db


def page(model: str, action: str = "changelist", *args: Any) -> str:
    return reverse(f"admin:programmes_{model}_{action}", args=args)


def change(slug: str) -> str:
    return page("programme", "change", Programme.objects.get(slug=slug).pk)


def example(number: str, position: int) -> Example:
    return Example.objects.get(recommendation__number=number, position=position)


def found(client: Client, model: str, **asked: str) -> list[str]:
    return [str(record) for record in client.get(page(model), asked).context["cl"].result_list]


@pytest.mark.parametrize("model", [Category, Recommendation, Passage, Country, Organisation])
def test_saving_what_nobody_changed_changes_nothing(admin_client: Client, model: Any) -> None:
    for record in model.objects.all():
        address = reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
        response = admin_client.post(address, filled(admin_client, address))
        assert response.status_code == 302, errors(response)
    assert fixtures.differences() == []


def test_a_published_programme_is_read_with_its_quotations_links_and_former_addresses(admin_client: Client) -> None:
    programme = Programme.objects.get(slug="rosettanet")
    programme.links.create(url="https://example.org/rosettanet")
    FormerSlug.objects.create(slug="rosetta", programme=programme)
    text = admin_client.get(change("rosettanet")).content.decode()
    assert ">1.1-8</a> RosettaNet" in text
    assert ">https://example.org/rosettanet</a> (Official page)" in text
    assert ">rosetta</div>" in text
    assert "Draft a change" in text


def test_nobody_changes_a_published_record_past_the_drafts(admin_client: Client) -> None:
    for record in (Programme.objects.get(slug="rosettanet"), example("2.1", 1)):
        address = page(record._meta.model_name or "", "change", record.pk)
        assert admin_client.post(address, {"name": "Other", "text": "Other"}).status_code == 403
        assert admin_client.get(page(record._meta.model_name or "", "add")).status_code == 403
    assert fixtures.differences() == []


@pytest.mark.parametrize(
    ("model", "field", "term", "labels"),
    [
        ("programmedraft", "provider", "kosg", ["KOSGEB"]),
        ("programmedraft", "countries", "turkiye", ["Türkiye"]),
        ("programmedraft", "countries", "TÜRKISH", ["Türkiye"]),
        ("exampledraft", "recommendation", "2.1", ["2.1 Clusters and industry groupings"]),
        ("exampledraft", "programmes", "tata mentor", ["Tata Motors mentoring of SMEs"]),
        ("organisation", "country", "jp", ["Japan"]),
    ],
)
def test_fields_suggest_records_by_a_few_letters(
    admin_client: Client, model: str, field: str, term: str, labels: list[str]
) -> None:
    asked = {"app_label": "programmes", "model_name": model, "field_name": field, "term": term}
    results = admin_client.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert [result["text"] for result in results] == labels


def test_programmes_are_found_by_words_of_a_quotation_each_once(admin_client: Client) -> None:
    assert found(admin_client, "programme", q="business COACHING malaysia") == ["SME Business Coaching Programme"]
    assert found(admin_client, "example", q="covisint") == [str(example("5.3", 2))]


@pytest.mark.parametrize("name", ["country", "region", "category", "provider", "status"])
def test_a_number_beside_a_filter_is_the_number_of_rows_behind_it(admin_client: Client, name: str) -> None:
    Programme.objects.get(slug="rosettanet").countries.set(Country.objects.filter(region=Region.ASIA))
    Programme.objects.filter(slug="inovjovem").update(status="running", checked_on="2026-11-01")
    lists = admin_client.get(page("programme"), {"_facets": "True"}).content.decode()
    choices = re.findall(rf'<a href="\?_facets=True&amp;({name}=[^"&]+)">[^<]*\((\d+)\)</a>', lists.replace("\n", ""))
    assert len(choices) > 3
    for query, number in choices:
        behind = admin_client.get(f"{page('programme')}?{query}&all=").context["cl"].result_list
        assert len({programme.pk for programme in behind}) == len(behind) == int(number)


def test_examples_are_narrowed_to_a_country(admin_client: Client) -> None:
    there = Example.objects.filter(programmes__countries__code="JP").distinct()
    assert found(admin_client, "example", country="JP") == [str(example) for example in there]


@pytest.mark.parametrize(
    ("model", "queries"), [("country", 5), ("organisation", 6), ("programme", 10), ("example", 9), ("source", 5)]
)
def test_a_list_costs_as_many_queries_whatever_its_length(
    admin_client: Client, model: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Example.objects.update(source=Source.objects.create(title="Review", url="https://example.org/", date="2010-01-01"))
    admin_client.get(page(model))
    with django_assert_num_queries(queries):
        admin_client.get(page(model))
