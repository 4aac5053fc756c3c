"""How the words of a query are understood."""

from collections.abc import Iterator

import pytest

from gvc_catalogue.search_index.documents import SharedTexts
from gvc_catalogue.search_index.query.gazetteer import Entity
from gvc_catalogue.search_index.query.understanding import understand
from gvc_catalogue.search_index.snapshot import Snapshot
from tests.search_index.toys import entry, indexed

SHARED = SharedTexts(
    texts={"term:equity": "Equity\nventure capital", "firm:1": "Penangskills", "firm:2": "Qzxvpartner"},
    documents={"term:equity": ("term:equity",)},
    orders={"land": []},
    entities=(
        Entity("country:IS", "Iceland", ("Iceland", "Icelandic"), ("facet/land/iceland",)),
        Entity("term:equity", "Equity", ("Equity", "venture capital"), ("facet/initial/e",), concept=True),
        Entity("term:fair", "Fair", ("Fair", "exhibition"), ("facet/initial/T",), concept=True),
    ),
)
ENTRIES = [
    entry(1, "fairs", "Trade fairs", ["INOVContacto and INOVJovem for suppliers"], shared=["firm:1"]),
    entry(2, "loans", "Loans", ["Unsecured loans, the certification of products"]),
]


@pytest.fixture(scope="module")
def snapshot() -> Iterator[Snapshot]:
    with indexed(ENTRIES, shared=SHARED) as found:
        yield found


@pytest.mark.parametrize(
    ("query", "corrected"),
    [
        ("certifcation", {"certifcation": "certification"}),
        ("icelnd loans", {"icelnd": "iceland"}),
        ("tradefairs", {"tradefairs": "trade fairs"}),
        ("INOV", {}),
        ("loas Iceland", {"loas": "loans"}),
        ("icelnd OR loans", {"icelnd": "iceland"}),
        ("penagskills", {"penagskills": "penangskills"}),
        ("qzxvpartnr qzxvpart", {}),
        ("loan supplier Iceland Icelandic", {}),
        ("loathe", {}),
        ("gender internal", {}),
        ("SUPLIERS", {}),
        ('"certifcation"', {}),
        ("-certifcation", {}),
    ],
)
def test_only_a_word_that_cannot_be_right_is_corrected(
    snapshot: Snapshot, query: str, corrected: dict[str, str]
) -> None:
    assert understand(snapshot, query).corrected == corrected


@pytest.mark.parametrize(
    ("query", "absent", "unknown"),
    [
        ("Iceland", ["Iceland"], []),
        ("venture capital loans", ["venture capital"], []),
        ("film loans", ["film"], []),
        ("xyzzy film", ["film"], ["xyzzy"]),
        ("loans -film", [], []),
        ("exhibition", [], []),
    ],
)
def test_words_that_no_entry_has_are_known_or_unknown(
    snapshot: Snapshot, query: str, absent: list[str], unknown: list[str]
) -> None:
    found = understand(snapshot, query)
    assert [clause.printed for clause in found.absent] == absent
    assert [clause.printed for clause in found.unknown] == unknown


def test_beginnings_of_names_are_completed(snapshot: Snapshot) -> None:
    assert understand(snapshot, "INOV").completed == {"inov": ["inovcontacto", "inovjovem"]}
    assert understand(snapshot, "inovc OR loans").completed == {"inovc": ["inovcontacto"]}
    assert understand(snapshot, "certif unsec").completed == {}


def test_alternatives_that_no_entry_has_are_absent(snapshot: Snapshot) -> None:
    found = understand(snapshot, "loans OR Iceland OR xyzzy")
    assert [clause.printed for clause in found.clauses] == ["loans"]
    assert [clause.printed for clause in found.absent] == ["Iceland"]
    assert [clause.printed for clause in found.unknown] == ["xyzzy"]
    assert [clause.printed for clause in understand(snapshot, "film OR Iceland").clauses] == ["film OR Iceland"]


def test_a_corrected_word_is_read_with_its_neighbours(snapshot: Snapshot) -> None:
    found = understand(snapshot, "ventur capitla")
    assert found.corrected == {"capitla": "capital"}
    assert list(found.expanded) == ["ventur capital"]
    assert understand(snapshot, "exhibitoin Icelandic film").corrected == {"exhibitoin": "exhibition"}


def test_words_are_expanded_to_the_terms_that_they_are_a_label_of(snapshot: Snapshot) -> None:
    found = understand(snapshot, "which exhibition has venture capital")
    assert {typed: [term.label for term in terms] for typed, terms in found.expanded.items()} == {
        "exhibition": ["Fair"],
        "venture capital": ["Equity"],
    }
    assert found.ignored == ["has", "which"]
