"""Organisations are found by their short forms and initials."""

import pytest

from programmes.models import Organisation
from programmes.search.list_query import ListQuery
from programmes.search.organisation_names import organisation_names
from programmes.search.search import everything
from tests.factories import make_organisation, make_programme


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("Penang Skills Development Centre", ["PSDC"]),
        ("National Research Council", ["NRC"]),
        ("Department of Trade and Industry", ["DTI"]),
        ("Department Of Trade And Industry", ["DTI"]),
        ("Canadian Intellectual Property Office", ["CIPO"]),
        ("Business and Industry Advisory Committee (BIAC) to the OECD", ["BIAC"]),
        ("Australian Patents Office (IP Australia)", ["IP Australia", "APO"]),
        ("Asia-Pacific Economic Cooperation", ["APEC"]),
        ("École Nationale d’Administration Publique", ["ÉNAP"]),
    ],
)
def test_an_organisation_is_called_by_its_short_form_and_its_initials(name: str, others: list[str]) -> None:
    assert organisation_names(name) == (name, *others)


@pytest.mark.parametrize(
    "name",
    [
        "Government of Brunei Darussalam",
        "Government of the United Kingdom of Great Britain",
        "Tata Motors",
        "OECD",
        "Centre for advice to small firms",
        "",
        "Fund ( )",
    ],
)
def test_governments_and_names_of_one_or_two_capitalised_words_have_no_initials(name: str) -> None:
    assert organisation_names(name) == tuple(filter(None, [name]))


@pytest.mark.django_db
def test_the_programmes_of_an_organisation_are_found_by_its_initials() -> None:
    def found(q: str) -> list[str]:
        return [programme["slug"] for programme in everything(ListQuery(q=q))]

    for initials in ("PSDC", "nrc", "DTI", "CIPO"):
        names = {
            n for n in Organisation.objects.values_list("name", flat=True) if initials.upper() in organisation_names(n)
        }
        assert found(initials)
        assert {p["provider"]["name"] for p in everything(ListQuery(q=initials))} <= names
    make_programme("quark", provider=make_organisation("Quark Zymurgy Xylophone Board"))
    assert found("QZXB") == ["quark"]
