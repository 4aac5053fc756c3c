"""/programmes.csv."""

import pytest
from django.test import Client

from programmes.models import Programme, Term
from tests.factories import make_country, make_example, make_many_programmes, make_organisation, make_programme
from tests.programmes.conftest import Asking

HEADER = (
    "slug,name,countries,country_names,provider,provider_kind,provider_kind_label,partners,regions,region_labels,"
    "categories,category_labels,recommendations,recommendation_titles,examples,places,place_urls,url,"
    "status,status_label,checked_on,successor,links,link_kinds,instruments,instrument_labels,topics,topic_labels,"
    "beneficiaries,beneficiary_labels"
)


def test_the_file_has_its_header_and_a_row_a_programme(rows: Asking, slugs: Asking) -> None:
    header, *programmes = rows("/programmes.csv")
    assert ",".join(header) == HEADER
    assert [row[0] for row in programmes] == slugs()
    assert len(programmes) == Programme.objects.count() == 67


@pytest.mark.parametrize(
    "asked", [{"country": "JP"}, {"q": "sme"}, {"sort": "country"}, {"q": "network", "sort": "name", "region": "asia"}]
)
def test_it_has_all_that_matches_in_the_order_asked(rows: Asking, slugs: Asking, asked: dict[str, str]) -> None:
    assert [row[0] for row in rows("/programmes.csv", **asked)[1:]] == slugs(**asked)


def test_it_is_never_a_page(rows: Asking) -> None:
    assert len(rows("/programmes.csv", page="2")) == len(rows("/programmes.csv", page="x")) == 68


def test_nothing_found_is_a_header_alone(rows: Asking) -> None:
    assert len(rows("/programmes.csv", q="xyzzy")) == 1


def test_several_values_are_joined_and_nothing_is_run_as_a_formula(rows: Asking) -> None:
    countries = [make_country("XA", name="Ay"), make_country("XB", name="Bee", region="asia")]
    provider = make_organisation("+Agency", kind="company")
    told = {"status": "renamed", "checked_on": "2026-11-25", "successor": Programme.objects.get(slug="rosettanet")}
    programme = make_programme("odd", name='=HYPERLINK("x")', countries=countries, provider=provider, **told)
    for kind in ("official", "archived"):
        programme.links.create(kind=kind, url=f"https://example.org/{kind}")
    for key in ("smes", "loan", "grant"):
        programme.classifications.create(term=Term.objects.get(key=key), words="One")
    first = make_example("1.1", programme, text="@One, “two”;\nthree").position
    second = make_example("2.1", programme, text="Four").position
    statement = "http://testserver/statement/"
    header, row = rows("/programmes.csv", country="XA")
    assert dict(zip(header, row, strict=True)) == {
        "slug": "odd",
        "name": '\'=HYPERLINK("x")',
        "countries": "XA; XB",
        "country_names": "Ay; Bee",
        "provider": "'+Agency",
        "provider_kind": "company",
        "provider_kind_label": "Company",
        "partners": "",
        "regions": "europe; asia",
        "region_labels": "Europe; Asia",
        "categories": "1; 2",
        "category_labels": "1 Raising awareness; 2 Collective action",
        "recommendations": "1.1; 2.1",
        "recommendation_titles": "Access to market information; Clusters and industry groupings",
        "examples": "'@One, “two”;\nthree; Four",
        "places": f"Annex, row 1.1, example {first}; Annex, row 2.1, example {second}",
        "place_urls": f"{statement}#e-1.1-{first}; {statement}#e-2.1-{second}",
        "url": "http://testserver/programmes/odd/",
        "status": "renamed",
        "status_label": "Renamed",
        "checked_on": "2026-11-25",
        "successor": "rosettanet",
        "links": "https://example.org/official; https://example.org/archived",
        "link_kinds": "official; archived",
        "instruments": "loan; grant",
        "instrument_labels": "Loan or credit; Grant or subsidy",
        "topics": "",
        "topic_labels": "",
        "beneficiaries": "smes",
        "beneficiary_labels": "Small and medium-sized enterprises",
    }


def test_the_file_is_a_download(client: Client, db: None) -> None:
    response = client.get("/programmes.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="programmes.csv"'
    assert b"".join(response).startswith(f"\ufeff{HEADER}".encode())


def test_hundreds_of_rows_take_no_query_more(rows: Asking, django_assert_num_queries: Asking) -> None:
    rows("/programmes.csv")
    with django_assert_num_queries(1):
        rows("/programmes.csv")
    make_many_programmes(300)
    rows("/programmes.csv", q="xyzzy")  # Whoever comes first after a change brings the index up to date.
    with django_assert_num_queries(1):
        assert len(rows("/programmes.csv")) == 368
