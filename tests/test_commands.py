"""The commands that fill the catalogue and vouch for it, as the one who runs them meets them."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from gvc_catalogue.site import fixtures, verification
from programmes.models import Classification, Country, Example, Programme, RecommendationTopic, Source, Term
from recommendations.models import Category, Passage, Recommendation

# The tests see the loaded catalogue; these begin before it.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_catalogue")]


def said(*command: str) -> str:
    """What a command prints."""
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def complaint() -> str:
    """What check_catalogue prints of a catalogue in which it finds faults."""
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("check_catalogue", stdout=out)
    return "\n".join(line for line in out.getvalue().splitlines() if line.startswith("- "))


@pytest.fixture
def loaded(empty_catalogue: None) -> None:
    call_command("load_catalogue", stdout=StringIO())


def test_an_empty_catalogue_is_filled() -> None:
    assert said("load_catalogue") == "Loaded 721 records.\n"
    assert Example.objects.count() == 64
    assert Country.objects.get(code="TR").sort_name == "turkiye"


def test_the_first_start_fills_the_catalogue_and_the_second_is_silent() -> None:
    assert "Loaded" in said("load_catalogue", "--if-empty")
    assert said("load_catalogue", "--if-empty") == ""


@pytest.mark.usefixtures("loaded")
def test_a_restart_keeps_what_curators_changed_and_removed() -> None:
    Programme.objects.filter(slug="covisint").update(name="Covisint hub")
    Example.objects.get(recommendation__number="1.2").delete()
    assert said("load_catalogue", "--if-empty") == ""
    assert Programme.objects.get(slug="covisint").name == "Covisint hub"
    assert Example.objects.count() == 63


@pytest.mark.usefixtures("loaded")
def test_a_catalogue_like_the_fixtures_is_said_to_be_so() -> None:
    assert said("load_catalogue") == (
        "The catalogue is not empty: no difference from the fixtures. Nothing was written.\n"
    )


@pytest.mark.usefixtures("loaded")
def test_what_differs_is_told_field_by_field_and_left_as_it_is() -> None:
    covisint = Programme.objects.get(slug="covisint")
    covisint.name = "Covisint hub"
    covisint.save()
    covisint.countries.add(Country.objects.get(code="US"))
    Example.objects.get(recommendation__number="1.2").delete()
    Country.objects.create(code="SG", code3="SGP", name="Singapore", region="asia")
    assert said("load_catalogue").splitlines() == [
        'changed: programme covisint, name: "Covisint" in the fixtures, "Covisint hub" here',
        'changed: programme covisint, countries: [] in the fixtures, [["US"]] here',
        "missing: example 1.2-1",
        "added: country SG",
        "The catalogue is not empty: 4 differences from the fixtures. Nothing was written.",
    ]
    assert Programme.objects.get(slug="covisint").name == "Covisint hub"


@pytest.mark.usefixtures("loaded")
def test_comparing_takes_the_same_few_queries_for_any_number_of_records() -> None:
    with CaptureQueriesContext(connection) as queries:
        said("load_catalogue")
    assert len(queries) <= 15


def test_a_fixture_that_fails_leaves_the_catalogue_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = fixtures.FIXTURES.glob("10_*.json")
    broken = tmp_path / "20_broken.json"
    broken.write_text('[{"model": "recommendations.recommendation", "fields": {"category": ["9"]}}]')
    monkeypatch.setattr("gvc_catalogue.site.fixtures.fixture_files", lambda: [*sound, broken])
    with pytest.raises(IntegrityError, match="20_broken"):
        call_command("load_catalogue")
    assert Category.objects.count() == 0


@pytest.mark.usefixtures("loaded")
def test_a_true_catalogue_is_vouched_for_with_numbers() -> None:
    assert said("check_catalogue").splitlines() == [
        "headings of categories: 12 checked, 0 at fault",
        "wordings of recommendations: 55 checked, 0 at fault",
        "other passages: 19 checked, 0 at fault",
        "examples of the annex: 64 checked, 0 at fault",
        "words of the statement: 3863 checked, 0 at fault",
        "counts: 40 checked, 0 at fault",
        "words of classifications: 301 checked, 0 at fault",
        "words of topics: 72 checked, 0 at fault",
        "alternative labels of terms: 74 checked, 0 at fault",
        "counts of the vocabulary: 8 checked, 0 at fault",
        "The catalogue says what the statement says.",
    ]


@pytest.mark.usefixtures("loaded")
def test_a_changed_word_of_an_example_is_named_with_its_place() -> None:
    example = Example.objects.get(recommendation__number="3.3", position=2)
    example.text = example.text.replace("has and advanced", "has an advanced")
    example.save()
    assert (
        "- example 3.3-2 has “an” where the source has “and”, after “internationalise. In addition Japan has”"
        in complaint()
    )


@pytest.mark.usefixtures("loaded")
def test_words_left_out_of_a_quotation_are_missed() -> None:
    poland = Example.objects.get(recommendation__number="3.3", position=3)
    poland.text = poland.text.removesuffix(" industrial parks/incubators.")
    poland.save()
    missed, *terms = complaint().splitlines()
    assert missed == "- the annex says “industrial parks/incubators.”, and the catalogue does not"
    assert len(terms) == 2
    assert all("by the words “industrial parks/incubators”, which it does not quote" in term for term in terms)


@pytest.mark.usefixtures("loaded")
def test_the_annexs_wording_is_not_taken_for_the_bodys() -> None:
    recommendation = Recommendation.objects.get(number="2.1")
    recommendation.text = recommendation.annex_text
    recommendation.save()
    assert "- recommendation 2.1 has “branch” where the source has “industry”" in complaint()


@pytest.mark.usefixtures("loaded")
def test_headings_and_footnotes_are_checked_with_their_numbers_and_closing_words() -> None:
    Category.objects.filter(code="2").update(lead_in="through:")
    Passage.objects.filter(place="part-ii", kind="introduction").update(note="1")
    Passage.objects.filter(place="notes", position=2).update(note="3")
    found = complaint()
    assert "- category 2 has “through:” where the source has “by:”" in found
    assert "- passage part-ii-2 has “1” where the source has “2”" in found
    assert "- passage notes-2 has “3.” where the source has “2.”" in found


@pytest.mark.usefixtures("loaded")
def test_an_emptied_wording_is_no_quotation() -> None:
    Recommendation.objects.filter(number="5.4").update(text="")
    assert "- recommendation 5.4 has no words" in complaint()


@pytest.mark.usefixtures("loaded")
def test_an_example_in_another_row_is_found_by_counting() -> None:
    other = Recommendation.objects.get(number="2.6")
    Example.objects.filter(recommendation__number="2.5", position=3).update(recommendation=other)
    assert complaint().splitlines() == [
        "- rows of the annex: 22 in the catalogue, 21 in the statement",
        "- examples of 2.5: 2 in the catalogue, 3 in the statement",
        "- examples of 2.6: 1 in the catalogue, 0 in the statement",
    ]


@pytest.mark.usefixtures("loaded")
def test_a_term_of_which_no_quotation_has_the_words_is_named() -> None:
    Classification.objects.filter(programme__slug="covisint", term__key="matchmaking").update(words="car makers meet")
    RecommendationTopic.objects.filter(recommendation__number="2.1", term__key="clusters").update(words="Clusters")
    assert complaint().splitlines() == [
        "- programme covisint has the term matchmaking by the words “car makers meet”, which it does not quote",
        "- recommendation 2.1 has the term clusters by the words “Clusters”, which it does not quote",
    ]


@pytest.mark.usefixtures("loaded")
def test_an_expression_that_is_both_a_synonym_and_a_label_is_named() -> None:
    Term.objects.filter(key="smes").update(other_labels="microenterprise\nSMEs")
    assert complaint().splitlines() == ["- term smes has the label “SMEs”, which is also in the group of synonyms SME"]


@pytest.mark.usefixtures("loaded")
def test_a_lost_term_is_found_by_counting() -> None:
    Classification.objects.get_by_natural_key("covisint", "e-business").delete()
    Term.objects.get(key="venture-capital").delete()
    assert complaint().splitlines() == [
        "- terms of the kind topic: 44 in the catalogue, 45 in the data it was loaded from",
        "- classifications of programmes in the annex: 300 in the catalogue, 301 in the data it was loaded from",
    ]


@pytest.mark.usefixtures("loaded")
def test_a_term_that_a_curator_chose_without_words_is_not_at_fault() -> None:
    Classification.objects.filter(programme__slug="covisint").update(words="")
    assert "The catalogue says what the statement says." in said("check_catalogue")


@pytest.mark.usefixtures("loaded")
def test_examples_from_other_documents_are_none_of_its_business() -> None:
    source = Source.objects.create(title="A report", url="https://example.org/report", date="2024-05-01")
    Example.objects.create(
        recommendation=Recommendation.objects.get(number="2.6"), position=1, text="Not in the annex.", source=source
    )
    assert "The catalogue says what the statement says." in said("check_catalogue")


@pytest.mark.usefixtures("loaded")
def test_a_lost_source_is_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "SOURCE", tmp_path / "gone.txt")
    assert complaint().startswith("- The source cannot be compared: ")


def test_an_empty_catalogue_is_not_the_statement() -> None:
    assert "- examples of the annex: 0 in the catalogue, 64 in the statement" in complaint()
