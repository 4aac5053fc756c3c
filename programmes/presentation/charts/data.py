"""A chart as plain data, without sizes: its title, rows with numbers, and the address of the list behind each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ChartPart:
    """A part of a bar, or a dot: the number of programmes and the address of their list.

    `label` is what it counts, `kind` the CSS class of its tone. It is `hatched` if it is inferred, `hollow` if nothing
    says how certain it is.
    """

    label: str
    count: int
    url: str
    kind: str = "data"
    hatched: bool = False
    hollow: bool = False


@dataclass(frozen=True)
class ChartRow:
    """A row of a chart: a number of programmes under a label, and the address of their list.

    `key` is the value of the facet ("" for the others together), `kind` the CSS class of the bar. `parts` divide the
    bar; they are in the order of the chart's columns. `level` is 1 for a narrower term, whose bar is outlined.
    """

    key: str
    label: str
    count: int
    url: str
    kind: str = "data"
    parts: tuple[ChartPart, ...] = ()
    level: int = 0


@dataclass(frozen=True)
class ChartColumn:
    """A column of the table behind a chart: its heading, and the look of its parts as in ChartPart.

    `key` names the column in the CSV file.
    """

    key: str
    label: str
    kind: str = "data"
    hatched: bool = False
    hollow: bool = False


@dataclass(frozen=True)
class TimelineEvent:
    """What became of a programme, in words (`words`), and the year in which it ended, was renamed or merged, or None.

    `url` is its page, `countries` are codes. `certainty` is that of the status, "" if it is not recorded.
    """

    slug: str
    name: str
    url: str
    countries: tuple[str, ...]
    status: str
    year: int | None
    words: str
    certainty: str
    inferred: bool


@dataclass(frozen=True)
class Chart:
    """A chart of the programmes of a list query.

    `name` is its name in the address `/charts/<name>.svg`. `title` is what is counted with the filters in words, `note`
    of how many and what to beware of, `noun` the heading of the labels, `columns` those of the parts. `total` is the
    number of all its programmes, `query` the query string of the list ("" for none), `day` the date of the catalogue in
    words. A timeline has no rows but `events` by year, and `undated` ones; `total` is then the number of both in all.
    """

    name: str
    title: str
    note: str
    noun: str
    total: int
    total_url: str
    query: str
    day: str
    rows: tuple[ChartRow, ...] = ()
    columns: tuple[ChartColumn, ...] = ()
    events: tuple[TimelineEvent, ...] = ()
    undated: tuple[TimelineEvent, ...] = ()

    @property
    def all_events(self) -> tuple[TimelineEvent, ...]:
        """The events by year, then those without one."""
        return (*self.events, *self.undated)
