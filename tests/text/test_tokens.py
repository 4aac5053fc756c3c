"""What was typed, taken apart into terms, and where each is found in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gvc_catalogue.search_index.analysis import analyse
from gvc_catalogue.search_index.query.parser import Lexicon, parse_query
from gvc_catalogue.search_index.query.tokeniser import tokenise
from gvc_catalogue.search_index.snapshot import contains
from gvc_catalogue.text.words import folded_words

FOUND = [
    ("turkiye", "in Türkiye"),
    ("TÜRKIYE", "in Türkiye"),
    ("türkiye", "in Turkiye"),
    ("Türkiye", "TÜRKİYE"),
    ("turkiye", "Tu\u0308rkiye"),
    ("Tu\u0308rkiye", "Türkiye"),
    ("strasse", "Straße"),
    ("Straße", "STRASSE"),
    ("Ærø", "Ærø"),
    ("aero", "ÆRØ"),
    ("KIS™", "the KIS™ programme"),
    ("Ελλάδα", "Ελλάδα"),
    ("ελλαδα", "ΕΛΛΆΔΑ"),
    ("Йод", "ЙОД"),
    ("中国", "《中国》"),
    ("中国", "日本、中国"),
    ("ガス", "ガス"),
    ("한국", "한국"),
    ("cluster", "Clusters"),
    ("clusters", "one cluster"),
    ("policy", "policies"),
    ("policies", "POLICY"),
    ("survey", "surveys"),
    ("surveys", "a survey"),
    ("process", "processes"),
    ("processes", "process"),
    ("niches", "a niche"),
    ("niche", "niches"),
    ("branches", "branch"),
    ("box", "boxes"),
    ("boxes", "box"),
    ("business", "businesses"),
    ("businesses", "business"),
    ("sme", "SMEs"),
    ("SMEs", "an SME"),
    ("sme", "SMEs' access"),
    ("ip", "(IP)"),
    ("ip", "IPs"),
    ("r&d", "R & D"),
    ("R&D", "R&D"),
    ("it's", "it’s"),
    ("co-operation", "Co operation"),
    ("tax", "taxes"),
    ("2007", "in 2007."),
    ('"trade fairs"', "Trade fairs"),
    ('"trade fairs"', "trade\n\nfairs"),
    ('"trade fairs"', "trade-fairs"),
    ('"sao paulo"', "São Paulo"),
]
NOT_FOUND = [
    ("sme", "assessment"),
    ("ip", "equipment"),
    ("firm", "confirm"),
    ("art", "parts"),
    ("plan", "plane"),
    ("survey", "surve"),
    ("turk", "Türkiye"),
    ("kiye", "Türkiye"),
    ("a", "á\u0301b"),
    ("国", "中国"),
    ("r&d", "r, or d"),
    ("2007", "12007"),
    ('"trade fairs"', "fairs trade"),
    ('"trade fairs"', "trade and fairs"),
    (".*", "anything"),
    ("a.c", "abc"),
]


def stands_in(typed: str, text: str) -> bool:
    """Whether each clause of a query stands in a text, by the forms that are indexed."""
    line = tuple(analyse(text))
    return all(contains(line, want.phrases[0]) for want in parse_query(typed, Lexicon()).clauses)


@pytest.mark.parametrize(("typed", "text"), FOUND)
def test_a_word_is_found_whatever_its_case_accents_and_number(typed: str, text: str) -> None:
    assert stands_in(typed, text)
    assert tokenise(typed)


@pytest.mark.parametrize(("typed", "text"), NOT_FOUND)
def test_a_word_is_not_found_inside_another(typed: str, text: str) -> None:
    assert not stands_in(typed, text) or not tokenise(typed)


LETTERS = [*"aehiostyzAEIOSTYZ ñéüßæøłþőČİı-'’0", "e\u0301", "U\u0308\u0301", *"άςΣΐйёЖがパ한中"]
TEXTS = st.lists(st.sampled_from(LETTERS), min_size=1, max_size=12).map("".join)


@given(TEXTS)
def test_every_text_is_found_by_its_own_words_and_by_itself_as_a_phrase(text: str) -> None:
    assert all(stands_in(typed, text) for typed in [*folded_words(text), f'"{text}"'])
