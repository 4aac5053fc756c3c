"""The allow-list of changelist lookups, asked of every list in the admin with hostile lookups and values."""

from collections.abc import Iterator
from datetime import timedelta
from time import monotonic
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import CharField, Model
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from gvc_catalogue.admin.lookup_allowlist import LookupAllowlistMixin
from programmes.models import LinkCheck, Outcome, ProgrammeDraft, Receipt, Suggestion
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db
unasked = pytest.mark.only("sqlite", "what is allowed is decided before the database is asked")

REGISTRY = admin.site._registry
SECONDS = 60
REQUEST = RequestFactory().get("/")
CATASTROPHIC = "^(([a-z])+.)+[A-Z]([a-z])+$"
BIG = "9" * 30
NAMES = ["regex", "iregex", "contains", "icontains", "startswith", "istartswith", "endswith", "gt", "range", "iexact"]
NAMES += [
    "search",
    "trigram_similar",
    "unaccent",
    "year",
    "week_day",
    "date",
    "length",
    "foo",
    "exact__regex",
    "has_key",
]
ACROSS = ["user__password", "author__password", "by__password__startswith", "groups__user__password", "logentry__user"]
NO_FIELDS = [
    "__class__",
    "_meta",
    "objects",
    "password",
    "pk__regex",
    "id__regex",
    "id__gt",
    "pk",
    "",
    "__",
    "foo__bar",
]
NO_FIELDS += ["a\x00b", "é", "a" * 10_000, "_state", "q__regex", "p__in", "order_by", "*", "'", "(", "pk__in__in"]
VALUES = ["", "0", "1", "-1", "x", "(", CATASTROPHIC, "a\x00b", "\x00", BIG, f"-{BIG}", str(2**63), "1e9", "nan", "٣"]
VALUES += ["9" * 5_000, "2026-13-45", "0000-00-00", "9999-12-31 23:59:59-23:59", "0001-01-01 00:00+23:59"]
VALUES += [
    "1,2",
    ",",
    f"1,{BIG}",
    ",".join("1" * 2_000),
    "None",
    "null",
    "\ud7ff\ufffe",
    "True",
    "' OR 1=1 --",
    "%",
    "{}",
]
OWN = ["q", "p", "o", "all", "e", "_facets", "_popup", "_to_field", "_source_model", "_changelist_filters"]


@pytest.fixture(autouse=True)
def records(db: None, django_user_model: Any) -> None:
    """A row or two in the lists that the fixtures leave empty."""
    user = django_user_model.objects.create_user("somebody", last_login=timezone.now())
    TOTPDevice.objects.create(user=user, name="a device")
    receipt = Receipt.objects.create(file_name="a.csv", digest="0" * 64)
    ProgrammeDraft.objects.create(slug="d", name="D", provider=make_organisation(), receipt=receipt)
    Suggestion.objects.create(programme_id=1, programme_name="P", text="It ended.")
    LinkCheck.objects.create(url="https://example.org/", outcome=Outcome.ANSWERS, checked_at=timezone.now())


