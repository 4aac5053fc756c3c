"""One shape for programmes and examples."""

import datetime

import pytest

from programmes.models import Example, Programme, Source, Term
from programmes.models.serializers import (
    EXAMPLE_COLUMNS,
    PROGRAMME_COLUMNS,
    example_record,
    programme_record,
    programme_row,
)
from programmes.search.facet_labels import FacetLabels
from tests.factories import make_country, make_example, make_organisation, make_programme
from tests.programmes.conftest import Asking

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    """In two countries, with a partner and three examples, written in another order than that of the statement."""
    north, south = make_country("XN", name="Übernorden"), make_country("XS", name="Aboresia", region="asia")
    agency = make_organisation("Agency", kind="company")
    made = make_programme("chain", name="Chain", provider=agency, countries=[north, south])
    made.partners.set([make_organisation("Partner", kind="business-body")])
    made.classifications.create(term=Term.objects.get(key="standards"), words="standards", confidence="medium")
    made.classifications.create(term=Term.objects.get(key="grant"))
    make_example("5.2", made, text="Third.")
    make_example("2.6", made, text="First.", placed_by_inference=True, reason="By its sense.")
    report = Source.objects.create(title="A report", url="https://example.org/", date=datetime.date(2012, 5, 1))
    make_example("2.6", made, text="Second.", source=report)
    return Programme.objects.with_details().get(slug="chain")


def test_a_programme_is_told_whole_in_the_order_of_the_statement(programme: Programme) -> None:
    record = programme_record(programme)
    annex = "Annex of the OECD Tokyo Action Statement, 1 June 2007"
    assert record["url"] == "/programmes/chain/"
    assert record["countries"] == [
        {"code": "XS", "name": "Aboresia", "region": "asia", "url": "/countries/XS/"},
        {"code": "XN", "name": "Übernorden", "region": "europe", "url": "/countries/XN/"},
    ]
    assert record["provider"] == {"name": "Agency", "kind": "company"}
    assert record["partners"] == [{"name": "Partner", "kind": "business-body"}]
    assert record["terms"] == [
        {"scheme": "instrument", "key": "grant", "label": "Grant or subsidy", "words": "", "confidence": "high"},
        {
            "scheme": "topic",
            "key": "standards",
            "label": "Standards and quality",
            "words": "standards",
            "confidence": "medium",
        },
    ]
    assert [(r["number"], r["category"]) for r in record["recommendations"]] == [("2.6", "2"), ("5.2", "5")]
    told = [(e["recommendation"], e["position"], e["text"], e["source"], e["reason"]) for e in record["examples"]]
    assert told == [
        ("2.6", 1, "First.", annex, "By its sense."),
        ("2.6", 2, "Second.", "A report (01 May 2012)", ""),
        ("5.2", 1, "Third.", annex, ""),
    ]


def test_a_row_has_keys_beside_labels_each_once(programme: Programme) -> None:
    row = programme_row(programme_record(programme), "https://catalogue.example", FacetLabels.load().labels)
    assert list(row) == PROGRAMME_COLUMNS
    assert row["countries"] == ["XS", "XN"]
    assert row["country_names"] == ["Aboresia", "Übernorden"]
    assert (row["provider_kind"], row["provider_kind_label"]) == ("company", "Company")
    assert (row["regions"], row["region_labels"]) == (["asia", "europe"], ["Asia", "Europe"])
    assert (row["categories"], row["category_labels"]) == (["2", "5"], ["2 Collective action", "5 Quality standards"])
    assert row["recommendations"] == ["2.6", "5.2"]
    assert (row["topics"], row["topic_labels"]) == (["standards"], ["Standards and quality"])
    assert row["examples"] == ["First.", "Second.", "Third."]
    assert row["places"] == ["Annex, row 2.6, example 1", "A report, 1 May 2012", "Annex, row 5.2, example 1"]
    statement = "https://catalogue.example/statement/"
    assert row["place_urls"] == [f"{statement}#e-2.6-1", "https://example.org/", f"{statement}#e-5.2-1"]
    assert row["url"] == "https://catalogue.example/programmes/chain/"


def test_an_example_of_several_programmes_names_each_country_and_provider_once(programme: Programme) -> None:
    other = make_programme(
        "a-second", name="Second", provider=programme.provider, countries=[*programme.countries.all()]
    )
    make_example("2.2", programme, other, text="Both.")
    record = example_record(Example.objects.with_details().get(text="Both."))
    assert list(record) == EXAMPLE_COLUMNS
    assert record["programmes"] == ["a-second", "chain"]
    assert record["programme_names"] == ["Second", "Chain"]
    assert sorted(record["countries"]) == ["XN", "XS"]
    assert (record["providers"], record["provider_kinds"]) == (["Agency"], ["company"])


def test_records_ask_nothing_more_of_the_database(programme: Programme, django_assert_num_queries: Asking) -> None:
    examples, labels = list(Example.objects.with_details()), FacetLabels.load().labels
    with django_assert_num_queries(0):
        programme_row(programme_record(programme), "", labels)
        for example in examples:
            example_record(example)
