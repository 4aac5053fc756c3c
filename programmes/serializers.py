"""One shape for a programme and an example, wherever data leaves the catalogue."""

from typing import Any

from .models import Example, Programme

ANNEX = "Annex of the OECD Tokyo Action Statement, 1 June 2007"


def source_label(example: Example) -> str:
    """Return the document that an example quotes, in words."""
    return str(example.source) if example.source else ANNEX


def programme_record(programme: Programme) -> dict[str, Any]:
    """Return a programme with all that is known of it; no query after `with_details()`."""
    examples = sorted(programme.examples.all(), key=lambda e: (e.recommendation.position, e.position))
    recommendations = list(dict.fromkeys(e.recommendation for e in examples))
    countries = sorted(programme.countries.all(), key=lambda c: c.sort_name)
    provider = programme.provider
    return {
        "slug": programme.slug,
        "name": programme.name,
        "url": programme.get_absolute_url(),
        "countries": [{"code": c.code, "name": c.name, "region": c.region} for c in countries],
        "provider": {"name": provider.name, "kind": provider.kind},
        "partners": [{"name": p.name, "kind": p.kind} for p in programme.partners.all()],
        "recommendations": [
            {"number": r.number, "title": r.title, "category": r.category.code} for r in recommendations
        ],
        "examples": [
            {
                "recommendation": e.recommendation.number,
                "position": e.position,
                "text": e.text,
                "source": source_label(e),
                "placed_by_inference": e.placed_by_inference,
                "reason": e.reason,
            }
            for e in examples
        ],
    }


PROGRAMME_COLUMNS = [
    "slug",
    "name",
    "countries",
    "country_names",
    "provider",
    "provider_kind",
    "partners",
    "regions",
    "categories",
    "recommendations",
    "recommendation_titles",
    "examples",
    "url",
]


def programme_row(record: dict[str, Any], root: str = "") -> dict[str, Any]:
    """Return the same record as a row of PROGRAMME_COLUMNS; `root` goes before its address."""
    countries, recommendations = record["countries"], record["recommendations"]
    return {
        "slug": record["slug"],
        "name": record["name"],
        "countries": [c["code"] for c in countries],
        "country_names": [c["name"] for c in countries],
        "provider": record["provider"]["name"],
        "provider_kind": record["provider"]["kind"],
        "partners": [p["name"] for p in record["partners"]],
        "regions": list(dict.fromkeys(c["region"] for c in countries)),
        "categories": list(dict.fromkeys(r["category"] for r in recommendations)),
        "recommendations": [r["number"] for r in recommendations],
        "recommendation_titles": [r["title"] for r in recommendations],
        "examples": [e["text"] for e in record["examples"]],
        "url": f"{root}{record['url']}",
    }


EXAMPLE_COLUMNS = [
    "recommendation",
    "position",
    "text",
    "programmes",
    "programme_names",
    "countries",
    "country_names",
    "providers",
    "provider_kinds",
    "source",
    "placed_by_inference",
    "reason",
]


def example_record(example: Example) -> dict[str, Any]:
    """Return an example as a row of EXAMPLE_COLUMNS; no query after `with_details()`."""
    programmes = sorted(example.programmes.all(), key=lambda p: p.slug)
    countries = {c.code: c.name for p in programmes for c in p.countries.all()}
    providers = {p.provider.name: p.provider.kind for p in programmes}
    return {
        "recommendation": example.recommendation.number,
        "position": example.position,
        "text": example.text,
        "programmes": [p.slug for p in programmes],
        "programme_names": [p.name for p in programmes],
        "countries": list(countries),
        "country_names": list(countries.values()),
        "providers": list(providers),
        "provider_kinds": list(dict.fromkeys(providers.values())),
        "source": source_label(example),
        "placed_by_inference": example.placed_by_inference,
        "reason": example.reason,
    }
