"""The search: which programmes have the words, in which order, on which page."""

from functools import cache

import pytest
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from gvc_catalogue.search_index.analysis import analyse
from gvc_catalogue.search_index.query.parser import Lexicon, parse_query
from programmes.schema.records import ProgrammeRecord
from programmes.search.catalogue_snapshot import CatalogueSnapshot
from programmes.search.list_query import ListQuery
from programmes.search.lookup import neighbours
from programmes.search.search import everything, find
from recommendations.models import Recommendation
from tests import reference
from tests.factories import make_country, make_example, make_many_programmes, make_organisation, make_programme
from tests.programmes.conftest import Asking

pytestmark = pytest.mark.django_db


def found(q: str) -> list[str]:
    return [programme["slug"] for programme in everything(ListQuery(q=q))]


@pytest.mark.parametrize("other", ["Türkiye", "Turkiye", "Turkish", "TÜRKIYE", "Tu\u0308rkiye", '"turkey"'])
def test_a_country_is_found_by_each_of_its_names(slugs: Asking, other: str) -> None:
    there = slugs(country="TR")
    assert len(there) == 5
    assert set(slugs(q="Turkey")) == set(slugs(q=other)) == set(there)


def test_every_word_must_be_there(slugs: Asking) -> None:
    trade, reports = set(slugs(q="trade")), set(slugs(q="reports"))
    assert set(slugs(q="trade reports")) == trade & reports
    assert set() < trade & reports < trade


def test_an_excluded_word_must_not_be_there(slugs: Asking) -> None:
    assert set(slugs(q="trade -fairs")) == set(slugs(q="trade")) - set(slugs(q="fairs"))
    assert set(slugs(q="-trade")) == set(slugs()) - set(slugs(q="trade"))
    assert set(slugs(q='trade -"trade fairs"')) == set(slugs(q="trade")) - set(slugs(q='"trade fairs"'))


def test_a_phrase_stands_together(slugs: Asking) -> None:
    quoted = {"database-of-exporters-and-website-of-enquiries", "support-for-trade-fairs-and-export-business-trips"}
    (clause,) = parse_query('"trade fairs"', Lexicon()).clauses
    having = {r.slug for r in published() if any(reference.mentions(text, clause) for text in r.texts)}
    assert quoted < set(slugs(q='"trade fairs"')) == having
    assert slugs(q='"fairs trade"') == []


def in_context(q: str) -> set[str]:
    return {match.programme["slug"] for match in find(ListQuery(q=q)).partial if match.in_context}


@pytest.mark.parametrize(
    ("words", "facet"),
    [
        ('"industry groupings (i.e. clusters)"', {"recommendation": "2.1"}),
        ('"branch groupings (i.e. clusters)"', {"recommendation": "2.1"}),
        ('"collective action and co-operation"', {"category": "2"}),
    ],
)
def test_the_long_wording_of_a_recommendation_makes_a_partial_match_of_the_programmes_that_serve_it(
    slugs: Asking, words: str, facet: dict[str, str]
) -> None:
    assert slugs(q=words) == []
    assert in_context(words) == set(slugs(**facet)) != set()


def test_the_short_title_of_a_category_that_the_annex_does_not_name_is_found_too() -> None:
    make_example("iii.1", make_programme("studied"))
    assert found('"further work by the OECD"') == ["studied"]


def test_the_short_title_of_a_recommendation_is_found(slugs: Asking) -> None:
    title = Recommendation.objects.get(number="2.1").title
    assert set(slugs(q=f'"{title}"')) >= set(slugs(recommendation="2.1")) != set()


def test_the_provider_is_found_too() -> None:
    assert found("kosgeb") == ["kosgeb-consultancy-services-and-training"]
    assert "sme-business-coaching-programme" in found('"Penang Skills Development Centre"')


@pytest.mark.parametrize("q", ["!!!", '""', "-", "& - ?"])
def test_a_search_without_a_word_finds_nothing(ask: Asking, q: str) -> None:
    answer = ask(q=q)
    assert answer["count"] == 0
    assert answer["results"] == []
    assert {facet for facet, values in answer["facets"].items() if values} == set()


QUERIES = """
sme | SMEs | smes training | ip | IP awareness | equipment | assessment | art | trade | trade fairs | "trade fairs"
"trade fair" | -japan | japan -cluster | cluster | clusters | policy | policies | industries | industry | country
countries | R&D | it's | e-business | high-tech | co-operation | cooperation | piggy-backing | start-ups | Canada’s
Canadian | UK | "United Kingdom" | Britain | Hong Kong | hong kong china | Viet Nam | Vietnam | vietnamese | Czech
Czechia | Brunei | Korea | OECD | MNE | MNEs | government | "business body" | programme | program | the | of the
who does what | standards -quality | "standards" | process | processes | patent -turkey | "intellectual property"
intellectual property | value chain | "global value chains" | -"global value chains" | 2002 | 2002+ | Protec 2002+
PYMExporta | INOVJovem | portage | „portage“ | Mexico | mexico training network | innovation innovation | survey
surveys | enterprise | enterprises -sme -smes | technology transfer | xyzzy | trade xyzzy | -xyzzy | NASA | agency
"""


@cache
def published() -> list[reference.Record]:
    return reference.records()


def compare(q: str) -> None:
    """Hold a search against reading every text: the index finds more (forms, synonyms, corrections), never less."""
    answer, slugs = find(ListQuery(q=q)).answer, set(found(q))
    texts = {record.slug: record.texts for record in published()}
    for clause in answer.clauses:
        if clause.excluded:
            assert not [slug for slug in slugs if any(reference.mentions(text, clause) for text in texts[slug])], clause
    if not any(clause.excluded for clause in answer.clauses):
        assert {record.slug for record in reference.matching(published(), ListQuery(q=q))} <= slugs


