"""The index answers as reading all rows does, whatever the catalogue is and however it was changed.

Some seconds of it in each run; for longer:
    AGREEMENT_CASES=5000 .venv/bin/pytest -s tests/programmes/search/test_agreement.py
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gvc_catalogue.web.pagination import PAGE_SIZE
from programmes.models import Country, Example, Organisation, Programme, Term
from programmes.models.serializers import programme_record
from programmes.search.catalogue_snapshot import CatalogueSnapshot
from programmes.search.index_document import INDEX
from programmes.search.list_query import ListQuery
from programmes.search.search import counts_without, everything, find, newest
from recommendations.models import Recommendation
from tests import reference
from tests.factories import make_country, make_example, make_organisation, make_programme

pytestmark = pytest.mark.django_db

CASES = int(os.environ.get("AGREEMENT_CASES", "25"))
COUNTRIES = {"XA": "africa", "XB": "europe", "XC": "europe", "XD": "asia"}
ROWS = ["i", "1.1", "1.2", "2.1", "iii.1"]
KINDS = ["government", "company", "business-body"]
# Names that differ by case, accent, or in nothing.
NAMES = ["alpha", "Alpha", "álpha", "beta", "Zeta", "zeta 2", "Æon", "", "日本", "alpha beta"]
SORTS = ["name", "country", "recommendation"]
# The first is broader than the two that follow.
TERMS = ["financial-support", "grant", "loan", "training", "smes", "standards"]


def some(values: list[str], most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple)


SELECTIONS = st.builds(
    ListQuery,
    country=some(list(COUNTRIES)),
    region=some(["africa", "europe", "oceania"], most=1),
    category=some(["i", "1", "2", "iii"]),
    recommendation=some(ROWS),
    provider=some(KINDS),
    instrument=some(TERMS[:4]),
    topic=some(TERMS[5:]),
    beneficiary=some(TERMS[4:5]),
    sort=st.sampled_from(SORTS),
)
PROGRAMMES = st.tuples(
    st.sampled_from(NAMES), some(list(COUNTRIES), 3), some(ROWS, 3), st.sampled_from(KINDS), some(TERMS, 3)
)
CATALOGUES = st.lists(PROGRAMMES, max_size=30)


def one(draw: int) -> Programme:
    """Any of the programmes there are."""
    programmes = list(Programme.objects.order_by("pk"))
    return programmes[draw % len(programmes)]


def country(draw: int) -> Country:
    return Country.objects.get(code=list(COUNTRIES)[draw % len(COUNTRIES)])


def row(draw: int) -> Recommendation:
    return Recommendation.objects.get(number=ROWS[draw % len(ROWS)])


def save(a: int, b: int) -> None:
    programme = one(a)
    programme.name, programme.slug = NAMES[b % len(NAMES)], f"renamed-{a}-{b}-{programme.pk}"
    programme.save()


def create(a: int, b: int) -> None:
    programme = make_programme(name=NAMES[a % len(NAMES)], countries=[country(b)])
    make_example(row(a).number, programme)


def create_in_bulk(a: int, b: int) -> None:
    agency = make_organisation(kind=KINDS[b % len(KINDS)])
    first = Programme.objects.count()
    names = [NAMES[(a + n) % len(NAMES)] for n in range(3)]
    Programme.objects.bulk_create(
        Programme(slug=f"bulk-{agency.pk}-{first + n}", name=name, sort_name=name.lower(), provider=agency)
        for n, name in enumerate(names)
    )


def write_sql(a: int, b: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE programmes_programme SET slug = %s WHERE id = %s", [f"sql-{b}-{one(a).pk}", one(a).pk])


def move_example(a: int, b: int) -> None:
    example = one(a).examples.first()
    if example:
        example.recommendation, example.position = row(b), row(b).examples.count() + 100 + a
        example.save()


def term(draw: int) -> Term:
    return Term.objects.get(key=TERMS[draw % len(TERMS)])


def classify(a: int, b: int) -> None:
    one(a).classifications.get_or_create(term=term(b), defaults={"words": "words"})


def move_term(a: int, b: int) -> None:
    """Put an instrument below another one, or below none."""
    broader = Term.objects.get(key=TERMS[b % 4])
    moved = Term.objects.get(key=TERMS[1 + a % 3])
    allowed = broader.pk not in Term.objects.or_narrower([moved.pk])
    Term.objects.filter(pk=moved.pk).update(broader=broader if allowed else None)


def delete_examples(a: int, b: int) -> None:
    Example.objects.filter(programmes=one(a)).delete()


def toggle_example(a: int, b: int) -> None:
    example = Example.objects.order_by("pk")[b % max(1, Example.objects.count())] if Example.objects.exists() else None
    if example:
        example.programmes.add(one(a))


# Every way in which the catalogue is written. Each takes two numbers that choose what it is done to.
EDITS: dict[str, Callable[[int, int], Any]] = {
    "save": save,
    "create": create,
    "bulk_create": create_in_bulk,
    "sql": write_sql,
    "delete": lambda a, b: one(a).delete(),
    "update": lambda a, b: Programme.objects.filter(pk__gte=one(a).pk).update(sort_name=NAMES[b % len(NAMES)]),
    "set countries": lambda a, b: one(a).countries.set([country(b), country(b + 1)]),
    "clear countries": lambda a, b: one(a).countries.clear(),
    "add country": lambda a, b: one(a).countries.add(country(b)),
    "remove country": lambda a, b: one(a).countries.remove(country(b)),
    "rename country": lambda a, b: Country.objects.filter(pk=country(a).pk).update(sort_name=NAMES[b % len(NAMES)]),
    "move country": lambda a, b: Country.objects.filter(pk=country(a).pk).update(region=COUNTRIES[country(b).code]),
    "provider's kind": lambda a, b: Organisation.objects.filter(pk=one(a).provider_id).update(kind=KINDS[b % 3]),
    "move example": move_example,
    "share example": toggle_example,
    "delete examples": delete_examples,
    "classify": classify,
    "declassify": lambda a, b: one(a).classifications.all().delete(),
    "rename term": lambda a, b: Term.objects.filter(pk=term(a).pk).update(label=f"Renamed {b}"),
    "move term": move_term,
}
STEPS = st.lists(
    st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 40), st.integers(0, 40), SELECTIONS),
    min_size=1,
    max_size=6,
)


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is not there afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def make(catalogue: list[tuple[Any, ...]]) -> None:
    """Nothing but these programmes, and one that edits can always be made to."""
    Example.objects.all().delete()
    Programme.objects.all().delete()
    places = {code: make_country(code, region=region) for code, region in COUNTRIES.items()}
    agencies = {kind: make_organisation(f"Agency {kind}", kind=kind) for kind in KINDS}
    for name, codes, rows, kind, keys in [*catalogue, ("last", ("XA",), ("1.1",), "company", ("grant",))]:
        programme = make_programme(name=name, provider=agencies[kind], countries=[places[code] for code in codes])
        for number in rows:
            make_example(number, programme)
        for key in keys:
            programme.classifications.create(term=Term.objects.get(key=key), words="words")


def compare(selection: ListQuery) -> None:
    """Hold all answers of the index against the same in plain Python over the rows of the database."""
    ours, records, edition = find(selection), reference.records(), CatalogueSnapshot.now()
    matching = reference.matching(records, selection)
    rows = {programme.slug: programme for programme in Programme.objects.with_details()}
    slugs = reference.in_order(matching, selection.order)
    assert ours.page.total == len(matching)
    assert ours.counts == reference.counts(records, selection)
    assert list(everything(selection)) == [programme_record(rows[slug]) for slug in slugs]
    assert ours.programmes == [programme_record(rows[slug]) for slug in slugs[:PAGE_SIZE]]
    _, last_first = newest(selection, "", 1_000, edition)
    assert [programme["slug"] for programme in last_first] == sorted(slugs, key=lambda slug: -rows[slug].pk)
    without = {name: len(reference.matching(records, selection.without(name))) for name in selection.active}
    assert counts_without(selection, edition) == without


@given(CATALOGUES, SELECTIONS, STEPS)
@settings(max_examples=CASES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_after_any_change_the_index_answers_as_the_database_does(
    catalogue: list[tuple[Any, ...]], selection: ListQuery, steps: list[tuple[str, int, int, ListQuery]]
) -> None:
    with undone():
        make(catalogue)
        compare(selection)
        for name, a, b, asked in steps:
            if Programme.objects.exists():
                EDITS[name](a, b)
            compare(asked)
            compare(selection)


@given(CATALOGUES, STEPS)
@settings(max_examples=max(5, CASES // 6), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_so_it_does_when_many_changes_come_at_once(
    catalogue: list[tuple[Any, ...]], steps: list[tuple[str, int, int, ListQuery]]
) -> None:
    with undone():
        make(catalogue)
        INDEX.rebuild()
        for name, a, b, _ in steps:
            if Programme.objects.exists():
                EDITS[name](a, b)
        for _, _, _, asked in steps:
            compare(asked)
