"""Wants answered: the index against plain Python over all texts."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from gvc_catalogue.search_index.analysis import analyse
from gvc_catalogue.search_index.documents import Document
from gvc_catalogue.search_index.query.parser import Clause
from gvc_catalogue.search_index.query.partial_matches import PartialMatch
from gvc_catalogue.search_index.query.search import IndexResult, search_index
from gvc_catalogue.search_index.snapshot import contains
from tests.search_index.toys import CATALOGUES, SHARED, WORDS, entry, indexed, lines, standing

Later = tuple[set[int], list[Document]]


# ---- The reference


def has(found: Document, clause: Clause, in_context: bool = False) -> bool:
    """Whether an entry matches a clause: by a phrase, by words that stand anywhere, or as one of an entity's."""
    texts = lines(found, without=SHARED.named if in_context else SHARED.named | SHARED.context)
    return (
        any(contains(text, words) for text in texts for words in clause.phrases)
        or any(all(any(word in text for text in texts) for word in words) for words in clause.apart)
        or any(name in found.sets for entity in clause.entities for name in entity.sets)
    )


def permitted(entries: list[Document], clauses: list[Clause]) -> list[Document]:
    return [e for e in entries if not any(has(e, clause) for clause in clauses if clause.excluded)]


def full(entries: list[Document], clauses: list[Clause]) -> list[Document]:
    """Those that match all clauses; none for a query without a word."""
    wanted = [clause for clause in clauses if not clause.excluded]
    return [e for e in permitted(entries, clauses) if clauses and all(has(e, clause) for clause in wanted)]


def partial(among: list[Document], clauses: list[Clause]) -> dict[int, tuple[list[str], bool]]:
    """The words that each has, or those that it has in context texts when it has no other."""
    found = {}
    for e in among:
        own = [clause.typed for clause in clauses if has(e, clause)]
        if having := own or [clause.typed for clause in clauses if has(e, clause, in_context=True)]:
            found[e.pk] = having, not own
    return found


def counts(shown: list[Document], chosen: dict[str, tuple[str, ...]]) -> dict[str, dict[str, int]]:
    return {
        name: dict(Counter(value for e in narrowed(shown, chosen, name) for value in e.facets[name]))
        for name in ("land", "initial")
    }


def narrowed(shown: list[Document], chosen: dict[str, tuple[str, ...]], leave_out: str = "") -> list[Document]:
    asked = {name: set(values) for name, values in chosen.items() if values and name != leave_out}
    return [e for e in shown if all(values & set(e.facets[name]) for name, values in asked.items())]


# ---- The index against it

TYPED = [
    *WORDS,
    "clusters",
    "jpan",
    "netwrk",
    "patnet",
    "zebra",
    "consortia",
    "nippon",
    '"small firm"',
    "mexican",
    "the",
    "atlantis",
    "deal",
    "OR",
    "fair trade",
]
QUERY = st.lists(
    st.tuples(st.sampled_from(["", "", "", "", "-"]), st.sampled_from([*TYPED, '"trade fair"', '"of trade"'])),
    max_size=4,
).map(lambda words: " ".join(minus + word for minus, word in words))
CHOSEN = st.fixed_dictionaries(
    {
        "land": st.lists(st.sampled_from(["japan", "mexico", "atlantis"]), max_size=2, unique=True).map(tuple),
        "initial": st.lists(st.sampled_from(["j", "c", "T"]), max_size=2, unique=True).map(tuple),
    }
)


def shown(found: IndexResult) -> set[int]:
    return {found.snapshot.pk(ordinal) for ordinal in found.members}


