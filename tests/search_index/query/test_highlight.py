"""What was found, marked in the text it was found in."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gvc_catalogue.search_index.analysis import analyse
from gvc_catalogue.search_index.query.highlight import TokenisedText, highlight, matching_form, synonym_of
from gvc_catalogue.search_index.query.parser import Clause, Lexicon, Synonyms, parse_query

LEXICON = Lexicon(Synonyms.of([["SME", "small firm"]]))


def clauses(query: str) -> list[Clause]:
    return parse_query(query, LEXICON).clauses


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Trade fairs & more", "fair", "Trade <mark>fairs</mark> &amp; more"),
        ("Trade fairs", '"trade fairs"', "<mark>Trade fairs</mark>"),
        ("Trade fairs", "trade fairs", "<mark>Trade</mark> <mark>fairs</mark>"),
        ("Fairs of trade", '"trade fairs"', "Fairs of trade"),
        ("In Türkiye’s cafés", "turkiye CAFE", "In <mark>Türkiye</mark>’s <mark>cafés</mark>"),
        ("Tu\u0308rkiye", "türkiye", "<mark>Tu\u0308rkiye</mark>"),
        ("Ærø", "aero", "<mark>Ærø</mark>"),
        ("For start ups", "start-up", "For <mark>start ups</mark>"),
        ("هذا كِتَابٌ جديد", "كتاب", "هذا <mark>كِتَابٌ</mark> جديد"),
        ("यह हिन्दी में", "हिन्दी", "यह <mark>हिन्दी</mark> में"),
        ("在中国人民", "中国人", "在<mark>中国人</mark>民"),
        ("在中国人民", "国人 中国", "在<mark>中国人</mark>民"),
        ("the ﬁrms’ so\u00adft", "firm soft", "the <mark>ﬁrms</mark>’ <mark>so\u00adft</mark>"),
        ("ﷺ", "ﷺ", "<mark>ﷺ</mark>"),
        ("Help for small firms", "smes", "Help for <mark>small firms</mark>"),
        ("SMEs: a small thing", "small firm", "<mark>SMEs</mark>: a <mark>small</mark> thing"),
        ("small firms", "small firm", "<mark>small</mark> <mark>firms</mark>"),
        ("a trade fair", "trade -fair", "a <mark>trade</mark> fair"),
        (
            "<b>trade</b> <script>",
            "trade b",
            "&lt;<mark>b</mark>&gt;<mark>trade</mark>&lt;/<mark>b</mark>&gt; &lt;script&gt;",
        ),
        ('Canada’s "R&D"', '"r&d"', "Canada’s &quot;<mark>R&amp;D</mark>&quot;"),
        ("nothing", "", "nothing"),
    ],
)
def test_what_is_wanted_is_marked(text: str, query: str, marked: str) -> None:
    assert highlight(TokenisedText.of(text), clauses(query)) == marked


TEXT = st.text() | st.lists(
    st.sampled_from(["trade", "Fairs", " ", "<b>", "&amp;", "small firm", "SMEs", "Tu\u0308rkiye", "<mark>", '"', "ß"])
).map("".join)
QUERY = st.lists(st.sampled_from(["trade", '"trade fair"', "sme", "small firm", "turkiye", "-b", "mark", "amp", "ss"]))


@given(TEXT, QUERY.map(" ".join))
def test_without_its_marks_the_text_is_what_it_was(text: str, query: str) -> None:
    marked = highlight(TokenisedText.of(text), clauses(query))
    assert unescape(re.sub("</?mark>", "", marked)) == unescape(
        re.sub("</?mark>", "", highlight(TokenisedText.of(text), []))
    )
    bare = re.sub("</?mark>", "", marked)
    assert not set("<>\"'") & set(bare)
    assert (
        bare.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", '"')
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
        == text
    )
    # Marks are closed and stand in no other.
    assert re.findall("</?mark>", marked) == ["<mark>", "</mark>"] * marked.count("<mark>")


def test_the_form_that_stands_in_a_text_is_told_with_what_it_means() -> None:
    (clause,) = clauses("smes")
    own, other = tuple(analyse("for smes")), tuple(analyse("for small firms"))
    assert matching_form(clause, [own, other]) == ("sme",)
    assert synonym_of(clause, ("sme",)) is None
    form = matching_form(clause, [other])
    assert form == ("small", "firm")
    assert synonym_of(clause, form) == "small firm"
    assert matching_form(clause, [tuple(analyse("firm and small"))]) is None
