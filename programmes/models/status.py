"""Status of a programme since it was described: its keys, how certain it is, and the validation of its details."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils import timezone

from gvc_catalogue.database.fields import AliasedChoiceField
from gvc_catalogue.web.safe_url import safe_url

# An earlier year is a typing error.
FIRST_YEAR = 1945


class Status(models.TextChoices):
    """Status of a programme since it was described, in the order of pages."""

    RUNNING = "running", "Running"
    RENAMED = "renamed", "Renamed"
    MERGED = "merged", "Merged"
    ENDED = "ended", "Ended"
    UNKNOWN = "unknown", "Fate unknown"
    NOT_YET_CHECKED = "not-yet-checked", "Not yet checked"


# Former keys of a status. Each place that reads a status reads them: see AliasedChoiceField.
STATUS_ALIASES: dict[str, str] = {"not-found": Status.UNKNOWN.value}
# The statuses that say nothing, so that nothing can be certain about them.
UNCERTAIN = (Status.UNKNOWN, Status.NOT_YET_CHECKED)


class Certainty(models.TextChoices):
    """Certainty of a status: a source says so of this programme, or it is read from dates or contents."""

    STATED = "stated", "Stated"
    INFERRED = "inferred", "Inferred"


# The fields that say more about a status, and belong to it: another status has others.
STATUS_DETAILS = ("status_note", "certainty", "as_of", "until", "successor_name", "evidence", "evidence_date")
NO_DETAILS = dict.fromkeys(STATUS_DETAILS, "") | {"as_of": None, "until": None}

PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
is_web_address = URLValidator(schemes=["http", "https"], message="A link begins with https:// or http://.")


def is_plausible_year(year: int) -> None:
    """Validate a year: 1945 to next year. Raises ValidationError."""
    last = timezone.localdate().year + 1
    if not FIRST_YEAR <= year <= last:
        raise ValidationError(f"{year} is no year of a programme: write one from {FIRST_YEAR} to {last}.")


def is_partial_date(text: str) -> None:
    """Validate a date of which the day, or month and day, may be missing: 2016-11-30, 2016-11, 2016.

    Raises ValidationError.
    """
    found = PARTIAL_DATE.fullmatch(text)
    try:
        year, month, day = (int(part or 1) for part in found.groups()) if found else (0, 0, 0)
        date(year, month, day)
    except ValueError:
        raise ValidationError(f"“{text}” is no date: write 2016, 2016-11 or 2016-11-30.", code="no_date") from None
    is_plausible_year(year)


def is_safe_address(url: str) -> None:
    """Validate a web address that pages may link to. Raises ValidationError."""
    is_web_address(url)
    if not safe_url(url):
        raise ValidationError("This address has a character that no page links to: write it with % and its code.")


def with_status(content: dict[str, Any], status: str) -> dict[str, Any]:
    """Return a programme's content with a status. Another one has no details: the former ones do not justify it."""
    return content if content["status"] == status else content | {"status": status, **NO_DETAILS}


def status_contradictions(status: str, certainty: str) -> Iterator[tuple[str, str]]:
    """Yield (field, sentence) for each detail that the status does not allow. No query."""
    if certainty and status in UNCERTAIN:
        yield "certainty", f"“{Status(status).label}” says nothing that could be certain: leave it empty."


def evidence_contradictions(evidence: str, urls: Any) -> Iterator[tuple[str, str]]:
    """Yield (field, sentence) if the evidence is none of the programme's links, given by their addresses. No query."""
    if evidence and evidence not in urls:
        yield "evidence", "The evidence is none of its links: add the address to the links first."


class StatusFields(models.Model):
    """Abstract model with the status of a programme or draft, and its details."""

    status = AliasedChoiceField(
        max_length=20,
        choices=Status,
        aliases=STATUS_ALIASES,
        default=Status.NOT_YET_CHECKED,
        db_default=Status.NOT_YET_CHECKED,
        help_text="What became of it since it was described.",
    )
    status_note = models.CharField(
        max_length=300, blank=True, default="", db_default="", help_text="What became of it, in one sentence."
    )
    certainty = models.CharField(
        max_length=8,
        choices=Certainty,
        blank=True,
        default="",
        db_default="",
        help_text="Stated: a source says so of this programme. Inferred: it is read from dates or contents.",
    )
    as_of = models.PositiveSmallIntegerField(
        "as of",
        null=True,
        blank=True,
        validators=[is_plausible_year],
        help_text="The last year of which a source shows that status; of an unknown fate, when it was last seen.",
    )
    until = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[is_plausible_year],
        help_text="The year in which it ended, was renamed or merged, where a source gives one.",
    )
    successor = models.ForeignKey(
        "programmes.Programme",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="%(class)s_predecessors",
        help_text="What it is called now, or was merged into, where the catalogue has it.",
    )
    successor_name = models.CharField(
        "name of the successor",
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text="What it is called now, or was merged into, as a source names it.",
    )
    evidence = models.URLField(
        max_length=500,
        blank=True,
        default="",
        db_default="",
        validators=[is_safe_address],
        help_text="The address that shows it best: one of its links.",
    )
    evidence_date = models.CharField(
        "date of the evidence",
        max_length=10,
        blank=True,
        default="",
        db_default="",
        validators=[is_partial_date],
        help_text="When the evidence was written: 2016-11-30, 2016-11 or 2016.",
    )

    class Meta:
        abstract = True
