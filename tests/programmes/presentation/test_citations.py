"""/programmes.bib and .ris, /programmes/<slug>.bib and .ris, /citations/programmes.bib and .ris."""

from typing import Any

import pytest
import rispy
from django.test import Client
from pybtex.database import parse_string

from gvc_catalogue.search_index.sync import revision
from programmes.models import Programme
from tests.factories import make_many_programmes
from tests.programmes.conftest import Asking

pytestmark = pytest.mark.django_db


@pytest.fixture
def bib(client: Client) -> Asking:
    """The entries of a BibTeX file by key, in its order."""

    def answer(address: str) -> dict[str, Any]:
        response = client.get(address)
        assert response["Content-Type"] == "application/x-bibtex; charset=utf-8"
        return dict(parse_string(response.getvalue().decode(), "bibtex").entries)

    return answer


@pytest.fixture
def ris(client: Client) -> Asking:
    """The records of a RIS file."""

    def answer(address: str) -> list[dict[str, Any]]:
        response = client.get(address)
        assert response["Content-Type"] == "application/x-research-info-systems; charset=utf-8"
        return list(rispy.loads(response.getvalue().decode()))

    return answer


@pytest.mark.parametrize("query", ["", "?country=JP&sort=country", "?q=sme&page=2", "?q=xyzzy"])
def test_a_list_has_a_reference_a_programme_in_its_order(bib: Asking, ris: Asking, rows: Asking, query: str) -> None:
    keys = [f"programme:{row[0]}" for row in rows(f"/programmes.csv{query}")[1:]]
    assert list(bib(f"/programmes.bib{query}")) == keys
    assert [record["id"] for record in ris(f"/programmes.ris{query}")] == keys


def test_a_programme_is_cited_with_its_revision_its_place_and_its_words(bib: Asking, ris: Asking) -> None:
    (entry,) = bib("/programmes/rosettanet.bib").values()
    (record,) = ris("/programmes/rosettanet.ris")
    number = str(revision.current_revision().number)
    assert entry.fields["url"] == record["urls"][0] == "http://testserver/programmes/rosettanet/"
    assert entry.fields["version"] == record["edition"] == number
    assert record["title"] == "RosettaNet"
    assert record["authors"] == ["GVC Policy Catalogue"]
    assert "Annex, row 1.1, example" in record["notes"][0]
    assert record["abstract"].startswith("“RosettaNet")
    assert "5.3 Harmonised standards" in record["keywords"] or any(k.startswith("5.3 ") for k in record["keywords"])


def test_a_list_is_one_reference_at_an_address_of_its_own(bib: Asking, ris: Asking) -> None:
    (entry,) = bib("/citations/programmes.bib?country=JP&sort=country&page=3").values()
    (record,) = ris("/citations/programmes.ris?country=JP&sort=country&page=3")
    assert record["title"] == "Programmes in Japan"
    assert record["type_of_reference"] == "DATA"
    assert record["notes"] == ["9 programmes"]
    assert record["urls"] == ["http://testserver/programmes/?country=JP&sort=country"]
    assert entry.fields["title"] == "{Programmes in Japan}"


@pytest.mark.parametrize("form", ["bib", "ris"])
def test_files_are_downloads(client: Client, form: str) -> None:
    names = {
        "/programmes": "programmes",
        "/programmes/covisint": "covisint",
        "/citations/programmes": "programmes-list",
    }
    for address, name in names.items():
        disposition = client.get(f"{address}.{form}")["Content-Disposition"]
        assert disposition == f'attachment; filename="{name}.{form}"'


@pytest.mark.parametrize("form", ["bib", "ris"])
def test_what_does_not_exist_is_a_problem_document(client: Client, form: str) -> None:
    for address, status in {
        f"/programmes.{form}?country=XX": 422,
        f"/citations/programmes.{form}?sort=x": 422,
        f"/programmes/none.{form}": 404,
    }.items():
        response = client.get(address)
        assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")


@pytest.mark.parametrize("form", ["bib", "ris", "json"])
def test_a_former_address_leads_to_todays(client: Client, form: str) -> None:
    programme = Programme.objects.get(slug="covisint")
    programme.slug = "covisint-hub"
    programme.save()
    response = client.get(f"/programmes/covisint.{form}")
    assert (response.status_code, response["Location"]) == (301, f"/programmes/covisint-hub.{form}")


def test_hundreds_of_references_take_no_query_more(bib: Asking, django_assert_num_queries: Asking) -> None:
    make_many_programmes(300)
    bib("/programmes.bib?q=xyzzy")  # Whoever comes first after a change brings the index up to date.
    with django_assert_num_queries(1):
        assert len(bib("/programmes.bib")) == 367
