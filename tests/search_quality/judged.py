"""The judged queries and the measures of search quality.

150 queries of seven kinds were written from the catalogue before the search was tuned, and judged twice independently:
3 exactly meant, 2 useful, 1 marginal. The grade is the mean of both.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import log2, nan
from pathlib import Path

from gvc_catalogue.search_index.analysis import analyse
from programmes.search.catalogue_snapshot import CatalogueSnapshot
from programmes.search.list_query import ListQuery
from programmes.search.search import find

HERE = Path(__file__).parent
PROGRAMMES = 67
USEFUL = 2


@dataclass(frozen=True)
class JudgedQuery:
    """A query, the corrections that it needs, and the mean grade of each programme that a judge found relevant."""

    id: str
    kind: str
    query: str
    corrections: tuple[str, ...]
    grades: dict[str, float]


@dataclass(frozen=True)
class Outcome:
    """The measures of one query: nDCG@10 and recall@20 (None where nothing is relevant), and its faults."""

    judged: JudgedQuery
    ndcg: float | None
    recall: float | None
    wrong: list[str]
    misleading: dict[str, str]


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def judged_queries() -> list[JudgedQuery]:
    grades: dict[str, dict[str, float]] = defaultdict(dict)
    for row in rows("judgements.tsv"):
        grades[row["id"]][row["programme"]] = (int(row["first"]) + int(row["second"])) / 2
    return [
        JudgedQuery(row["id"], row["kind"], row["query"], tuple(analyse(row["corrections"])), grades[row["id"]])
        for row in rows("queries.tsv")
    ]


def earlier_queries() -> list[JudgedQuery]:
    """Return the 30 queries of the first release, judged once."""
    found = json.loads((HERE / "earlier_queries.json").read_text())
    return [JudgedQuery(judged["q"], "earlier", judged["q"], (), judged["grades"]) for judged in found]


def outcome(judged: JudgedQuery, edition: CatalogueSnapshot) -> Outcome:
    """Return the measures over the results followed by the partial matches; wrong answers over the results alone."""
    found = find(ListQuery(q=judged.query), edition=edition)
    results = [programme["slug"] for programme in found.programmes]
    shown = results + [match.programme["slug"] for match in found.partial]
    corrected = found.answer.query.corrected
    return Outcome(
        judged,
        ndcg(shown, judged.grades) if judged.grades else None,
        recall(shown, judged.grades),
        results if judged.kind == "absent" and not judged.grades else [],
        {typed: read for typed, read in corrected.items() if not set(analyse(read)) <= set(judged.corrections)},
    )


def ndcg(shown: list[str], grades: dict[str, float], places: int = 10) -> float:
    """Return the normalised discounted cumulative gain of the first places: 1.0 is the best order."""
    best = gain(sorted(grades.values(), reverse=True)[:places])
    return gain([grades.get(slug, 0) for slug in shown[:places]]) / best


def mean(values: Iterable[float | None]) -> float:
    """Return the mean of the values that are not None; not a number where there is none."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else nan


def gain(grades: list[float]) -> float:
    return sum((2**grade - 1) / log2(place + 1) for place, grade in enumerate(grades, start=1))


def recall(shown: list[str], grades: dict[str, float], places: int = 20) -> float | None:
    """Return the share of the useful programmes, at most `places`, among the first places; None if there are none."""
    useful = {slug for slug, grade in grades.items() if grade >= USEFUL}
    return len(useful & set(shown[:places])) / min(len(useful), places) if useful else None


def kappa(pairs: list[tuple[int, int]], grades: int = 4) -> float:
    """Return Cohen's kappa with quadratic weights: the agreement of two judges beyond chance."""

    def weight(one: int, other: int) -> float:
        return 1 - ((one - other) / (grades - 1)) ** 2

    total = len(pairs)
    observed = sum(weight(*pair) for pair in pairs) / total
    shares = [[sum(pair[judge] == grade for pair in pairs) / total for grade in range(grades)] for judge in (0, 1)]
    expected = sum(shares[0][a] * shares[1][b] * weight(a, b) for a in range(grades) for b in range(grades))
    return (observed - expected) / (1 - expected)


def judged_pairs() -> list[tuple[int, int]]:
    """Return the grades of both judges for each query and programme, unlisted ones included."""
    listed = [(int(row["first"]), int(row["second"])) for row in rows("judgements.tsv")]
    return listed + [(0, 0)] * (len(rows("queries.tsv")) * PROGRAMMES - len(listed))
