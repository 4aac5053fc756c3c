"""Long texts as a query: a reader pastes a quotation from a document into the search."""

import pytest

from programmes.models import Example
from programmes.search.list_query import ListQuery
from programmes.search.search import find

pytestmark = pytest.mark.django_db


def test_a_pasted_quotation_finds_itself_first() -> None:
    for example in Example.objects.prefetch_related("programmes"):
        found = find(ListQuery(q=example.text))
        first = found.programmes[0]
        assert first["slug"] in {programme.slug for programme in example.programmes.all()}, example.text


def test_a_pasted_quotation_finds_itself_with_its_quotation_marks() -> None:
    example = Example.objects.get(recommendation__number="2.1", position=1)
    for opening, closing in ('""', "“”", "„“"):
        found = find(ListQuery(q=f"{opening}{example.text}{closing}"))
        assert found.page.total == example.programmes.count(), (opening, closing)
