"""Charts as files: SVG with a style of its own, PNG, and CSV with the table behind the chart."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from gvc_catalogue.formats.csv import csv_response
from gvc_catalogue.formats.png import render_png
from gvc_catalogue.text.sanitise import strip_control_characters
from gvc_catalogue.web.querystring import absolute

from ..presentation.charts import Chart
from ..presentation.charts.catalogue import TIMELINE
from ..presentation.charts.drawing import MARGIN, SOURCE, image_drawing
from ..presentation.charts.style import file_style, style_hash

# The image may have its own style, loads nothing and runs nothing.
POLICY = "default-src 'none'; frame-ancestors 'none'; style-src {}"


def svg_context(chart: Chart) -> dict[str, Any]:
    """Return the context of the template of an SVG file."""
    drawing = image_drawing(chart)
    return {
        "chart": chart,
        "drawing": drawing,
        "source": SOURCE.format(chart.day),
        "style": mark_safe(file_style()),  # noqa: S308 (rules of our stylesheet)
        "margin": MARGIN,
        "width": drawing.width + 2 * MARGIN,
        "height": drawing.height + 2 * MARGIN,
    }


def svg_file(context: Mapping[str, Any]) -> str:
    """Return the SVG file. Names of records may have characters that XML forbids: U+FFFD stands in their place."""
    return strip_control_characters(render_to_string("charts/file.svg", dict(context)))


def chart_svg(chart: Chart, root: str) -> HttpResponse:
    """Return a chart as an SVG image, whose Content-Security-Policy allows its style by a hash."""
    response = HttpResponse(svg_file(svg_context(chart)), content_type="image/svg+xml; charset=utf-8")
    response["Content-Security-Policy"] = POLICY.format(style_hash())
    return response


def chart_png(chart: Chart, root: str) -> HttpResponse:
    """Return a chart as a PNG image in the light scheme."""
    context = svg_context(chart)
    return HttpResponse(render_png(svg_file(context), context["width"], context["height"]), content_type="image/png")


def chart_csv(chart: Chart, root: str) -> HttpResponseBase:
    """Return the table behind a chart as CSV; `list` is the address of the programmes that a row counts.

    `root` is the origin of the catalogue in that address.
    """
    if chart.name == TIMELINE:
        return csv_response(f"chart-{chart.name}", EVENT_COLUMNS, event_rows(chart, root))
    columns = ["key", "label", *(column.key for column in chart.columns), "programmes", "list"]
    return csv_response(f"chart-{chart.name}", columns, csv_rows(chart, root))


EVENT_COLUMNS = ["slug", "name", "countries", "status", "words", "year", "certainty", "url"]


def event_rows(chart: Chart, root: str) -> list[Mapping[str, Any]]:
    """Return the rows of the CSV file of a timeline: the programmes by year, then those without one."""
    return [vars(event) | {"url": absolute(root, event.url)} for event in chart.all_events]


def csv_rows(chart: Chart, root: str) -> list[Mapping[str, Any]]:
    """Return the rows of the CSV file by column."""
    return [
        {"key": row.key, "label": row.label, "programmes": row.count, "list": absolute(root, row.url)}
        | {column.key: part.count for column, part in zip(chart.columns, row.parts, strict=True)}
        for row in chart.rows
    ]


FORMS: dict[str, Callable[[Chart, str], HttpResponseBase]] = {"svg": chart_svg, "png": chart_png, "csv": chart_csv}
