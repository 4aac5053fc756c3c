"""Charts of a list query, drawn by the server as SVG: numbers of programmes, each with the address of their list."""

from .catalogue import CHARTS, NAMES, chart
from .data import Chart, ChartColumn, ChartPart, ChartRow, TimelineEvent
from .page import PageChart, page_chart

__all__ = [
    "CHARTS",
    "NAMES",
    "Chart",
    "ChartColumn",
    "ChartPart",
    "ChartRow",
    "PageChart",
    "TimelineEvent",
    "chart",
    "page_chart",
]
