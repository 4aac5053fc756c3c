"""Curators edit the statement."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gvc_catalogue.history.models import Version
from gvc_catalogue.history.versioned_admin import NO_REASON
from programmes.models import Example
from recommendations.models import Category, Passage, Recommendation
from tests.admin_forms import errors, filled

pytestmark = pytest.mark.django_db

LIST = reverse("admin:recommendations_recommendation_changelist")
ADD = reverse("admin:recommendations_recommendation_add")


def change(number: str) -> str:
    return reverse("admin:recommendations_recommendation_change", args=[Recommendation.objects.get(number=number).pk])


def new(**typed: Any) -> dict[str, Any]:
    """A recommendation that may be added, but for what a test types."""
    category = Category.objects.get(code="2").pk
    words = {"number": "2.8", "category": category, "position": 35, "title": "Fairs", "text": "Holding fairs."}
    none = {"examples-TOTAL_FORMS": 0, "examples-INITIAL_FORMS": 0}
    return words | {"annex_text": ""} | none | typed


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"number": "2.1"}, "There is a recommendation with this number already."),
        ({"number": "two"}, "A recommendation's number is i, or its category, a dot and its place there: 2.1, iii.4."),
        ({"number": "3.8"}, "The number 3.8 belongs to another category."),
        ({"position": 1}, "There is a recommendation at this place already."),
        ({"text": ""}, "Type the words as printed: a wording cannot be empty."),
        ({"text": "  \r\n "}, "Type the words as printed: a wording cannot be empty."),
        ({"text": "\u200b…"}, "There is no word in it: type the words as printed."),
        ({"annex_text": "–"}, "There is no word in it: type the words as printed."),
    ],
)
def test_what_cannot_stand_in_the_statement_is_refused_in_words(
    admin_client: Client, typed: dict[str, Any], complaint: str
) -> None:
    assert errors(admin_client.post(ADD, new(**typed))) == [complaint]
    assert Recommendation.objects.count() == 34


def test_a_recommendation_does_not_move_to_a_category_of_other_numbers(admin_client: Client) -> None:
    data = filled(admin_client, change("2.1")) | {"category": Category.objects.get(code="3").pk}
    data |= {"reason": "Because."}
    assert errors(admin_client.post(change("2.1"), data)) == ["The number 2.1 belongs to another category."]


def test_a_recommendation_is_added_and_its_blank_wording_in_the_annex_is_none(admin_client: Client) -> None:
    assert admin_client.post(ADD, new(annex_text="   ")).status_code == 302
    assert Recommendation.objects.get(number="2.8").annex_text == ""


def test_the_examples_of_a_row_are_read_with_it_and_changed_on_their_own_pages(admin_client: Client) -> None:
    page = admin_client.get(change("2.1")).content.decode()
    assert "New Zealand’s Enterprise Networks Programme" in page
    assert "examples-0-text" not in page
    example = Example.objects.get(recommendation__number="2.1", position=1)
    assert reverse("admin:programmes_example_change", args=[example.pk]) in page


@pytest.mark.parametrize("field", ["text", "annex_text"])
def test_words_of_the_statement_are_changed_only_by_who_may_and_with_a_reason(
    client: Client, admin_client: Client, field: str
) -> None:
    user = User.objects.create_user("somebody", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="change_recommendation"))
    client.force_login(user)
    assert field not in filled(client, change("2.1"))
    data = filled(admin_client, change("2.1")) | {field: "Other words."}
    assert errors(admin_client.post(change("2.1"), data)) == [NO_REASON]
    assert admin_client.post(change("2.1"), data | {"reason": "A misprint."}).status_code == 302
    assert getattr(Recommendation.objects.get(number="2.1"), field) == "Other words."
    assert Version.objects.get().reason == "A misprint."


def test_a_recommendation_with_examples_cannot_be_deleted(admin_client: Client) -> None:
    address = change("2.1").replace("/change/", "/delete/")
    assert "would require deleting the following protected" in admin_client.get(address).content.decode()
    assert admin_client.post(address, {"post": "yes", "reason": "Because."}).status_code == 200
    assert Recommendation.objects.filter(number="2.1").exists()


def test_view_on_site_leads_to_the_page(admin_client: Client) -> None:
    leads_to = {
        Recommendation.objects.get(number="2.1"): "/recommendations/2.1/",
        Category.objects.get(code="2"): "/recommendations/?category=2",
        Passage.objects.get(place="notes", position=1): "/statement/#notes",
    }
    for record, address in leads_to.items():
        name = f"admin:recommendations_{record._meta.model_name}_change"
        page = admin_client.get(reverse(name, args=[record.pk]))
        assert admin_client.get(page.context["absolute_url"])["Location"] == f"http://testserver{address}"


@pytest.mark.parametrize(
    ("words", "numbers"),
    [("2.1", ["2.1"]), ("BRANCH GROUPINGS", ["2.1"]), ("bränch", ["2.1"]), ("“…”", []), ("nonsuch", [])],
)
def test_recommendations_are_found_by_number_and_words(admin_client: Client, words: str, numbers: list[str]) -> None:
    found = admin_client.get(LIST, {"q": words}).context["cl"].result_list
    assert [recommendation.number for recommendation in found] == numbers


def test_the_list_is_narrowed_to_those_without_a_row_in_the_annex(admin_client: Client) -> None:
    collective_action = str(Category.objects.get(code="2").pk)
    found = admin_client.get(LIST, {"annex_text__isempty": "1", "category__id__exact": collective_action})
    assert [recommendation.number for recommendation in found.context["cl"].result_list] == ["2.6"]


def test_counts_beside_the_filters_come_when_asked_for(admin_client: Client) -> None:
    assert "2 Collective action (7)" not in admin_client.get(LIST).content.decode()
    assert "2 Collective action (7)" in admin_client.get(LIST, {"_facets": "True"}).content.decode()


@pytest.mark.parametrize(("model", "queries"), [("category", 5), ("recommendation", 6), ("passage", 5)])
def test_a_list_costs_few_queries(
    admin_client: Client, model: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = reverse(f"admin:recommendations_{model}_changelist")
    admin_client.get(address)
    with django_assert_num_queries(queries):
        admin_client.get(address)
