"""Curators edit programmes, countries, organisations and examples."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gvc_catalogue import loading
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


@pytest.mark.parametrize("model", [Category, Recommendation, Passage, Country, Organisation, Programme, Example])
def test_saving_what_nobody_changed_changes_nothing(admin_client: Client, model: Any) -> None:
    for record in model.objects.all():
        address = reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
        response = admin_client.post(address, filled(admin_client, address))
        assert response.status_code == 302, errors(response)
    assert loading.differences() == []


def test_the_words_of_an_example_are_edited_on_the_page_of_its_programme(admin_client: Client) -> None:
    data = filled(admin_client, change("sme-business-coaching-programme"))
    assert data["examples-TOTAL_FORMS"] == ["2"]
    data["examples-1-text"] = "Malaysia’s programme matches SMEs with MNEs."
    assert admin_client.post(change("sme-business-coaching-programme"), data).status_code == 302
    assert example("2.5", 3).text == "Malaysia’s programme matches SMEs with MNEs."
    assert example("1.4", 2).text.startswith("Malaysia’s SME Business Coaching Programme links")


def test_a_programme_is_added_together_with_its_example(admin_client: Client) -> None:
    row = Recommendation.objects.get(number="2.2")
    data = filled(admin_client, page("programme", "add"))
    data |= {"name": "Fairs", "slug": "fairs", "provider": Organisation.objects.all()[0].pk}
    data |= {"examples-TOTAL_FORMS": 1, "examples-0-recommendation": row.pk, "examples-0-position": 50}
    assert admin_client.post(page("programme", "add"), data | {"examples-0-text": "It holds fairs."}).status_code == 302
    assert [e.text for e in Programme.objects.get(slug="fairs").examples.all()] == ["It holds fairs."]


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"text": "   "}, "Type the words as printed: a wording cannot be empty."),
        ({"position": "1"}, "There is an example at this place of the row already."),
        ({"placed_by_inference": "on"}, "Say why it was placed in this row: the reader is shown the reason."),
    ],
)
def test_a_faulty_example_is_refused_in_words(admin_client: Client, typed: dict[str, str], complaint: str) -> None:
    address = change("strategic-it-use-by-smes")
    data = filled(admin_client, address) | {f"examples-0-{name}": value for name, value in typed.items()}
    assert errors(admin_client.post(address, data)) == [complaint]


@pytest.mark.parametrize("may", [["view_example"], []])
def test_who_may_not_change_examples_cannot_do_it_through_a_programme(
    client: Client, admin_client: Client, may: list[str]
) -> None:
    address = change("strategic-it-use-by-smes")
    data = filled(admin_client, address)
    new = {name.replace("-0-", "-1-"): value for name, value in data.items() if name.startswith("examples-0-")}
    data |= new | {"examples-1-id": "", "examples-1-position": 50, "examples-TOTAL_FORMS": 2}
    user = User.objects.create_user("somebody", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=[*may, "change_programme"]))
    client.force_login(user)
    data |= {"name": "Strategic use", "examples-0-text": "Other words.", "examples-1-text": "New words."}
    assert client.post(address, data).status_code == 302
    assert Programme.objects.get(slug="strategic-it-use-by-smes").name == "Strategic use"
    assert not Example.objects.filter(text__in=["Other words.", "New words."]).exists()


def test_an_old_address_redirects_after_the_curator_changed_it(admin_client: Client) -> None:
    address = change("rosettanet")
    admin_client.post(address, filled(admin_client, address) | {"slug": "rosettanet-standards"})
    answer = admin_client.get("/programmes/rosettanet/")
    assert (answer.status_code, answer["Location"]) == (301, "/programmes/rosettanet-standards/")
    assert ">rosettanet</p>" in admin_client.get(address).content.decode()


def test_nobody_takes_away_or_takes_over_an_old_address(admin_client: Client) -> None:
    former = FormerSlug.objects.create(slug="old", programme=Programme.objects.get(slug="rosettanet"))
    address = change("rosettanet")
    data = filled(admin_client, address)
    assert not any(former.slug in values for values in data.values())
    others = {"former_slugs-0-id": former.pk, "former_slugs-0-slug": "new", "former_slugs-0-DELETE": "on"}
    counted = {"former_slugs-TOTAL_FORMS": 1, "former_slugs-INITIAL_FORMS": 1}
    assert admin_client.post(address, data | others | counted).status_code == 302
    assert FormerSlug.objects.get(slug="old").programme.slug == "rosettanet"
    response = admin_client.post(change("inovjovem"), filled(admin_client, change("inovjovem")) | {"slug": "old"})
    assert errors(response) == ["This address leads to “RosettaNet”, which had it once."]


def test_the_address_follows_the_name_of_a_new_programme_only(admin_client: Client) -> None:
    assert admin_client.get(page("programme", "add")).context["adminform"].prepopulated_fields
    assert not admin_client.get(change("rosettanet")).context["adminform"].prepopulated_fields


def test_a_programme_with_examples_cannot_be_deleted_alone_or_among_others(admin_client: Client) -> None:
    programme = Programme.objects.get(slug="rosettanet")
    address = page("programme", "delete", programme.pk)
    assert "1.1-8: RosettaNet" in admin_client.get(address).content.decode()
    admin_client.post(address, {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": [programme.pk], "post": "yes"}
    admin_client.post(page("programme"), chosen)
    assert Programme.objects.filter(slug="rosettanet").exists()
    programme.examples.clear()
    assert admin_client.post(address, {"post": "yes"}).status_code == 302
    assert not Programme.objects.filter(slug="rosettanet").exists()


@pytest.mark.parametrize(
    ("model", "field", "term", "labels"),
    [
        ("programme", "provider", "kosg", ["KOSGEB"]),
        ("programme", "countries", "turkiye", ["Türkiye"]),
        ("programme", "countries", "TÜRKISH", ["Türkiye"]),
        ("example", "recommendation", "2.1", ["2.1 Clusters and industry groupings"]),
        ("example", "programmes", "tata mentor", ["Tata Motors mentoring of SMEs"]),
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


@pytest.mark.parametrize("name", ["country", "region", "category", "provider__kind__exact"])
def test_a_number_beside_a_filter_is_the_number_of_rows_behind_it(admin_client: Client, name: str) -> None:
    Programme.objects.get(slug="rosettanet").countries.set(Country.objects.filter(region=Region.ASIA))
    lists = admin_client.get(page("programme"), {"_facets": "True"}).content.decode()
    choices = re.findall(rf'<a href="\?_facets=True&amp;({name}=[^"&]+)">[^<]*\((\d+)\)</a>', lists.replace("\n", ""))
    assert len(choices) > 3
    for query, number in choices:
        behind = admin_client.get(f"{page('programme')}?{query}").context["cl"].result_list
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