@pytest.mark.parametrize("q", [q.strip() for line in QUERIES.strip().splitlines() for q in line.split("|")])
def test_a_search_finds_all_that_reading_every_text_finds_and_nothing_excluded(q: str) -> None:
    compare(q)


WORDS = "japan mexico sme smes trade cluster cluster's firm ip standard technology network training policy the of xyzzy"
QUERY = st.lists(
    st.tuples(st.sampled_from(["", "", "", "-"]), st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=2)),
    min_size=1,
    max_size=3,
).map(lambda found: " ".join(minus + (f'"{" ".join(words)}"' if words[1:] else words[0]) for minus, words in found))


@given(QUERY)
def test_so_it_does_for_any_mixture_of_words_phrases_and_exclusions(q: str) -> None:
    compare(q)


def test_words_are_found_wherever_a_new_programme_has_them() -> None:
    land = make_country("AX", name="Åland", name_in_source="Aland Islands", other_names="Ålandic\nÅlänning")
    agency = make_organisation("Förderbank Größe")
    programme = make_programme("x", name="Ærø Encyclopædia", countries=[land], provider=agency)
    make_example("2.1", programme, text="Naïve façades of Łódź")
    for q in (
        "aero",
        "ENCYCLOPAEDIA",
        "aland",
        "ÅLAND",
        "alandic",
        "alanning",
        "grosse",
        "größe",
        "lodz",
        "facade naive",
    ):
        assert found(q) == ["x"], q


@pytest.mark.parametrize("sort", ["name", "country", "recommendation"])
def test_the_list_stands_in_the_order_asked(slugs: Asking, sort: str) -> None:
    # One without country, one without recommendation, and two that only their slugs tell apart.
    make_programme("zz-twin", name="Éclair")
    make_programme("aa-twin", name="eclair")
    make_example("1.1", make_programme("nowhere", name="Nowhere"))
    assert slugs(sort=sort) == reference.in_order(reference.records(), sort)


def test_name_is_the_order_when_nothing_is_asked(slugs: Asking) -> None:
    assert slugs() == slugs(sort="name") == slugs(sort="relevance")
    assert slugs(q="trade") == slugs(q="trade", sort="relevance")


def test_a_word_in_the_name_comes_before_one_in_a_quotation_and_that_before_one_elsewhere() -> None:
    for q in "project", "expenses", "survey", "guidelines":
        (word,) = analyse(q)

        def weight(programme: ProgrammeRecord, word: str = word) -> int:
            quoted = any(word in analyse(example["text"]) for example in programme["examples"])
            return -4 * (word in analyse(programme["name"])) - 2 * quoted

        # Among those with the word in the same places, the index weighs how often it stands and how long the text is.
        weights = [weight(programme) for programme in everything(ListQuery(q=q))]
        assert weights == sorted(weights)
        assert len(set(weights)) > 1


def test_so_it_does_where_the_name_alone_has_it(slugs: Asking) -> None:
    make_example("1.1", make_programme("a-quoted"), text="Quarks for all.")
    make_programme("b-elsewhere", provider=make_organisation("Quark Agency"))
    make_programme("c-named", name="Quarks")
    assert slugs(q="quark") == ["c-named", "a-quoted", "b-elsewhere"]


def test_every_programme_stands_on_one_page(ask: Asking, slugs: Asking) -> None:
    for parameters in ({}, {"sort": "country"}, {"q": "sme"}, {"region": ["asia", "europe"]}):
        shown = slugs(**parameters)
        assert len(shown) == len(set(shown)) == ask(**parameters)["count"]


def test_a_page_that_is_none_is_not_found() -> None:
    with pytest.raises(Http404, match="last page is 4"):
        find(ListQuery(), "5")


@pytest.mark.parametrize("sort", ["name", "country"])
def test_previous_and_next_follow_the_list_across_its_pages(sort: str) -> None:
    asked = ListQuery(sort=sort)
    order = list(everything(asked))
    for place, programme in enumerate(order):
        beside = neighbours(asked, programme["slug"], place // 20 + 1, CatalogueSnapshot.now())
        assert beside
        assert beside.page == place // 20 + 1
        assert (beside.previous and beside.previous.programme) == (order[place - 1] if place else None)
        assert (beside.next and beside.next.programme) == (order[place + 1] if place + 1 < len(order) else None)
        assert not beside.next or beside.next.page == (place + 1) // 20 + 1
        assert not beside.previous or beside.previous.page == (place - 1) // 20 + 1


def test_a_programme_that_is_not_on_that_page_has_no_neighbours() -> None:
    assert neighbours(ListQuery(country=("JP",)), "covisint", 1, CatalogueSnapshot.now()) is None
    assert neighbours(ListQuery(), "covisint", 999_999_999, CatalogueSnapshot.now()) is None


def test_searching_takes_as_many_queries_for_hundreds(django_assert_num_queries: Asking) -> None:
    make_many_programmes(300)
    find(ListQuery())  # The first request after a change brings the index up to date.
    with django_assert_num_queries(1):
        assert find(ListQuery(q="many", country=("JP",)), "2").page.total == 300
    with django_assert_num_queries(1):
        assert neighbours(ListQuery(country=("JP",)), "many-7", 1, CatalogueSnapshot.now()) is None
