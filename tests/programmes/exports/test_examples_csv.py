"""/examples.csv and /examples.json: the bullets of the annex, verbatim."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_many_programmes
from tests.programmes.conftest import Asking

pytestmark = pytest.mark.both

HEADER = (
    "recommendation,recommendation_title,position,text,programmes,programme_names,countries,country_names,providers,"
    "provider_kinds,provider_kind_labels,source,place,url,placed_by_inference,reason"
)


@pytest.fixture
def fixtures(root: Path) -> dict[str, list[dict[str, Any]]]:
    """What the fixtures state, by file."""
    names = {"examples": "60_examples", "programmes": "50_programmes", "organisations": "45_organisations"}
    files = {name: json.loads((root / f"fixtures/{file}.json").read_text()) for name, file in names.items()}
    return {name: [record["fields"] for record in records] for name, records in files.items()}


@pytest.fixture
def stated(fixtures: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Each example with keys as the fixtures have them."""
    programmes = {programme["slug"]: programme for programme in fixtures["programmes"]}
    kinds = {organisation["name"]: organisation["kind"] for organisation in fixtures["organisations"]}
    found = []
    for example in fixtures["examples"]:
        slugs = sorted(slug for (slug,) in example["programmes"])
        countries = [code for slug in slugs for (code,) in programmes[slug]["countries"]]
        providers = [programmes[slug]["provider"][0] for slug in slugs]
        found.append(
            {
                "recommendation": example["recommendation"][0],
                "position": example["position"],
                "text": example["text"],
                "programmes": slugs,
                "countries": list(dict.fromkeys(countries)),
                "providers": list(dict.fromkeys(providers)),
                "provider_kinds": list(dict.fromkeys(kinds[name] for name in providers)),
                "placed_by_inference": example["placed_by_inference"],
                "reason": example["reason"],
            }
        )
    return found


def test_the_64_examples_stand_there_verbatim_with_recommendation_and_countries(
    rows: Asking, stated: list[dict[str, Any]]
) -> None:
    header, *examples = rows("/examples.csv")
    assert ",".join(header) == HEADER
    assert len(examples) == len(stated) == 64
    for row, example in zip((dict(zip(header, row, strict=True)) for row in examples), stated, strict=True):
        joined = {name: "; ".join(value) if isinstance(value, list) else value for name, value in example.items()}
        inferred = "yes" if example["placed_by_inference"] else "no"
        texts = {name: str(value) for name, value in (joined | {"placed_by_inference": inferred}).items()}
        assert {name: row[name] for name in texts} == texts
        assert row["source"] == "Annex of the OECD Tokyo Action Statement, 1 June 2007"


def test_the_data_says_the_same(client: Client, db: None, stated: list[dict[str, Any]]) -> None:
    response: Any = client.get("/examples.json")
    answer = json.loads(response.getvalue())
    assert answer["count"] == 64
    assert [{name: result[name] for name in stated[0]} for result in answer["results"]] == stated


@pytest.mark.parametrize("query", ["?page=2", "?country=JP", "?q=%00", "?x=%22%3E"])
def test_it_has_all_of_them_whatever_is_asked(rows: Asking, query: str) -> None:
    assert len(rows(f"/examples.csv{query}")) == 65


def test_hundreds_of_examples_take_no_query_more(
    client: Client, rows: Asking, django_assert_num_queries: Asking
) -> None:
    for many in (0, 300):
        make_many_programmes(many) if many else None
        with django_assert_num_queries(6):
            assert len(rows("/examples.csv")) == 65 + many
        with django_assert_num_queries(6):
            response: Any = client.get("/examples.json")
            assert json.loads(response.getvalue())["count"] == 64 + many
