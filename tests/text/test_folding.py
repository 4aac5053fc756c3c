"""Text made blind to case and accents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gvc_catalogue.text.folding import fold


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
        ("", ""),
    ],
)
def test_case_and_accents_are_undone(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
