"""Markdown export of a brief: the same content as its page."""

from collections.abc import Iterator

from gvc_catalogue.formats.citations import Reference, apa
from gvc_catalogue.formats.markdown import address, link, quotation, text

from ..presentation.brief import BriefEntry, BriefSection, BriefSource, Chosen, imprint
from ..presentation.status_and_links import ExternalLink, StatusAndLinks
from ..search.result_cards import Quotation


def blocks(
    found: Chosen, sections: list[BriefSection], sources: list[BriefSource], reference: Reference, root: str
) -> Iterator[str]:
    """Yield the Markdown blocks of a brief; `root` is prefixed to addresses of the catalogue."""
    yield f"# {text(reference.title)}"
    yield text(imprint(reference))
    yield from map(text, found.sentences)
    for section in sections:
        yield from section_blocks(section, root)
    if sources:
        yield "## Sources"
        yield "\n".join(f"- {link(source.title, absolute(source.url, root))}" for source in sources)
    yield "## How to cite"
    yield f"{text(apa(reference).removesuffix(reference.url))} {address(reference.url)}"


def section_blocks(section: BriefSection, root: str) -> Iterator[str]:
    """Yield the blocks of a section: a recommendation with its wording, and its programmes."""
    recommendation = section.recommendation
    if recommendation is None:
        yield "## No example recorded"
    else:
        yield f"## {text(f'{recommendation.number} {recommendation.title}')}"
        yield quotation(recommendation.text)
    for entry in section.entries:
        yield from entry_blocks(entry, root)


def entry_blocks(entry: BriefEntry, root: str) -> Iterator[str]:
    """Yield the blocks of a programme: name, provider and countries, quotations, and status with links if given."""
    programme = entry.programme
    yield f"### {link(programme['name'], absolute(programme['url'], root))}"
    countries = ", ".join(country["name"] for country in programme["countries"])
    yield text(" · ".join(filter(None, [programme["provider"]["name"], countries])))
    for passage in entry.passages:
        yield from passage_blocks(passage, root)
    if entry.life:
        yield from life_blocks(entry.life, root)


def passage_blocks(passage: Quotation, root: str) -> Iterator[str]:
    """Yield the blocks of a quotation: its text, its place as a link, and the reason if placed by inference."""
    yield quotation(passage.text)
    yield link(passage.place, absolute(passage.url, root))
    if passage.reason:
        yield text(f"Placed in this row by inference: {passage.reason}")


def life_blocks(life: StatusAndLinks, root: str) -> Iterator[str]:
    """Yield the blocks of a programme's status, with its successor, and of its external links."""
    found = life.successor
    on = f" {life.leads_on} {link(found['name'], absolute(found['url'], root))}." if found else ""
    yield f"{text(life.sentence)}{on}"
    if life.links:
        yield "\n".join(f"- {elsewhere_line(one)}" for one in life.links)


def elsewhere_line(one: ExternalLink) -> str:
    """Return an external link as one line: its kind, its text, its site and language."""
    beside = f" ({text(one.beside)})" if one.beside else ""
    return f"{text(one.kind)}: {link(one.text, one.url)}{beside}"


def absolute(url: str, root: str) -> str:
    """Return an absolute address: a path is prefixed with `root`, any other address is unchanged."""
    return f"{root}{url}" if url.startswith("/") else url
