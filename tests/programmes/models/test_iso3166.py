"""Countries bear the codes of ISO 3166-1, and curators can give them no others."""

import pycountry
import pytest
from django.test import Client
from django.urls import reverse

from programmes.models import Country
from programmes.models.iso3166 import ALPHA_3
from tests.admin_forms import errors

pytestmark = pytest.mark.django_db

COUNTRY = {"code": "NO", "code3": "NOR", "name": "Norway", "name_in_source": "", "other_names": "", "region": "europe"}


@pytest.mark.parametrize(
    ("typed", "complaints"),
    [
        ({}, []),
        ({"code": "JP", "code3": "JPN"}, [
            "There is a country with this code already.",
            "There is a country with this alpha-3 code already.",
        ]),
        ({"code": "XK"}, ["“XK” is no country code: ISO 3166-1 gives each country two capital letters, JP or MX."]),
        ({"code": "no"}, ["“no” is no country code: ISO 3166-1 gives each country two capital letters, JP or MX."]),
        ({"code3": "XKX"}, [
            "“XKX” is no alpha-3 code: ISO 3166-1 gives each country three capital letters, JPN or MEX.",
        ]),
        ({"code3": "DNK"}, ["The alpha-3 code of NO is NOR."]),
        ({"name": "Japan"}, ["There is a country with this name already."]),
    ],
)  # fmt: skip
def test_a_country_needs_codes_that_exist_and_are_free(
    admin_client: Client, typed: dict[str, str], complaints: list[str]
) -> None:
    response = admin_client.post(reverse("admin:programmes_country_add"), COUNTRY | typed)
    assert (errors(response) if complaints else []) == complaints
    assert Country.objects.filter(name="Norway").exists() is not bool(complaints)


def test_the_codes_are_those_of_iso_3166() -> None:
    assert {country.alpha_2: country.alpha_3 for country in pycountry.countries} == ALPHA_3
