"""The column that keeps another one folded."""

import pytest

from programmes.models import Country
from tests.factories import make_country

pytestmark = pytest.mark.django_db


def test_the_folded_name_follows_every_way_of_saving() -> None:
    country = make_country("AX", name="Åland")
    assert Country.objects.get(code="AX").sort_name == "aland"
    country.name = "Ålands"
    country.save()
    assert Country.objects.get(code="AX").sort_name == "alands"
    Country.objects.bulk_create([Country(code="QA", code3="QAX", name="Çatar", region="asia")])
    assert Country.objects.get(code="QA").sort_name == "catar"


def test_the_fixtures_are_folded_too() -> None:
    assert Country.objects.get(code="TR").sort_name == "turkiye"
