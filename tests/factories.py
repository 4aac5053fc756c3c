"""Records for tests: each function makes one with what it needs, unless told otherwise."""

from itertools import count
from typing import Any

from programmes.models import Country, Example, Organisation, Programme, Source, Term
from recommendations.models import Recommendation

numbers = count(1)


def make_country(code: str, **fields: Any) -> Country:
    """A country; its other names are told by its code, so that a test states only what it is about."""
    known = {"code3": f"{code}X", "name": f"Country {code}", "region": "europe"}
    return Country.objects.create(code=code, **known | fields)


def make_organisation(name: str = "", **fields: Any) -> Organisation:
    return Organisation.objects.create(name=name or f"Agency {next(numbers)}", **{"kind": "government"} | fields)


def make_programme(slug: str = "", *, countries: list[Country] | None = None, **fields: Any) -> Programme:
    """A programme of an agency of its own, in no country and without example."""
    slug = slug or f"programme-{next(numbers)}"
    provider = fields.pop("provider", None) or make_organisation()
    programme = Programme.objects.create(slug=slug, **{"name": f"Programme {slug}", "provider": provider} | fields)
    programme.countries.set(countries or [])
    return programme


def make_example(number: str, *programmes: Programme, **fields: Any) -> Example:
    """An example at the next free place in the row of a recommendation of the statement."""
    row = Recommendation.objects.get(number=number)
    position = fields.pop("position", row.examples.count() + 1)
    text = fields.pop("text", "It helps small firms.")
    example = Example.objects.create(recommendation=row, position=position, text=text, **fields)
    example.programmes.set(programmes)
    return example


def make_source(**fields: Any) -> Source:
    """A dated document at an address of its own."""
    number = next(numbers)
    known = {"title": f"Review {number}", "url": f"https://example.org/review-{number}", "date": "2010-01-01"}
    return Source.objects.create(**known | fields)


def make_term(key: str = "", **fields: Any) -> Term:
    """A topic of the vocabulary, unless told otherwise."""
    key = key or f"term-{next(numbers)}"
    return Term.objects.create(key=key, **{"scheme": "topic", "label": f"Term {key}"} | fields)


def make_many_programmes(number: int, country: str = "JP", row: str = "2.1") -> None:
    """So many programmes of one agency with an example each, written in bulk."""
    provider, row_of_all = make_organisation(), Recommendation.objects.get(number=row)
    place, first = Country.objects.get(code=country), row_of_all.examples.count() + 1
    programmes = Programme.objects.bulk_create(
        Programme(slug=f"many-{i}", name=f"One of many {i}", provider=provider) for i in range(number)
    )
    examples = Example.objects.bulk_create(
        Example(recommendation=row_of_all, position=first + i, text=f"Number {i} of many.") for i in range(number)
    )
    pairs = list(zip(examples, programmes, strict=True))
    Programme.countries.through.objects.bulk_create(
        Programme.countries.through(programme=programme, country=place) for programme in programmes
    )
    Example.programmes.through.objects.bulk_create(
        Example.programmes.through(example=example, programme=programme) for example, programme in pairs
    )
