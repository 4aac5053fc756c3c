"""A change of what is indexed gives the index another schema version, so that it is built anew by itself."""

from dataclasses import replace
from pathlib import Path
from typing import TypedDict

import pytest

from gvc_catalogue.search_index.schema_version import schema_version
from gvc_catalogue.text import compounds
from programmes.schema.records import CountryRecord, ProgrammeRecord
from programmes.search.index_document import DEFINITION


class WiderCountry(CountryRecord):
    """A country with a field more."""

    capital: str


class Nested(TypedDict):
    countries: list[CountryRecord]


class NestedWider(TypedDict):
    countries: list[WiderCountry]


class WiderRecord(ProgrammeRecord):
    """A record with a field more."""

    budget: str


def test_a_field_more_in_a_record_or_in_a_record_inside_of_it_is_another_version() -> None:
    versions = [schema_version(replace(DEFINITION, record=kind)) for kind in (ProgrammeRecord, WiderRecord)]
    versions += [schema_version(replace(DEFINITION, record=kind)) for kind in (Nested, NestedWider)]
    assert len(set(versions)) == 4
    assert versions[0] == schema_version(DEFINITION)


def test_so_is_a_facet_more_or_another_analysis(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = schema_version(DEFINITION)
    assert schema_version(replace(DEFINITION, facets=(*DEFINITION.facets, "partner"))) != before
    changed = tmp_path / "compounds.py"
    changed.write_bytes(Path(compounds.__file__).read_bytes() + b"# one more\n")
    monkeypatch.setattr(compounds, "__file__", str(changed))
    assert schema_version(DEFINITION) != before
