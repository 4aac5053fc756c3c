"""Serialisation of recommendations and categories, shared by all exports and the API."""

from collections.abc import Iterable
from typing import Any, TypedDict

from django.urls import reverse

from .models import Category, Recommendation

RECOMMENDATION_COLUMNS = [
    "number",
    "category",
    "category_title",
    "title",
    "text",
    "annex_text",
    "programmes",
    "gap",
    "place",
    "place_url",
    "url",
]


class WholeRecommendationRecord(TypedDict):
    """A recommendation in the wordings of the body and of the annex; its title is the catalogue's own.

    `programmes` is the number of programmes that serve it. `gap` is whether there are none, and null where the annex
    does not cover it. `place` and `place_url` locate its words in the statement.
    """

    number: str
    category: str
    category_title: str
    title: str
    text: str
    annex_text: str
    programmes: int
    gap: bool | None
    place: str
    place_url: str
    url: str


class RowExampleRecord(TypedDict):
    """An example in the row of its recommendation, the place of its words, and the slugs of its programmes."""

    position: int
    text: str
    programmes: list[str]
    place: str
    url: str
    placed_by_inference: bool
    reason: str


class RecommendationRowRecord(WholeRecommendationRecord):
    """A recommendation with its examples, in the order of the row; at most the first thousand.

    `number_of_examples` is the number of all.
    """

    number_of_examples: int
    examples: list[RowExampleRecord]


class CategoryRecord(TypedDict):
    """A category of the statement; its titles are quotations, `short_title` is the catalogue's own.

    `recommendations` and `programmes` are their numbers in the category.
    """

    code: str
    part: str
    title: str
    annex_title: str
    short_title: str
    recommendations: int
    programmes: int
    url: str


def category_record(category: Category) -> CategoryRecord:
    """Return the record of a category. No query after `with_counts()`."""
    return {
        "code": category.code,
        "part": category.part,
        "title": category.title,
        "annex_title": category.annex_title,
        "short_title": category.short_title,
        "recommendations": category.number_of_recommendations,
        "programmes": category.number_of_programmes,
        "url": category.get_absolute_url(),
    }


def recommendation_record(recommendation: Recommendation) -> WholeRecommendationRecord:
    """Return a recommendation as a row of RECOMMENDATION_COLUMNS. No query after `with_number_of_programmes()`."""
    programmes = recommendation.number_of_programmes
    return {
        "number": recommendation.number,
        "category": recommendation.category.code,
        "category_title": recommendation.category.title,
        "title": recommendation.title,
        "text": recommendation.text,
        "annex_text": recommendation.annex_text,
        "programmes": programmes,
        "gap": programmes == 0 if recommendation.in_part_ii else None,
        "place": recommendation.category.name_in_statement,
        "place_url": f"{reverse('statement')}#r-{recommendation.number}",
        "url": recommendation.get_absolute_url(),
    }


def recommendation_row(recommendation: Recommendation, root: str) -> dict[str, Any]:
    """Return the same record with absolute URLs: `root` is their scheme and host."""
    record = recommendation_record(recommendation)
    return {**record, "place_url": f"{root}{record['place_url']}", "url": f"{root}{record['url']}"}


def with_examples(recommendation: Recommendation, examples: Iterable[Any]) -> RecommendationRowRecord:
    """Return the record with these examples, whose programmes must be prefetched. One query, for their number."""
    records: list[RowExampleRecord] = [
        {
            "position": example.position,
            "text": example.text,
            "programmes": [programme.slug for programme in example.programmes.all()],
            "place": example.place,
            "url": example.url,
            "placed_by_inference": example.placed_by_inference,
            "reason": example.reason,
        }
        for example in examples
    ]
    number = recommendation.examples.count()
    return {**recommendation_record(recommendation), "number_of_examples": number, "examples": records}
