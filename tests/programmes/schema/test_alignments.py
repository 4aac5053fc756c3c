"""The concepts of EuroVoc and UNBIS that a term was aligned with, as its source names them."""

import pytest

from programmes.schema.alignments import alignments


def read(label: str, source: str) -> list[tuple[str, str, bool]]:
    return [(found.url.rpartition("/")[2], found.label, found.exact) for found in alignments(label, source)]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("EuroVoc 1439 innovation", [("1439", "innovation", True)]),
        ("UNBIS 1003223 INNOVATIONS", [("1003223", "INNOVATIONS", True)]),
        (
            "STIP Compass PI029 Debt; EuroVoc 1130 credit guarantee, c_de4d6f2f business cluster; UNBIS 1000077 ADVICE",
            [
                ("1130", "credit guarantee", False),
                ("c_de4d6f2f", "business cluster", False),
                ("1000077", "ADVICE", False),
            ],
        ),
        ("EuroVoc 3216 relations (alt: innovation)", [("3216", "relations", False)]),
    ],
)
def test_a_concept_is_read_with_its_label_and_whether_it_is_the_same(source: str, found: list[object]) -> None:
    assert read("Innovation", source) == found


@pytest.mark.parametrize(
    "source",
    [
        "",
        "own (EuroVoc 1402 export industry is near)",
        "STIP Compass TH47 Cluster policies",
        # A category of UNBIS is no concept.
        "UNBIS 070400 TRADE PROMOTION, FACILITATION AND CUSTOMS ADMINISTRATION",
        "SME Policy Index 2024 on EuroVoc 6191 digitisation",
        "EuroVoc <script> x; UNBIS; EuroVoc 12345678 too long",
    ],
)
def test_what_names_no_concept_by_a_resolvable_identifier_is_no_alignment(source: str) -> None:
    assert read("Innovation", source) == []
