"""Words that the stemmer takes for forms of each other."""

import pytest

from gvc_catalogue.search_index.analysis import stem
from gvc_catalogue.text.english import english_words
from gvc_catalogue.text.stems import SINGULARS, STEMS

# Words of the same family that are not worth a line have these stems too.
RELATED = {"experiment", "petition", "rational"}


@pytest.mark.parametrize(
    "words",
    [
        "import important",
        "international internal",
        "customs customer",
        "university universal",
        "policy police",
        "experience experiment",
        "integrity integration",
        "initiative initial",
        "authority author",
        "product productivity",
        "public publication",
        "responsibility response",
        "emerging emergency",
        "formation format",
        "competence compete",
        "this thi",
        "gas ga",
        "basis base",
        "cooper cooperation",
    ],
)
def test_unrelated_words_stay_apart(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 2


@pytest.mark.parametrize(
    "words",
    [
        "entrepreneur entrepreneurs entrepreneurship entrepreneurial",
        "fdi fdis",
        "kpi kpis",
        "rfid rfids",
        "mne mnes",
        "fta ftas",
        "api apis",
        "ngo ngos",
        "publish publication",
        "index indices",
        "woman women",
    ],
)
def test_forms_of_a_word_are_together(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 1


def test_no_other_word_has_the_stem_of_a_group() -> None:
    others = {stem(word) for word in english_words() if word not in STEMS}
    assert {found for found in STEMS.values() if found in others} <= RELATED
    assert all(stem(stem(word)) == STEMS[word] for word in STEMS)
    assert all(stem(plural) == stem(singular) for plural, singular in SINGULARS.items())
