"""Wants answered: the index against plain Python over all texts."""

from collections import Counter
from itertools import combinations
from math import log

from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from gvc_catalogue.search_index.analysis import analyse, folded_words, stem
from gvc_catalogue.search_index.documents import Document
from gvc_catalogue.search_index.query.parser import Clause, Synonyms, parse_query
from gvc_catalogue.search_index.query.search import IndexResult, search_index
from gvc_catalogue.search_index.snapshot import contains
from gvc_catalogue.text.english import is_english
from tests.search_index.toys import CATALOGUES, SHARED, WORDS, entry, indexed, lines, standing

Later = tuple[set[int], list[Document]]
Understood = tuple[list[Document], list[str], dict[str, str]]
SYNONYMS = Synonyms.of(SHARED.synonyms)


# ---- The reference


def has(found: Document, clause: Clause) -> bool:
    texts = lines(found)
    apart = bool(clause.apart) and all(any(word in text for text in texts) for word in clause.apart)
    return apart or any(contains(text, words) for text in texts for words in clause.phrases)


def having(entries: list[Document], clauses: list[Clause] | tuple[Clause, ...]) -> list[Document]:
    return [e for e in entries if all(has(e, clause) != clause.excluded for clause in clauses)]


def nearest(entries: list[Document], typed: str) -> str | None:
    """The word printed somewhere that is nearest; of several the most frequent, then the first by the alphabet."""
    if len(typed) < 4 or not typed.isalpha() or is_english(typed):
        return None
    texts = [text for e in entries for text in e.texts] + list(SHARED.texts.values())
    far = {w: OSA.distance(typed, w) for text in texts for w in folded_words(text)}
    near = {w: d for w, d in far.items() if w[0] == typed[0] and d <= (1 if len(typed) < 8 else 2)}
    frequency = {w: sum(any(stem(w) in line for line in lines(e)) for e in entries) for w in near}
    return min(near, key=lambda w: (near[w], -frequency[w], w), default=None)


def understood(entries: list[Document], query: str) -> Understood:
    """Which entries are shown, what was dropped and what corrected."""
    clauses = parse_query(query, SYNONYMS)
    firm, soft = [w for w in clauses if w.firm], [w for w in clauses if not w.firm]
    base = having(entries, firm) if clauses else []
    if not soft or having(base, soft):
        return having(base, soft), [], {}
    corrected = {w.typed: near for w in soft if not having(entries, [w]) and (near := nearest(entries, w.typed))}
    read = {
        w.typed: parse_query(corrected.get(w.typed, w.typed), SYNONYMS)[0] if w.typed in corrected else w for w in soft
    }
    typed = [w.typed for w in soft]
    for size in range(len(typed), 0, -1):
        choices = [c for c in combinations(typed, size) if having(base, [read[t] for t in c])]
        if choices:
            rarity = {t: log((1 + len(entries)) / (1 + len(having(entries, [read[t]])))) for t in typed}
            best = max(choices, key=lambda c: sum(rarity[t] for t in c))
            dropped = [t for t in typed if t not in best]
            return having(base, [read[t] for t in best]), dropped, {t: w for t, w in corrected.items() if t in best}
    return [], [], {}


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
            expected, dropped, corrected = understood(entries, query) if query else (entries, [], {})
            assert (found.dropped, found.corrected) == (dropped, corrected), query
            assert shown(found) == {e.pk for e in narrowed(expected, chosen)}, query
            assert found.total == len(narrowed(expected, chosen))
            assert found.counts == counts(expected, chosen), query
            for order in "relevance", "name", "land":
                records = list(found.every(order))
                assert sorted(map(int, records)) == sorted(shown(found)), (query, order)
                assert [r for n in range(0, found.total, 2) for r in found.records(order, n, n + 2)] == records


# ---- By example

FIRMS = [
    entry(1, "fairs", "Trade fairs", ["For small firms"], land="japan"),
    entry(2, "patents", "Patents", ["Trade in patents, a network"], land="mexico"),
    entry(3, "network", "Network", ["A trade fair network of SMEs"], shared=["land:1"]),
]


def answer(query: str) -> tuple[list[int], list[str], dict[str, str]]:
    with indexed(FIRMS) as snapshot:
        found = search_index(snapshot, query, {})
        return sorted(shown(found)), found.dropped, found.corrected


def test_all_words_are_wanted() -> None:
    assert answer("trade network") == ([2, 3], [], {})
    assert answer("sme trade") == ([1, 3], [], {})


def test_when_nothing_has_them_all_the_most_and_the_rarest_are_kept() -> None:
    assert answer("trade patents nippon") == ([2], ["nippon"], {})
    assert answer("trade zebra") == ([1, 2, 3], ["zebra"], {})
    assert answer("zebra") == ([], [], {})


def test_misspelt_words_are_corrected() -> None:
    assert answer("netwrok") == ([2, 3], [], {"netwrok": "network"})
    assert answer("patnets trade") == ([2], [], {"patnets": "patents"})


def test_phrases_and_exclusions_are_kept_to() -> None:
    assert answer('"trade fair"') == ([1, 3], [], {})
    assert answer('"fair trade"') == ([], [], {})
    assert answer('"fair trade" network') == ([], [], {})
    assert answer("trade -network") == ([1], [], {})
    assert answer("-trade") == ([], [], {})
    assert answer("zebra -network") == ([], [], {})


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
