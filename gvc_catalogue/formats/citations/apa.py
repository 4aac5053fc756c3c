"""Citations in APA style, 7th edition, as plain text."""

from collections.abc import Sequence
from datetime import date

from .reference import Kind, Reference

# Of more authors than this, APA names the first nineteen and the last.
MOST_AUTHORS = 20


def apa(reference: Reference) -> str:
    """Return the APA entry for a list of references, in plain text, without italics.

    The author of a web page or of data is an institution; a document without author begins with its title. A publisher
    that is also an author is named once. The retrieval date is included where it is known, as for pages that change.
    """
    author, title, when = _and(reference.authors), _title(reference), f"({_published(reference)})"
    publisher = "" if reference.publisher in reference.authors else reference.publisher
    parts = [author, when, title, publisher] if author else [title, when, publisher]
    read = f"Retrieved {_month_first(reference.accessed)}, from " if reference.accessed else ""
    return " ".join([*(_sentence(part) for part in parts if part), f"{read}{reference.url}"])


def _title(reference: Reference) -> str:
    version = f" (Version {reference.version})" if reference.version is not None else ""
    return f"{reference.title}{version}{' [Data set]' if reference.kind is Kind.LIST else ''}"


def _published(reference: Reference) -> str:
    """Return the date for the brackets: of a data set the year only, as APA requires; "n.d." where there is none."""
    day = reference.published
    if day is None:
        return "n.d."
    return str(day.year) if reference.kind is Kind.LIST else f"{day.year}, {day:%B} {day.day}"


def _month_first(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _and(authors: Sequence[str]) -> str:
    """Return the authors joined: "A", "A & B", "A, B, & C"; of more than MOST_AUTHORS the first ones and the last."""
    if len(authors) > MOST_AUTHORS:
        return f"{', '.join(authors[: MOST_AUTHORS - 1])}, . . . {authors[-1]}"
    if len(authors) == 2:
        return " & ".join(authors)
    return ", ".join([*authors[:-1], f"& {authors[-1]}"] if len(authors) > 2 else authors)


def _sentence(text: str) -> str:
    """Return the text with a full stop, unless it ends with one, or with a question or exclamation mark."""
    return text if text.endswith((".", "?", "!")) else f"{text}."
