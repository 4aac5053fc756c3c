"""/brief/: chosen programmes as one page, and as Markdown; and how they are ticked."""

from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client
from markdown_it import MarkdownIt
from markdown_it.token import Token

from programmes.models import Country, Programme, Source
from programmes.schema.ticked_programmes import MOST
from recommendations.models import Recommendation
from tests.factories import make_example, make_many_programmes, make_organisation, make_programme

from .conftest import Page
from .reading import Element

pytestmark = pytest.mark.usefixtures("catalogue")

THREE = "programme=rosettanet&programme=global-fund-for-smes&programme=strategic-it-use-by-smes"
SLUGS = [value for _, value in parse_qsl(THREE)]
FILTERS = "country=JP&country=MX&q=sme&sort=country"
NASTY = "<script>alert(1)</script> **bold** [here](javascript:alert(1)) `a` | # 1. &lt; _x_ \\"


def ticked(url: str) -> list[str]:
    return [value for name, value in parse_qsl(urlsplit(url).query) if name == "programme"]


def markdown(client: Client, query: str) -> str:
    response = client.get(f"/brief.md?{query}")
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="brief.md"'
    return response.content.decode()


def read(text: str) -> list[tuple[str, str]]:
    """The blocks of a text in Markdown, as what each is read, with its words; HTML, images or code fail."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    assert {token.type for token in tokens} <= {
        *(f"{kind}_{end}" for kind in ("heading", "paragraph", "blockquote") for end in ("open", "close")),
        *(f"{kind}_{end}" for kind in ("bullet_list", "list_item") for end in ("open", "close")),
        "inline",
    }
    around = [*tokens[:1], *tokens]
    return [(before.tag, words(token)) for before, token in zip(around, tokens, strict=False) if token.type == "inline"]


def words(inline: Token) -> str:
    children = inline.children or []
    assert {child.type for child in children} <= {"text", "text_special", "link_open", "link_close"}
    assert all(str(c.attrs["href"]).startswith(("http://", "https://")) for c in children if c.type == "link_open")
    return "".join(child.content for child in children)


def test_programmes_stand_under_their_recommendations_with_their_words(page: Page) -> None:
    whole = page(f"/brief/?{THREE}")
    assert whole.one("h1").text == "A brief on 3 programmes"
    assert whole.one("[data-total]")["data-total"] == "3"
    found = whole.all(".brief-section")
    assert [section.one(".number").text for section in found] == ["1.1", "3.3", "5.3"]
    first = found[0]
    assert first.one(".wording").text == f"“{Recommendation.objects.get(number='1.1').text}”"
    assert [name.text for name in first.all("h3")] == ["RosettaNet", "Strategic IT use by SMEs"]
    japan = first.all(".brief-entry")[1]
    assert japan.one(".meta").text == "JP Japan · Government of Japan"
    assert japan.one("blockquote").text.startswith("“Japan subsidises strategic IT use")
    assert japan.one(".example").links() == {"/statement/#e-1.1-3": "Annex, row 1.1, example 3"}


def test_each_quotation_stands_once_and_none_is_lost(page: Page) -> None:
    shown = [quoted.text for quoted in page(f"/brief/?{THREE}").all(".example blockquote")]
    examples = [e for programme in Programme.objects.filter(slug__in=SLUGS) for e in programme.examples.all()]
    assert sorted(shown) == sorted(f"“{example.text}”" for example in examples)


def test_it_names_its_sources_and_how_to_cite_it(page: Page) -> None:
    document = Source.objects.create(title="A later report", url="https://example.org/report", date=date(2012, 5, 1))
    make_example("2.6", Programme.objects.get(slug="rosettanet"), source=document)
    whole = page(f"/brief/?{THREE}")
    links = whole.one("main").links()
    assert links["https://example.org/report"] == "A later report (01 May 2012)"
    assert links["/statement/"] == "Annex of the OECD Tokyo Action Statement, 1 June 2007"
    cited = whole.one(".brief-cite").text
    assert cited.startswith("GVC Policy Catalogue. (20")
    assert "A brief on 3 programmes (Version " in cited
    assert cited.endswith(f"http://testserver/brief/?{THREE}")
    number = whole.all(".note")[0].text.rpartition("revision ")[2]
    assert f"(Version {number})" in cited


def test_each_programme_can_be_taken_off_and_others_added(page: Page) -> None:
    whole = page(f"/brief/?{THREE}")
    for link, slug in zip(whole.all("a.chip"), SLUGS, strict=True):
        assert ticked(link["href"]) == [other for other in SLUGS if other != slug]
    (back,) = [url for url, text in whole.links().items() if text == "Add more"]
    assert ticked(back) == SLUGS
    assert page(back).one("[data-total]")["data-total"] == str(Programme.objects.count())


def test_a_former_slug_is_followed_and_counts_once(page: Page) -> None:
    programme = Programme.objects.get(slug="rosettanet")
    programme.slug = "rosetta-net"
    programme.save()
    whole = page("/brief/?programme=rosettanet&programme=rosetta-net")
    assert whole.one("h1").text == "A brief on 1 programme"
    assert not whole.all(".notice")


@pytest.mark.parametrize("slug", ["no-such-programme", "<b>", "a b", "ROSETTANET", "é"])
def test_an_unknown_slug_is_named_and_the_others_are_shown(slug: str, page: Page, client: Client) -> None:
    whole = page(f"/brief/?{THREE}&programme={slug}")
    assert whole.one(".notice-problem").text == f"There is no programme “{slug}” in the catalogue."
    assert whole.one("h1").text == "A brief on 3 programmes"
    assert ("p", f"There is no programme “{slug}” in the catalogue.") in read(
        markdown(client, f"{THREE}&programme={slug}")
    )


def test_of_many_unknown_ones_the_first_are_named(page: Page) -> None:
    query = "&".join(f"programme=none-{i}" for i in range(25))
    sentences = page(f"/brief/?{query}").one(".notice-problem").all("p")
    assert len(sentences) == 11
    assert sentences[-1].text == "Of those asked 15 more do not exist."


def test_more_than_fit_are_said_to_be_left_out(page: Page) -> None:
    make_many_programmes(MOST + 5)
    whole = page("/brief/?" + "&".join(f"programme=many-{i}" for i in range(MOST + 5)))
    assert whole.one("h1").text == "A brief on 100 programmes"
    assert "A brief holds at most 100 programmes: of those asked 5 are left out." in whole.one(".notice").text
    assert len(whole.all(".brief-entry")) == MOST


@pytest.mark.parametrize("query", ["", "programme=", "programme=+"])
def test_without_a_programme_it_says_how_to_choose(query: str, page: Page) -> None:
    whole = page(f"/brief/?{query}")
    assert whole.one("h1").text == "Make a brief"
    assert "Tick them in the list of programmes" in whole.one("main").text
    assert not whole.all(".notice")


def test_a_programme_without_an_example_is_not_lost(page: Page, client: Client) -> None:
    make_programme("bare", countries=[Country.objects.get(code="KE")])
    whole = page("/brief/?programme=bare&programme=covisint")
    assert [section.one("h2").text for section in whole.all(".brief-section")][-1] == "No example recorded"
    assert whole.all("h3")[-1].text == "Programme bare"
    assert ("h3", "Programme bare") in read(markdown(client, "programme=bare"))


def test_the_markdown_says_the_same_as_the_page(client: Client, page: Page) -> None:
    blocks, whole = read(markdown(client, THREE)), page(f"/brief/?{THREE}")
    assert blocks[0] == ("h1", whole.one("h1").text)
    said = [text for _, text in blocks]
    for block in (*whole.all(".brief-section blockquote"), *whole.all("h3"), *whole.all(".example a")):
        assert block.text in said
    assert [text for tag, text in blocks if tag == "h2"] == [
        *("1.1 Access to market information", "3.3 Technological upgrading", "5.3 Harmonised standards in procurement"),
        *("Sources", "How to cite"),
    ]
    # The address shows itself: it is a link whose words are the address.
    assert said[-1] == whole.one(".brief-cite").text
    assert ("p", "Government of Japan · Japan") in blocks


def test_what_a_curator_types_does_not_become_markup(client: Client, page: Page) -> None:
    document = Source.objects.create(title=NASTY, url="https://example.org/a)[b]<c>", date=date(2012, 5, 1))
    provider = make_organisation(NASTY)
    programme = make_programme("nasty", name=NASTY, provider=provider)
    typed = {"text": NASTY, "source": document, "placed_by_inference": True, "reason": NASTY}
    make_example("2.6", programme, **typed)
    said = read(markdown(client, "programme=nasty"))
    shown = [text for _, text in said]
    assert {NASTY, f"“{NASTY}”", f"{NASTY}, 1 May 2012", f"Placed in this row by inference: {NASTY}"} <= set(shown)
    assert ("h3", NASTY) in said
    scripts = page("/brief/?programme=nasty").all("main script")
    assert {script.get("type") for script in scripts} == {"application/ld+json"}


def test_a_list_keeps_what_is_ticked_through_filters_sorting_and_pages(page: Page) -> None:
    whole = page(f"/programmes/?{FILTERS}&{THREE}")
    own = [link["href"] for kind in ("a.chip", "a.count") for link in whole.one("main").all(kind)]
    assert len(own) > 20
    assert all(ticked(url) == SLUGS for url in own)
    assert [field["value"] for field in whole.one("form[id=filters]").all("[type=hidden]")] == SLUGS
    links = page(f"/programmes/?{THREE}").all(".pages a")
    assert all(ticked(link["href"]) == SLUGS for link in links)
    unknown = page(f"/programmes/?country=XX&{THREE}")
    assert [field["value"] for field in unknown.one("form[id=filters]").all("[type=hidden]")] == SLUGS


def test_ticks_narrow_nothing_and_are_no_part_of_what_is_asked(client: Client, page: Page) -> None:
    assert slugs(page(f"/programmes/?{FILTERS}&{THREE}")) == slugs(page(f"/programmes/?{FILTERS}"))
    plain, with_ticks = (client.get(f"/programmes.json?{FILTERS}{more}").json() for more in ("", f"&{THREE}"))
    assert plain == with_ticks
    files = [link for link in page(f"/programmes/?{FILTERS}&{THREE}").links() if ".csv" in link or ".json" in link]
    assert files
    assert not [url for url in files if ticked(url)]


def slugs(whole: Element) -> list[str]:
    return [result["id"] for result in whole.all(".result")]


def test_ticked_ones_are_checked_and_others_go_along(page: Page) -> None:
    whole = page(f"/programmes/?country=JP&{THREE}")
    boxes = whole.all(".result input")
    assert {(box["name"], box["form"], box["type"]) for box in boxes} == {("programme", "brief", "checkbox")}
    assert [box["value"] for box in boxes] == slugs(whole)
    assert [box["value"] for box in boxes if "checked" in box.attrs] == sorted(SLUGS[1:])
    form = whole.one("form[id=brief]")
    assert form["action"] == "/brief/"
    assert [field["value"] for field in form.all("input")] == SLUGS[:1]
    assert form.links() == {f"/brief/?{THREE}": "3 programmes ticked already"}


def test_what_is_no_slug_is_not_ticked(page: Page) -> None:
    whole = page("/programmes/?programme=%3Cb%3E&programme=&programme=a+b")
    assert not whole.one("form[id=brief]").links()
    assert not whole.all("[type=hidden]")


def test_ticks_stay_where_nothing_is_found(page: Page) -> None:
    whole = page(f"/programmes/?country=KE&category=4&{THREE}")
    assert f"/brief/?{THREE}" in whole.links()
    assert all(ticked(link["href"]) == SLUGS for link in whole.all(".drops a"))


def test_the_search_has_ticks_too(page: Page) -> None:
    whole = page("/search/?q=sme")
    assert len(whole.all(".result input[form=brief]")) == len(slugs(whole)) > 10
    assert whole.one("form[id=brief]")["action"] == "/brief/"


def test_a_programme_is_added_to_what_is_ticked(page: Page) -> None:
    (url,) = [url for url, text in page("/programmes/covisint/").links().items() if text == "Add to a brief"]
    assert url == "/brief/?programme=covisint"
    listed = page(f"/programmes/?country=JP&{THREE}").all(".result .name a")[0]["href"]
    whole = page(listed)
    (url,) = [url for url, text in whole.links().items() if text == "Add to a brief"]
    assert ticked(url) == [*SLUGS, listed.split("/")[2]]
    (back,) = [url for url, text in whole.links().items() if text == "‹ Back to the list"]
    assert ticked(back) == SLUGS
