"""How the catalogue cites itself."""

from datetime import UTC, date, datetime

from gvc_catalogue.formats.citations import Cite, Kind, apa
from gvc_catalogue.formats.citations.site import own_reference, page_reference
from gvc_catalogue.formats.publisher import LICENCE_URL, RIGHTS, CitedRevision

STAMP = CitedRevision(1_790_000_000_123_456, date(2026, 10, 12))


def test_a_revisions_number_tells_when_it_was_made() -> None:
    assert STAMP.made == datetime(2026, 9, 21, 14, 13, 20, tzinfo=UTC)
    assert CitedRevision.of(5).today == datetime.now(UTC).date()


def test_what_is_ours_is_cited_with_its_revision_and_the_day_of_reading() -> None:
    reference = own_reference(STAMP, Kind.LIST, "programmes", "Programmes in Japan", "https://gvc.example/p?country=JP")
    assert apa(reference) == (
        "GVC Policy Catalogue. (2026). Programmes in Japan (Version 1790000000123456) [Data set]. "
        "Retrieved October 12, 2026, from https://gvc.example/p?country=JP"
    )
    assert Cite(reference, "", "").what == "list"


def test_the_statement_is_the_oecds_and_of_its_own_date() -> None:
    assert apa(page_reference("statement", "https://gvc.example", STAMP)) == (
        "Organisation for Economic Co-operation and Development. (2007, June 1). OECD Tokyo Action Statement for "
        "Strengthening the Role of SMEs in Global Value Chains (transcription) (Version 1790000000123456). "
        "GVC Policy Catalogue. Retrieved October 12, 2026, from https://gvc.example/statement/"
    )


def test_the_licence_has_its_address() -> None:
    assert LICENCE_URL in RIGHTS
