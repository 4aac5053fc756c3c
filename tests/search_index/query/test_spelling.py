"""Which typed words are corrected, and to which words of the catalogue."""

from collections.abc import Collection, Iterator

import pytest

from gvc_catalogue.search_index.query.spelling import correct_spelling
from gvc_catalogue.search_index.snapshot import Snapshot
from tests.search_index.toys import entry, indexed

TEXTS = [
    "Certification of suppliers",
    "A certificate, the centre, the entire chain",
    "Ireland and Slovakia trade in patents",
    "Patients, external clusters",
    "Clusters of subcontractors",
    "Bilateral trade",
]


@pytest.fixture(scope="module")
def snapshot() -> Iterator[Snapshot]:
    with indexed([entry(pk, f"s{pk}", text) for pk, text in enumerate(TEXTS)]) as found:
        yield found


def correction(
    snapshot: Snapshot, typed: str, known: Collection[str] = (), further: Collection[str] = ()
) -> str | None:
    return correct_spelling(snapshot, typed.lower(), typed, lambda word: word in known, further)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("certifcation", "certification"),
        ("Certfication", "certification"),
        ("certificte", "certificate"),
        ("clsuters", "clusters"),
        ("subcontarctros", "subcontractors"),
        ("patnets", "patents"),
        ("suplier", None),
        ("suplliers", "suppliers"),
    ],
)
def test_a_misspelt_word_is_corrected_to_any_form_that_a_text_has(
    snapshot: Snapshot, typed: str, meant: str | None
) -> None:
    assert correction(snapshot, typed) == meant


@pytest.mark.parametrize("typed", ["gender", "internal", "iceland", "slovenia", "venture", "patient"])
def test_a_word_of_english_is_never_corrected(snapshot: Snapshot, typed: str) -> None:
    assert correction(snapshot, typed) is None


@pytest.mark.parametrize("typed", ["PATNETS", "Certifcation2", "cha", "pat3nts", "abtents", "patnetz"])
def test_nor_is_an_acronym_a_number_a_short_word_or_one_that_is_far_from_all(snapshot: Snapshot, typed: str) -> None:
    assert correction(snapshot, typed) is None


def test_a_name_is_not_corrected_and_may_be_what_is_meant(snapshot: Snapshot) -> None:
    assert correction(snapshot, "clustera") == "clusters"
    assert correction(snapshot, "clustera", known=["clustera"]) is None
    assert correction(snapshot, "moroco") is None
    assert correction(snapshot, "moroco", further=["monaco", "morocco"]) == "morocco"


def test_the_fewest_edits_count_before_the_most_programmes_and_these_before_the_alphabet() -> None:
    texts = ["blorpa", "blorpc", "blorpc", "blorpb", "blorpdefgh", "blorpdefgi", "blorpdefxx", "blorpdefxx"]
    with indexed([entry(pk, f"s{pk}", text) for pk, text in enumerate(texts)]) as snapshot:
        assert correction(snapshot, "blorp") == "blorpc"
        assert correction(snapshot, "blorpdefgz") == "blorpdefgh"
    with indexed([entry(1, "one", "blorpb blorpa")]) as snapshot:
        assert correction(snapshot, "blorp") == "blorpa"


def test_a_word_of_a_removed_programme_is_no_correction() -> None:
    built = [entry(1, "one", "certification"), entry(2, "two", "trade")]
    with indexed(built, ({1}, [])) as snapshot:
        assert correction(snapshot, "certifcation") is None
    with indexed(built, ({2}, [entry(2, "two", "verification")])) as snapshot:
        assert correction(snapshot, "verifcation") == "verification"
