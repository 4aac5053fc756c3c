"""What became of a programme, in the same words wherever it is named; nothing inferred is shown as stated."""

from programmes.models import Classification, Country, Programme
from tests.factories import make_example, make_programme

from .conftest import Page


def make_renamed(**fields: object) -> Programme:
    """A programme of Japan, which serves 2.6 and was probably renamed in 2018."""
    known = {"status": "renamed", "certainty": "inferred", "until": 2018}
    programme = make_programme("new", countries=[Country.objects.get(code="JP")], **known | fields)
    make_example("2.6", programme)
    return programme


def test_a_card_says_the_status_and_that_it_is_inferred(page: Page) -> None:
    make_renamed()
    status = page("/programmes/?recommendation=2.6").one("#new .status")
    assert status.text == "Status: Renamed in 2018 · inferred"
    assert "status-inferred" in status.classes


def test_a_stated_status_is_not_marked_as_inferred(page: Page) -> None:
    make_renamed(certainty="stated", status="running", until=None, as_of=2024)
    status = page("/search/?q=small+firms").one("#new .status")
    assert status.text == "Status: Running, as of 2024"
    assert status.classes == ["status", "status-running"]


def test_a_card_names_the_instruments(page: Page) -> None:
    card = page("/programmes/?q=inovcontacto").all(".result")[0]
    of_instruments = Classification.objects.filter(programme__slug=card["id"], term__scheme="instrument")
    assert [tag.text for tag in card.all(".tags .tag")] == [one.term.label for one in of_instruments]
    assert of_instruments


def test_a_comparison_says_the_status_under_each_name(page: Page) -> None:
    make_renamed()
    compared = page("/compare/?country=JP&country=MX").all(".compared")
    (cell,) = [cell for cell in compared if "/programmes/new/" in cell.links()]
    assert cell.one(".status").text == "Status: Renamed in 2018 · inferred"


def test_related_programmes_say_what_they_share_and_their_status(page: Page) -> None:
    make_renamed()
    other = make_programme("other")
    make_example("2.6", other)
    card = page("/programmes/other/").one(".cards .card")
    assert "Shares: 2.6" in card.text
    assert card.one(".status").text == "Status: Renamed in 2018 · inferred"


def test_related_programmes_share_terms_too(page: Page) -> None:
    card = page("/programmes/grants-for-cluster-infrastructure/").one(".cards .card")
    assert "Shares: 2.1 · " in card.text
    assert "Alike" not in card.text
