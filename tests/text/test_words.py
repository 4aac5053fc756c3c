"""How a text becomes words: the form in which they are typed or printed does not matter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gvc_catalogue.text.compounds import BY_BEGINNING, BY_WHOLE, FIRST_WORDS
from gvc_catalogue.text.words import FIRST_LENGTH, folded_words, word_spans


@pytest.mark.parametrize(
    "forms",
    [
        "startups, start-ups, start ups, Start—ups, start\u2011ups",
        "cooperation, co-operation, Co operation, co\u00ad-operation",
        "subcontracting, sub-contracting, sub contracting",
        "database, data base, data-base, Data\nbase",
        "knowhow, know-how, know how",
        "ecommerce, e-commerce, E commerce",
        "spinoff, spin-off, spin off",
        "website, web site, web-site",
        "online, on-line, on line",
        "multinational, multi-national, multi national",
        "nonprofit, non-profit, non profit",
        "percent, per cent",
        "wipo, W.I.P.O., w.i.p.o, W.I.P.O",
        "uk, U.K., U.K, U.K.’s",
        "turkey, Turkey’s, Turkey's, Turkeyʼs, Turkeyʻs",
        "countries, countries’, countries'",
        "hawaii, Hawaiʻi, Hawai’i, Hawai'i",
        "firm, ﬁrm, fi\u00adrm, fi\u200drm, \ufefffirm, firm\u200e",
        "كتاب, كِتَابٌ, كتـــاب",
        "می\u200cخواهم, میخواهم",
        "coffee, coﬀee",
    ],
)
def test_all_forms_of_a_word_are_one_word(forms: str) -> None:
    found = [tuple(folded_words(form)) for form in forms.split(", ")]
    assert set(found) == {found[0]}
    assert len(found[0]) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("long-term", "long term"),
        ("knowledge-intensive", "knowledge intensive"),
        ("non-OECD, inter-SME", "non oecd inter sme"),
        ("on-the-job, up-to-date", "on the job up to date"),
        ("micro-small", "micro small"),
        ("pre- and post-export", "pre and post export"),
        ("to start. Ups and downs", "to start ups and downs"),
        ("the data, base", "the data base"),
        ("Inovação e Desenvolvimento", "inovacao e desenvolvimento"),
        ("2.1 to 5.4", "2 1 to 5 4"),
        ("at the end.Next, B2B.In", "at the end next b2b in"),
        ("It’s d’Ivoire and l'Oréal", "it d ivoire and l oreal"),
        ("‘IP Toolbox’", "ip toolbox"),
        ("हिन्दी में", "हिनदी में"),
        ("中国人 中", "中国 国人 中"),
        ("3D打印", "3d 打印"),
        ("한국은", "한국 국은"),
        ("a\x00b_c", "a b c"),
    ],
)
def test_what_is_no_compound_stays_apart(text: str, words: str) -> None:
    assert folded_words(text) == words.split()


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("for start ups.", ["for", "start ups"]),
        ("Co-operation with W.I.P.O.", ["Co-operation", "with", "W.I.P.O"]),
        ("Türkiye’s ﬁrms", ["Türkiye", "ﬁrms"]),
        ("Tu\u0308rkiye so\u00adft", ["Tu\u0308rkiye", "so\u00adft"]),
        ("كِتَابٌ جديد", ["كِتَابٌ", "جديد"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("中国人", ["中国", "国人"]),
        ("ภาษา", ["ภา", "าษ", "ษา"]),
        ("ﷺ", ["ﷺ"] * 4),
    ],
)
def test_a_word_covers_what_is_printed_with_its_marks(text: str, covered: list[str]) -> None:
    assert [text[start:end] for start, end, _ in word_spans(text)] == covered


def test_no_first_word_of_a_compound_is_too_long_to_be_found() -> None:
    assert max(map(len, FIRST_WORDS)) < FIRST_LENGTH
    assert not BY_BEGINNING.keys() & BY_WHOLE.keys()


PIECES = [
    *("start", "ups", "data", "base", "co", "operation", "e", "commerce", "s", "W.I.P.O.", "U.K.", "U", "K", "2.1"),
    *("l", "non", "OECD", "profit", "on", "line", "3D打印"),
    *(" ", "-", "—", "’", "'", ".", "_", "\0", "\u00ad", "\u200d", "中国", "人", "ภาษาไทย", "हिन्दी", "كِتَابٌ", "한국은"),
    *("ガス", "ﾞ", "ㅏ", "Türkiye", "ﷺ", "½", "ŉ", "Hawaiʻi", "ß", "\u093f", "ﬁ", "™"),
]
TEXTS = st.text() | st.lists(st.sampled_from(PIECES)).map("".join)


@given(TEXTS)
def test_the_words_are_those_of_the_spans_which_stand_in_order_inside_the_text(text: str) -> None:
    spans = list(word_spans(text))
    assert folded_words(text) == [word for _, _, word in spans]
    assert [start for start, _, _ in spans] == sorted(start for start, _, _ in spans)
    assert all(0 <= start < end <= len(text) for start, end, _ in spans)


@given(TEXTS)
def test_the_words_of_a_word_are_the_word(text: str) -> None:
    assert all(folded_words(word) == [word] for word in folded_words(text))
