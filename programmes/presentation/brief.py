"""Brief of selected programmes: grouped by the recommendations they serve, with quotations, sources and citation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gvc_catalogue.formats.citations import Kind, Reference
from gvc_catalogue.formats.citations.site import own_reference
from gvc_catalogue.web.filters import printable
from recommendations.models import Recommendation

from ..models import FormerSlug
from ..schema.records import ANNEX, ExampleRecord, ProgrammeRecord, statement_address
from ..schema.ticked_programmes import MOST, SLUG, brief_address
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.lookup import get_programmes
from ..search.result_cards import Quotation, quotation
from .status_and_links import StatusAndLinks, status_and_links

# Unknown programmes that the error message lists; of further ones it gives the number.
NAMED = 10


@dataclass(frozen=True)
class Chosen:
    """Programmes of a brief in the order ticked; `unknown` are invalid values, `left_out` those over the limit."""

    programmes: list[ProgrammeRecord]
    unknown: list[str]
    left_out: int = 0

    @property
    def slugs(self) -> list[str]:
        """Return the current slugs."""
        return [programme["slug"] for programme in self.programmes]

    @property
    def sentences(self) -> list[str]:
        """Return error messages about the selection: unknown programmes, and those over the limit."""
        found = [f"There is no programme “{slug}” in the catalogue." for slug in self.unknown[:NAMED]]
        if len(self.unknown) > NAMED:
            found.append(f"Of those asked {len(self.unknown) - NAMED} more do not exist.")
        if self.left_out:
            found.append(f"A brief holds at most {MOST} programmes: of those asked {self.left_out} are left out.")
        return found


@dataclass(frozen=True)
class BriefEntry:
    """A programme in one section, with its quotations there.

    `life` is its status and links, at its first occurrence in the brief; else None.
    """

    programme: ProgrammeRecord
    passages: list[Quotation]
    life: StatusAndLinks | None


@dataclass(frozen=True)
class BriefSection:
    """A recommendation with the programmes that serve it; None for the programmes without an example."""

    recommendation: Recommendation | None
    entries: list[BriefEntry]


@dataclass(frozen=True)
class BriefSource:
    """A quoted document: its title and URL."""

    title: str
    url: str


def chosen(asked: Sequence[str], edition: CatalogueSnapshot) -> Chosen:
    """Return the selected programmes in the order of `asked`; former slugs are resolved.

    One query where a slug is not a current one, else none.
    """
    slugs = [slug for slug in asked if SLUG.fullmatch(slug)]
    found = get_programmes(slugs, edition)
    if missing := [slug for slug in slugs if slug not in found]:
        renamed = dict(FormerSlug.objects.filter(slug__in=missing).values_list("slug", "programme__slug"))
        today = get_programmes(renamed.values(), edition)
        found |= {former: today[slug] for former, slug in renamed.items() if slug in today}
    programmes = {found[slug]["slug"]: found[slug] for slug in asked if slug in found}
    unknown = [printable(value)[:120] for value in asked if value not in found]
    return Chosen(list(programmes.values())[:MOST], unknown, max(0, len(programmes) - MOST))


def sections(programmes: Iterable[ProgrammeRecord], edition: CatalogueSnapshot) -> list[BriefSection]:
    """Return the recommendations that are served, in the order of the statement, each with its programmes as ticked.

    The programmes without an example come last.
    """
    programmes = list(programmes)
    told = status_and_links(programmes, edition)
    found = [
        BriefSection(recommendation, entries)
        for number, recommendation in edition.vocabulary.recommendations.items()
        if (entries := [entry for programme in programmes if (entry := entry_of(programme, number, told)).passages])
    ]
    bare = [BriefEntry(programme, [], told[programme["slug"]]) for programme in programmes if not programme["examples"]]
    return found + ([BriefSection(None, bare)] if bare else [])


def entry_of(programme: ProgrammeRecord, number: str, told: dict[str, StatusAndLinks]) -> BriefEntry:
    """Return a programme with its quotations under one recommendation.

    Its status is removed from `told`, so that the brief shows it once.
    """
    passages = [quotation(e) for e in programme["examples"] if e["recommendation"] == number]
    return BriefEntry(programme, passages, told.pop(programme["slug"], None) if passages else None)


def sources(programmes: Iterable[ProgrammeRecord]) -> list[BriefSource]:
    """Return the quoted documents, each once, in the order of the programmes."""
    examples = [example for programme in programmes for example in programme["examples"]]
    return list({BriefSource(e["source"], source_address(e)): None for e in examples})


def source_address(example: ExampleRecord) -> str:
    """Return the URL of an example's document; of the annex, the address of the statement's page."""
    return statement_address() if example["source"] == ANNEX else example["url"]


def title(programmes: Sequence[ProgrammeRecord]) -> str:
    """Return the title of a brief."""
    return f"A brief on {len(programmes)} programme{'' if len(programmes) == 1 else 's'}"


def reference(found: Chosen, root: str, edition: CatalogueSnapshot) -> Reference:
    """Return the reference by which a brief is cited, at the revision that it shows."""
    key, url = f"brief:{','.join(found.slugs)}", f"{root}{brief_address(found.slugs)}"
    return own_reference(edition.stamp, Kind.PAGE, key, title(found.programmes), url)


def imprint(reference: Reference) -> str:
    """Return the imprint of a brief: publisher, date and revision."""
    day = reference.published
    parts = [reference.publisher, f"{day.day} {day:%B %Y}" if day else "", f"revision {reference.version}"]
    return ", ".join(filter(None, parts))
