"""Charts of a list query, drawn by the server as SVG: numbers of programmes, each with the address of their list."""

from .catalogue import CHARTS, chart
from .data import Chart, ChartColumn, ChartPart, ChartRow
from .page import PageChart, page_chart

__all__ = ["CHARTS", "Chart", "ChartColumn", "ChartPart", "ChartRow", "PageChart", "chart", "page_chart"]
