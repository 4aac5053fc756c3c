"""Text made blind to case and accents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gvc_catalogue.text.folding import fold, fold_with_offsets


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Türkiye", "turkiye"),
        ("TÜRKİYE", "turkiye"),
        ("Tu\u0308rkiye", "turkiye"),
        ("São Tomé", "sao tome"),
        ("Łódź, Đà Nẵng, Ħamrun", "lodz, da nang, hamrun"),
        ("Straße, Ærø, Œuvre, Þór", "strasse, aero, oeuvre, thor"),
        ("Ελλάδα", "ελλαδα"),
        ("한국 と ガス", "한국 と カス"),
        ("ﬁrms, ＦＩＲＭＳ", "firms, firms"),
        ("KIS™", "kis"),
        ("so\u00adft \ufeffco\u200dde\u2060", "soft code"),
        ("كِتَابٌ, كتـاب", "كتاب, كتاب"),
        ("हिन्दी", "हिनदी"),
        ("", ""),
    ],
)
def test_case_and_accents_are_undone(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(
    st.text()
    | st.text("aeß\u0301\u00ad\u200dIİﷺ½갃ㄱㅏㄳ가ﾡￂ\u034f\u0640\u093f\u094dक\u0345α™℀\ufe0fﬁがガｶﾞ\u09c7\u09be")
)
def test_each_folded_character_knows_what_it_comes_from(text: str) -> None:
    folded, starts, ends = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(starts) == len(ends) == len(folded)
    assert all(0 <= start < end <= len(text) for start, end in zip(starts, ends, strict=True))
