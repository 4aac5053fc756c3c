"""What other programs read of a page, as JSON-LD."""

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from gvc_catalogue.formats.citations import Kind
from gvc_catalogue.formats.citations.site import own_reference
from gvc_catalogue.formats.json_ld import breadcrumbs, dataset, json_ld, work
from gvc_catalogue.formats.publisher import CitedRevision

STAMP = CitedRevision(1_790_000_000_000_000, date(2026, 10, 12))
REFERENCE = own_reference(STAMP, Kind.LIST, "programmes", "Programmes", "https://gvc.example/programmes/")


@given(st.text() | st.sampled_from(["</script>", "<!--<script>", "]]>", "&lt;", "\u2028", "</SCRIPT\n>"]))
def test_no_text_ends_the_element_that_it_stands_in(text: str) -> None:
    written = json_ld({"@type": "CreativeWork", "name": text})
    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written)["name"] == text


def test_several_things_are_a_graph() -> None:
    assert json.loads(json_ld({"@type": "A"}, {"@type": "B"})) == {
        "@context": "https://schema.org",
        "@graph": [{"@type": "A"}, {"@type": "B"}],
    }


def test_a_list_is_a_dataset_with_its_files() -> None:
    data = dataset(REFERENCE, "All of them.", {"csv": "https://gvc.example/programmes.csv"})
    assert data["@type"] == "Dataset"
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert (data["version"], data["datePublished"]) == (str(STAMP.revision), "2026-09-21")
    assert data["creator"] == [{"@type": "Organization", "name": "GVC Policy Catalogue"}]
    assert data["isBasedOn"]["datePublished"] == "2007-06-01"
    assert data["distribution"] == [
        {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": "https://gvc.example/programmes.csv"}
    ]


def test_what_is_not_known_is_left_out() -> None:
    assert not {"abstract", "keywords"} & set(work(REFERENCE))
    assert "license" not in work(REFERENCE, license="")


def test_the_way_to_a_page_is_numbered_and_ends_with_the_page() -> None:
    way = breadcrumbs("https://gvc.example", [("/programmes/", "Programmes"), ("", "RosettaNet")])
    assert way["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "Programmes", "item": "https://gvc.example/programmes/"},
        {"@type": "ListItem", "position": 2, "name": "RosettaNet"},
    ]