@given(CATALOGUES, st.lists(st.tuples(QUERY, CHOSEN), min_size=1, max_size=8))
@settings(max_examples=60)
def test_the_index_finds_what_reading_every_text_finds(
    catalogue: tuple[list[Document], Later], asked: list[tuple[str, dict[str, tuple[str, ...]]]]
) -> None:
    built, later = catalogue
    entries = standing(built, later)
    with indexed(built, later) as snapshot:
        for query, chosen in asked:
            found = search_index(snapshot, query, chosen)
            expected = full(entries, found.clauses) if query else entries
            assert shown(found) == {e.pk for e in narrowed(expected, chosen)}, query
            assert found.total == len(narrowed(expected, chosen))
            assert found.counts == counts(expected, chosen), query
            near = found.partial(100)
            among = [e for e in narrowed(permitted(entries, found.clauses), chosen) if e.pk not in shown(found)]
            assert told(found, near) == (partial(among, found.wanted) if query else {}), query
            assert found.partial(2) == near[:2]
            assert [match.in_context for match in near] == sorted(match.in_context for match in near)
            for order in "relevance", "name", "land":
                records = list(found.every(order))
                assert sorted(map(int, records)) == sorted(shown(found)), (query, order)
                assert [r for n in range(0, found.total, 2) for r in found.records(order, n, n + 2)] == records


def told(found: IndexResult, near: list[PartialMatch]) -> dict[int, tuple[list[str], bool]]:
    return {found.snapshot.pk(m.ordinal): ([clause.typed for clause in m.has], m.in_context) for m in near}


# ---- By example

FIRMS = [
    entry(1, "fairs", "Trade fairs", ["For small firms"], land="japan"),
    entry(2, "patents", "Patents", ["Trade in patents, a network"], land="mexico"),
    entry(3, "network", "Network", ["A trade fair network of SMEs"], shared=["land:1"]),
]


Answer = tuple[list[int], list[int], dict[str, str]]


def answer(query: str) -> Answer:
    """The full matches by key, the partial matches in their order, and what was corrected."""
    with indexed(FIRMS) as snapshot:
        found = search_index(snapshot, query, {})
        near = [snapshot.pk(match.ordinal) for match in found.partial(10)]
        return sorted(shown(found)), near, found.query.corrected


def test_a_full_match_has_all_words() -> None:
    assert answer("trade network") == ([2, 3], [1], {})
    assert answer("sme trade") == ([1, 3], [2], {})


def test_those_with_the_rarest_words_are_the_nearest() -> None:
    assert answer("trade patents nippon") == ([], [2, 1, 3], {})


def test_a_word_that_no_entry_has_is_never_dropped() -> None:
    assert answer("trade zebra") == ([], [1, 2, 3], {})
    assert answer("zebra") == ([], [], {})


def test_misspelt_words_are_corrected() -> None:
    assert answer("netwrok") == ([2, 3], [], {"netwrok": "network"})
    assert answer("patnets trade") == ([2], [1, 3], {"patnets": "patents"})


def test_phrases_and_exclusions_are_kept_to() -> None:
    assert answer('"trade fair"') == ([1, 3], [], {})
    assert answer('"fair trade"') == ([], [], {})
    assert answer('"fair trade" network') == ([], [3, 2], {})
    assert answer("trade -network") == ([1], [], {})
    assert answer("-trade") == ([], [], {})
    assert answer("zebra -network") == ([], [], {})


def test_a_word_only_in_a_context_text_makes_no_full_match() -> None:
    row = [entry(4, "row", "Deals", ["of patents"], shared=["row:1"]), entry(5, "nothing", "Nothing", shared=["row:1"])]
    with indexed([*FIRMS, *row]) as snapshot:
        found = search_index(snapshot, "patents clusters", {})
        near = [(snapshot.pk(m.ordinal), m.in_context, [clause.typed for clause in m.lacks]) for m in found.partial(5)]
        assert near == [(2, False, ["clusters"]), (4, False, ["clusters"]), (5, True, ["patents"])]


def test_no_input_is_an_error() -> None:
    with indexed(FIRMS) as snapshot:

        @given(st.text())
        @settings(max_examples=200)
        def asked(query: str) -> None:
            found = search_index(snapshot, query, {})
            assert len(found.records("relevance", 0, 20)) == found.total

        asked()


def test_a_word_in_the_name_comes_before_one_in_another_text() -> None:
    with indexed(FIRMS) as snapshot:
        assert search_index(snapshot, "network", {}).records("relevance", 0, 9) == [b"3", b"2"]
        assert search_index(snapshot, "patent", {}).records("relevance", 0, 9) == [b"2"]


def test_the_analysis_is_the_same_for_what_is_asked() -> None:
    assert analyse("PATENTING") == analyse("patents")
    assert answer("PATENTING") == ([2], [], {})