def changelist(model: type[Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def each_list(test: Any) -> Any:
    return pytest.mark.parametrize("model", REGISTRY, ids=lambda model: model._meta.label_lower)(test)


def paths(model: type[Model]) -> Iterator[str]:
    """The fields of a model, and those of what it leads to."""
    for field in model._meta.get_fields():
        yield field.name
        if isinstance(field.related_model, type):
            yield from (f"{field.name}__{there.name}" for there in field.related_model._meta.get_fields())


def filtered(model: type[Model]) -> list[str]:
    """The paths of fields that `list_filter` names."""
    named = [one[0] if isinstance(one, tuple) else one for one in REGISTRY[model].list_filter]
    return [str(one) for one in named if isinstance(one, str)]


def parameters(model: type[Model]) -> list[str]:
    """The parameters of filters that are no fields."""
    return [one.parameter_name for one in REGISTRY[model].list_filter if hasattr(one, "parameter_name")]  # type: ignore[union-attr]


def asked(client: Client, model: type[Model], *lookups: str, value: str) -> int:
    """Return the status of a list; its answer comes in time, and asks nobody to come again."""
    began = monotonic()
    answer = client.get(changelist(model), dict.fromkeys(lookups, value))
    assert monotonic() - began < SECONDS, (lookups, value)
    assert answer.status_code in (200, 302, 400), (lookups, value, answer.status_code)
    return answer.status_code


@unasked
@each_list
def test_every_list_uses_the_allowlist(model: type[Model]) -> None:
    assert isinstance(REGISTRY[model], LookupAllowlistMixin)


@unasked
@each_list
def test_a_lookup_that_no_filter_names_is_disallowed(admin_client: Client, model: type[Model]) -> None:
    there = list(paths(model))
    lookups = [path for path in there if path not in [*filtered(model), *parameters(model)]]
    lookups = [path for path in lookups if not any(path.startswith(f"{own}__") for own in filtered(model))]
    lookups += [f"{path}__{name}" for path in there for name in ("regex", "contains")]
    lookups += [f"{path}__{name}" for path in [there[0], *filtered(model)] for name in NAMES]
    lookups += [*ACROSS, *NO_FIELDS]
    assert [one for one in lookups if REGISTRY[model].lookup_allowed(one, "1", REQUEST)] == []
    for lookup in (f"{there[0]}__regex", "password", "__class__", *lookups[:: len(lookups) // 10]):
        assert asked(admin_client, model, lookup, value="(") == 400, lookup


@unasked
@each_list
def test_the_page_says_what_is_disallowed_and_no_more(admin_client: Client, model: type[Model]) -> None:
    answer = admin_client.get(changelist(model), {"pk__regex": CATASTROPHIC})
    assert answer.status_code == 400
    assert CATASTROPHIC not in answer.content.decode()


@each_list
def test_hostile_values_of_allowed_lookups_are_answered(admin_client: Client, model: type[Model]) -> None:
    lookups = [*parameters(model), "q"]
    for path in filtered(model):
        lookups += [f"{path}{end}" for end in ("__exact", "__in", "__isnull", "__id__exact", "__isempty")]
    for value in VALUES:
        asked(admin_client, model, *(own for own in OWN if own != "_to_field"), value=value)
        for lookup in lookups:
            # What is disallowed is answered alike, whatever it is.
            if value == "(" or REGISTRY[model].lookup_allowed(lookup, value, REQUEST):
                asked(admin_client, model, lookup, value=value)


@unasked
@each_list
def test_every_link_of_a_filter_is_allowed(admin_client: Client, model: type[Model]) -> None:
    page = admin_client.get(changelist(model), {"_facets": "True"} if REGISTRY[model].list_filter else {})
    choices = [choice for spec in page.context["cl"].filter_specs for choice in spec.choices(page.context["cl"])]
    for choice in choices:
        answer = admin_client.get(changelist(model) + choice["query_string"], follow=True)
        assert answer.status_code == 200
        assert not answer.redirect_chain, choice


def test_dates_are_asked_by_range() -> None:
    class Dated(LookupAllowlistMixin, admin.ModelAdmin):
        list_filter = ["checked_at", ("failing_since", admin.DateFieldListFilter)]

    request, own, today = REQUEST, Dated(LinkCheck, admin.site), timezone.now()
    for moment in (today, today.date(), today - timedelta(days=7)):
        assert all(own.lookup_allowed(f"checked_at__{end}", str(moment), request) for end in ("gte", "lt", "gt", "lte"))
    assert own.lookup_allowed("failing_since__isnull", "True", request)
    assert not any(own.lookup_allowed("checked_at__gte", wrong, request) for wrong in ("", "x", "2026-13-45", "\x00"))
    assert not own.lookup_allowed("checked_at__year", "2026", request)
    assert not own.lookup_allowed("checked_at__date__gte", "2026-01-01", request)
    assert not own.lookup_allowed("url", "https://example.org/", request)


def test_hostile_terms_of_suggesting_fields_are_answered(admin_client: Client) -> None:
    fields = [(model, name) for model, own in REGISTRY.items() for name in own.autocomplete_fields]
    assert fields
    for model, name in fields:
        source = {"app_label": model._meta.app_label, "model_name": str(model._meta.model_name), "field_name": name}
        for value in VALUES:
            for more in ({"term": value}, {"term": "a", "page": value}):
                answer = admin_client.get(reverse("admin:autocomplete"), source | more)
                assert answer.status_code in (200, 404), (model, name, more)


KEYS = ["abc", BIG, f"-{BIG}", "1\x00", "\x00", "", "nan", "1,2", "é", "9" * 5_000]


@each_list
def test_hostile_keys_of_every_action_are_refused(admin_client: Client, model: type[Model]) -> None:
    request = RequestFactory().get("/")
    request.user = admin_client.get(changelist(model)).wsgi_request.user
    key = REGISTRY[model].model._meta.pk
    for action in REGISTRY[model].get_actions(request):
        for value in KEYS:
            data = {"action": action, "_selected_action": ["1", value]}
            answer = admin_client.post(changelist(model), data, follow=True)
            assert answer.status_code == 200, (action, value)
            if not isinstance(key, CharField) or "\x00" in value:
                assert "not a key of this list" in answer.content.decode(), (action, value)
            across = admin_client.post(changelist(model), data | {"select_across": value, "index": value})
            assert across.status_code in (200, 302), (action, value)


@each_list
def test_an_overlong_search_term_finds_nothing(model: type[Model]) -> None:
    rows, _ = REGISTRY[model].get_search_results(REQUEST, model._default_manager.all(), " ".join(["a"] * 1_000))
    assert list(rows) == []
    assert rows.query.is_empty()


def test_an_overlong_term_of_djangos_own_suggesting_field_is_answered(admin_client: Client) -> None:
    source = {"app_label": "auth", "model_name": "user", "field_name": "groups", "term": "a " * 1_000}
    assert admin_client.get(reverse("admin:autocomplete"), source).json()["results"] == []
