"""Search quality over the judged queries: every change of the search shows its effect here."""

import pytest
from pytest_django import DjangoDbBlocker

from programmes.search.catalogue_snapshot import CatalogueSnapshot
from tests.search_quality.judged import (
    Outcome,
    earlier_queries,
    judged_pairs,
    judged_queries,
    kappa,
    mean,
    ndcg,
    outcome,
)

pytestmark = [pytest.mark.django_db, pytest.mark.only("sqlite")]

KINDS = {"own": 30, "other": 30, "form": 25, "name": 20, "question": 20, "absent": 15, "trap": 10}
LEAST_NDCG = 0.90
# The figure of the first release.
LEAST_EARLIER_NDCG = 0.70


@pytest.fixture(scope="module")
def outcomes(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> list[Outcome]:
    with django_db_blocker.unblock():
        edition = CatalogueSnapshot.now()
    return [outcome(judged, edition) for judged in judged_queries()]


def report(outcomes: list[Outcome]) -> str:
    """Return the measures of each kind, then of all, and the queries with faults or a low nDCG."""
    rows = [(kind, [o for o in outcomes if o.judged.kind == kind]) for kind in KINDS]
    lines = [f"kappa {kappa(judged_pairs()):.2f}"]
    for kind, some in [*rows, ("all", outcomes)]:
        figures = f"nDCG@10 {mean(o.ndcg for o in some):.3f}  recall@20 {mean(o.recall for o in some):.3f}"
        faults = f"wrong {sum(bool(o.wrong) for o in some)}  misleading {sum(len(o.misleading) for o in some)}"
        lines.append(f"{kind:10}{figures}  {faults}")
    low = sorted((o for o in outcomes if o.ndcg is not None and o.ndcg < LEAST_NDCG), key=lambda o: o.ndcg or 0)
    return "\n".join([*lines, *(f"{o.ndcg:.2f}  {o.judged.id}  {o.judged.query}" for o in low)])


def test_the_measure_knows_the_best_order_and_the_worst() -> None:
    assert ndcg(["a", "b"], {"a": 3, "b": 1}) == 1.0
    assert 0 < ndcg(["b", "a"], {"a": 3, "b": 1}) < 1
    assert ndcg(["c"], {"a": 3}) == 0.0
    assert kappa([(0, 0), (3, 3)]) == 1.0
    assert kappa([(0, 3), (3, 0)]) == -1.0


def test_the_queries_are_of_seven_kinds_and_two_judges_agree() -> None:
    kinds = [judged.kind for judged in judged_queries()]
    assert {kind: kinds.count(kind) for kind in KINDS} == KINDS
    assert kappa(judged_pairs()) > 0.8


def test_the_best_programmes_stand_first(outcomes: list[Outcome]) -> None:
    print(report(outcomes))  # noqa: T201 (pytest shows it with -s, and when a test fails)
    assert mean(o.ndcg for o in outcomes) >= LEAST_NDCG


def test_the_queries_of_the_first_release_rank_no_worse() -> None:
    edition = CatalogueSnapshot.now()
    outcomes = [outcome(judged, edition) for judged in earlier_queries()]
    print(report(outcomes))  # noqa: T201
    assert len(outcomes) == 30
    assert mean(o.ndcg for o in outcomes) >= LEAST_EARLIER_NDCG


def test_no_result_claims_an_absent_subject(outcomes: list[Outcome]) -> None:
    assert {o.judged.query: o.wrong for o in outcomes if o.wrong} == {}


def test_no_correction_misleads(outcomes: list[Outcome]) -> None:
    assert {o.judged.query: o.misleading for o in outcomes if o.misleading} == {}
