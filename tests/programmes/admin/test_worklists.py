"""The numbers on the admin's front page are the rows behind their links."""

import re
from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from programmes.admin.worklists import WORKLISTS, Worklist
from programmes.models import (
    Country,
    Example,
    ExampleDraft,
    LinkCheck,
    Organisation,
    Outcome,
    Programme,
    ProgrammeDraft,
    State,
    Suggestion,
)
from recommendations.models import Recommendation
from tests.factories import make_organisation, make_programme, make_source

pytestmark = pytest.mark.django_db

NUMBER = re.compile(r'<li>(?:<a href="([^"]+)">)?<b>([^<]+)</b> ([^<]+)<')
# Recommendations are a closed list: no LargeAdmin.
SHOWN = [one for one in WORKLISTS if admin.site.is_registered(one.model)]


def numbers(client: Client) -> dict[str, tuple[str, str]]:
    """For each title the number and where it leads."""
    page = client.get(reverse("admin:index")).content.decode()
    return {title: (number, address.replace("&amp;", "&")) for address, number, title in NUMBER.findall(page)}


def behind(client: Client, address: str) -> list[str]:
    return [str(record) for record in client.get(f"{address}&all=").context["cl"].result_list]


def make_work() -> None:
    """Of each class at least one: programmes of one agency named almost alike, one of which has a dead link."""
    agency, japan = make_organisation(), Country.objects.get(code="JP")
    today, long_ago = timezone.localdate(), timezone.now() - timedelta(days=40)
    first = make_programme(
        "a", name="Export fairs for small firms", provider=agency, countries=[japan], checked_on=today
    )
    make_programme("b", name="Export fair for small firms", provider=agency)
    first.links.create(url="https://example.org/gone")
    checked = {"checked_at": timezone.now(), "failing_since": long_ago}
    LinkCheck.objects.create(url="https://example.org/gone", outcome=Outcome.GONE, **checked)
    for state in (State.DRAFT, State.IN_REVIEW, State.WITHDRAWN):
        ProgrammeDraft.objects.create(slug=f"draft-{state}", name="Draft", provider=agency, state=state)
    row = Recommendation.objects.get(number="2.2")
    ExampleDraft.objects.create(
        recommendation=row, position=90, text="Words.", source=make_source(), state=State.IN_REVIEW
    )
    for drafts in (ProgrammeDraft, ExampleDraft):
        drafts.objects.update(created_at=long_ago)
    Suggestion.objects.create(programme=first, programme_name=first.name, text="It ended.")
    Example.objects.filter(recommendation__number="3.1").delete()


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("worklist", SHOWN, ids=lambda one: f"{one.key}-{one.model._meta.model_name}")
def test_each_number_is_as_many_rows_as_following_it_gives(
    admin_client: Client, worklist: Worklist, large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_work()
    number, address = numbers(admin_client)[worklist.title]
    if large and worklist.model is not Recommendation:
        monkeypatch.setattr(admin.site._registry[worklist.model], "most", 2)
        monkeypatch.setattr(admin.site._registry[worklist.model], "list_per_page", 1_000)
    assert int(number) > 0
    changes = admin_client.get(address).context["cl"]
    assert changes.queryset.count() == min(int(number), 3 if large and worklist.by_index else int(number))


def test_the_classes_are_what_they_say(admin_client: Client) -> None:
    make_work()
    found = {f"{one.key} {one.model.__name__}": behind(admin_client, one.address) for one in SHOWN}
    twice = ["Export fair for small firms", "Export fairs for small firms"]
    assert found["duplicate Programme"] == twice
    assert found["dead-link Programme"] == twice[1:]
    assert len(found["no-link Programme"]) == Programme.objects.count() - 1
    assert len(found["not-checked Programme"]) == Programme.objects.count() - 1
    assert twice[0] in found["no-country Programme"]
    assert twice[1] not in found["no-country Programme"]
    gaps = Recommendation.objects.filter(category__part="ii", examples=None)
    assert found["gap Recommendation"] == [str(gap) for gap in gaps]
    assert gaps.filter(number="3.1").exists()
    assert len(found["review ProgrammeDraft"]) == 1
    assert len(found["old ProgrammeDraft"]) == 2
    assert found["inferred Example"] == [str(e) for e in Example.objects.filter(placed_by_inference=True)]


def test_a_worklist_goes_together_with_other_filters(admin_client: Client) -> None:
    make_work()
    page = reverse("admin:programmes_programme_changelist")
    assert behind(admin_client, f"{page}?work=duplicate&country=JP") == ["Export fairs for small firms"]
    assert behind(admin_client, f"{page}?work=nothing") == []


def test_a_bounded_number_says_so(admin_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("programmes.admin.worklists.COUNTED", 10)
    found = numbers(admin_client)
    assert found["Programmes without a link"][0] == "more than 10"
    assert found["Programmes not looked up for a year, or never"][0] == "more than 10"


def test_a_curator_sees_the_worklists_of_what_they_may_see(client: Client) -> None:
    user = User.objects.create_user("reader", is_staff=True)
    client.force_login(user)
    assert numbers(client) == {}
    user.groups.add(Group.objects.get(name="Readers"))
    assert len(numbers(client)) == len(SHOWN)


def test_names_of_different_agencies_are_no_duplicates(admin_client: Client) -> None:
    make_programme("a", name="Export fairs")
    make_programme("b", name="Export fairs")
    assert numbers(admin_client)[next(o.title for o in SHOWN if o.key == "duplicate")][0] == str(
        len(behind(admin_client, next(o.address for o in SHOWN if o.key == "duplicate")))
    )
    assert not {"Export fairs"} & set(behind(admin_client, next(o.address for o in SHOWN if o.key == "duplicate")))


def test_the_front_page_costs_as_many_queries_however_much_there_is_to_do(
    admin_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    admin_client.get(reverse("admin:index"))
    with django_assert_num_queries(4 + len(SHOWN)):
        admin_client.get(reverse("admin:index"))
    for number in range(5):
        make_programme(f"more-{number}", provider=Organisation.objects.all()[0])
    admin_client.get(reverse("admin:index"))
    with django_assert_num_queries(4 + len(SHOWN)):
        admin_client.get(reverse("admin:index"))
