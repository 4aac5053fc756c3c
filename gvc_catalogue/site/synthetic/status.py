"""Synthetic statuses and links in the proportions of the fixtures, with invented words and addresses."""

import json
from collections import defaultdict
from dataclasses import dataclass
from random import Random
from typing import Any

from gvc_catalogue.site.fixtures import FIXTURES
from programmes.models import Status

Row = tuple[object, ...]

# Numbers of words. The longest words of the vocabulary still fit into the columns.
NOTE, TITLE, SUCCESSOR = 12, 7, 4


@dataclass(frozen=True)
class LinkProfile:
    """A link of the fixtures without its words and address."""

    kind: str
    language: str
    evidence_date: str

    def row(self, random: Random, programme: int, url: str, words: list[str]) -> Row:
        """Return the row of the link of a programme, by its id."""
        title, note = phrase(random, words, TITLE), sentence(random, words, NOTE)
        return programme, self.kind, url, title, self.language, note, self.evidence_date


@dataclass(frozen=True)
class StatusProfile:
    """The status of a programme of the fixtures and its links, without words and addresses.

    `evidence` is the position of the evidence among `links`, None for no evidence.
    """

    status: str = Status.NOT_YET_CHECKED.value
    certainty: str = ""
    as_of: int | None = None
    until: int | None = None
    has_successor: bool = False
    evidence: int | None = None
    evidence_date: str = ""
    checked_on: str | None = None
    links: tuple[LinkProfile, ...] = ()

    def rows(self, random: Random, programme: int, words: list[str]) -> tuple[Row, list[Row]]:
        """Return the columns of the status and the rows of the links of a programme, by its id.

        `words` are those of its name. Notes and titles have no others, so that words stay as frequent as they are.
        Addresses are at .example, which is reserved: a link checker finds no host.
        """
        urls = [f"https://{words[0]}.example/{programme}/{number}" for number in range(1, len(self.links) + 1)]
        row = (
            self.status,
            sentence(random, words, NOTE) if self.checked_on else "",
            self.certainty,
            self.as_of,
            self.until,
            phrase(random, words, SUCCESSOR) if self.has_successor else "",
            "" if self.evidence is None else urls[self.evidence],
            self.evidence_date,
            self.checked_on,
        )
        return row, [link.row(random, programme, url, words) for link, url in zip(self.links, urls, strict=True)]


def phrase(random: Random, words: list[str], number: int) -> str:
    """Return a number of the words, any of them any number of times, as a title."""
    return " ".join(random.choices(words, k=number)).capitalize()


def sentence(random: Random, words: list[str], number: int) -> str:
    """Return a number of the words, any of them any number of times, as a sentence."""
    return f"{phrase(random, words, number)}."


def status_profiles() -> list[StatusProfile]:
    """Return the profile of each programme of the fixtures, in their order. No query."""
    links = defaultdict[str, list[dict[str, Any]]](list)
    for link in fixture("55_links"):
        links[link["programme"][0]].append(link)
    return [status_profile(programme, links[programme["slug"]]) for programme in fixture("50_programmes")]


def status_profile(programme: dict[str, Any], links: list[dict[str, Any]]) -> StatusProfile:
    """Return the profile of a programme, from its fields and those of its links."""
    evidence = [link["url"] for link in links].index(programme["evidence"]) if programme["evidence"] else None
    return StatusProfile(
        programme["status"],
        programme["certainty"],
        programme["as_of"],
        programme["until"],
        bool(programme["successor_name"]),
        evidence,
        programme["evidence_date"],
        programme["checked_on"],
        tuple(LinkProfile(link["kind"], link["language"], link["evidence_date"]) for link in links),
    )


def fixture(name: str) -> list[dict[str, Any]]:
    """Return the fields of each record of a fixture file."""
    return [row["fields"] for row in json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))]
