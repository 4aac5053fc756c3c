"""Groups of statuses, as charts, the status bar of a list and the page about all outcomes divide programmes."""

from dataclasses import dataclass

from ..models import Status
from ..models.status import UNCERTAIN
from ..search.index_document import AS_OF, UNTIL


@dataclass(frozen=True)
class StatusGroup:
    """Statuses that share a tone: their CSS class, words, and the years of the headline.

    `past` are the words of the headline ("10 ended"), `years` the group of the index with the years of its programmes,
    `years_in_words` the words before their range.
    """

    key: str
    label: str
    tone: str
    statuses: tuple[str, ...]
    past: str
    meaning: str
    years: str
    years_in_words: str

    @property
    def words(self) -> str:
        """The label within a sentence: "renamed or merged"."""
        return self.label.lower()

    @property
    def certain(self) -> bool:
        """Whether the certainty of its statuses can be known: they say what became of a programme."""
        return not set(self.statuses) & set(UNCERTAIN)


# In the order of every page.
GROUPS = (
    StatusGroup(
        key="running",
        label="Running",
        tone="running",
        statuses=(Status.RUNNING,),
        past="still running when last seen",
        meaning="still at work in the year shown",
        years=AS_OF,
        years_in_words="last seen",
    ),
    StatusGroup(
        key="renamed-or-merged",
        label="Renamed or merged",
        tone="changed",
        statuses=(Status.RENAMED, Status.MERGED),
        past="renamed or merged",
        meaning="goes on under another name or inside another programme",
        years=UNTIL,
        years_in_words="in",
    ),
    StatusGroup(
        key="ended",
        label="Ended",
        tone="ended",
        statuses=(Status.ENDED,),
        past="ended",
        meaning="closed; a successor may have followed",
        years=UNTIL,
        years_in_words="in",
    ),
    StatusGroup(
        key="unknown",
        label="Fate unknown",
        tone="unknown",
        statuses=(Status.UNKNOWN,),
        past="of unknown fate",
        meaning="looked up; no source tells what became of it",
        years=AS_OF,
        years_in_words="last seen",
    ),
    StatusGroup(
        key="not-yet-checked",
        label="Not yet checked",
        tone="unchecked",
        statuses=(Status.NOT_YET_CHECKED,),
        past="not yet checked",
        meaning="a new programme that was not looked up yet",
        years=AS_OF,
        years_in_words="last seen",
    ),
)
# The statuses of programmes of which something is known.
KNOWN = tuple(status for group in GROUPS if group.certain for status in group.statuses)
