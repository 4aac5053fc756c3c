"""A brief as Markdown: whatever curators type stays what it is, wherever it stands."""

from datetime import date
from typing import cast

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from gvc_catalogue.formats.citations import Kind, Reference
from gvc_catalogue.text.sanitise import one_line
from programmes.exports.brief_markdown import blocks
from programmes.presentation.brief import BriefEntry, BriefSection, BriefSource, Chosen
from programmes.presentation.status_and_links import ExternalLink, StatusAndLinks
from programmes.schema.records import BLANK, ProgrammeRecord
from programmes.search.result_cards import Quotation
from recommendations.models import Recommendation

ROOT = "https://catalogue.example"
TYPED = st.text(alphabet=st.sampled_from("ab1 \n*_`<>&;#[]()!|~:-+=.\\\"'@$^{}/"), max_size=24) | st.text(max_size=30)
WORDS = TYPED.filter(lambda text: one_line(text) != "")


def brief(name: str, provider: str, quoted: str, reason: str, place: str, url: str) -> str:
    said = {
        "slug": "a",
        "name": name,
        "url": "/programmes/a/",
        "countries": [{"code": "JP", "name": provider, "region": "asia", "url": "/countries/JP/"}],
        "provider": {"name": provider, "kind": "company"},
        "status": "running",
        "checked_on": "2026-05-01",
    }
    programme = cast(ProgrammeRecord, BLANK | said)
    row = Recommendation(number="2.1", title=name, text=quoted)
    link = ExternalLink("Official page", f"https://{url}", name, provider, "French", "fr")
    life = StatusAndLinks("renamed", "Renamed", date(2026, 5, 1), programme, [link])
    section = BriefSection(row, [BriefEntry(programme, [Quotation(quoted, f"https://{url}", place, reason)], life)])
    cited = Reference(Kind.PAGE, "brief:a", name, f"{ROOT}/brief/?programme=a", published=date(2026, 5, 1), version=7)
    found = Chosen([programme], [name])
    return "\n\n".join(blocks(found, [section], [BriefSource(place, f"https://{url}")], cited, ROOT))


@given(WORDS, WORDS, WORDS, TYPED, WORDS, TYPED)
def test_every_text_is_read_as_it_was_typed_and_nothing_as_markup(
    name: str, provider: str, quoted: str, reason: str, place: str, url: str
) -> None:
    tokens = (
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .parse(brief(name, provider, quoted, reason, place, url))
    )
    inline = [token.children or [] for token in tokens if token.type == "inline"]
    kinds = {child.type for children in inline for child in children} | {token.type for token in tokens}
    assert not kinds & {"html_block", "html_inline", "image", "code_inline", "code_block", "fence", "em_open", "hr"}
    said = ["".join(child.content for child in children) for children in inline]
    shown = [one_line(text) for text in (name, quoted, provider, place)]
    assert said[0] == shown[0]
    assert said[3:9] == [
        f"2.1 {shown[0]}",
        f"“{shown[1]}”",
        shown[0],
        f"{shown[2]} · {shown[2]}",
        f"“{shown[1]}”",
        shown[3],
    ]
    assert said[9:-6] == ([one_line(f"Placed in this row by inference: {reason}")] if reason else [])
    beside = one_line(f"{provider}, in French") if provider != name else "in French"
    assert said[-6:-4] == [
        f"Renamed, looked up on 1 May 2026. It is now called {shown[0]}.",
        f"Official page: {shown[0]} ({beside})",
    ]
