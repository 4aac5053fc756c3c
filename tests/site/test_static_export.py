"""The catalogue as files: whole, and each link in it works without a server."""

import io
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import html5lib
import pytest
from django.core.management import CommandError, call_command

from gvc_catalogue.site.static_export import UnansweredPageError, export, file_of, is_exported
from gvc_catalogue.web.link_rewriting import rewrite_links
from programmes.models import Country, Programme
from recommendations.models import Recommendation
from tests.pages.reading import Element, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


EXPORTED: list[Path] = []


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogue, exported; once for all tests that only read it."""
    if not EXPORTED:
        directory = tmp_path_factory.mktemp("export") / "site"
        call_command("export_site", str(directory), stdout=io.StringIO())
        EXPORTED.append(directory)
    return EXPORTED[0]


def pages(site: Path) -> dict[Path, Element]:
    return {path: read(path.read_text()) for path in site.rglob("*.html")}


def test_the_syntax_of_every_page_is_that_of_html_5(site: Path) -> None:
    for path in site.rglob("*.html"):
        html5lib.HTMLParser(strict=True).parse(path.read_text())


def test_every_link_leads_to_a_file_and_its_anchor(site: Path) -> None:
    found = pages(site)
    followed = 0
    for path, page in found.items():
        for element in page.all("[href]") + page.all("[src]"):
            link = element["href"] if "href" in element.attrs else element["src"]
            place, anchor = urldefrag(link)
            if urlsplit(place).scheme:
                assert place.startswith(("http://", "https://"))
                continue
            target = (path.parent / unquote(place)).resolve() if place else path
            assert target.is_file(), f"{link} in {path.relative_to(site)}"
            assert target.is_relative_to(site)
            if anchor:
                assert found[target].anchor(anchor)
            followed += 1
    assert followed > 5_000


def test_every_record_is_there_and_can_be_reached(site: Path) -> None:
    links = {
        (path.parent / unquote(urldefrag(link)[0])).resolve()
        for path, page in pages(site).items()
        for link in page.links()
    }
    for kind in (Programme, Recommendation, Country):
        for record in kind.objects.all():
            assert site / file_of(record.get_absolute_url()) in links, record


def test_a_number_leads_to_as_many_programmes(site: Path) -> None:
    whole = read((site / "evidence-map/index.html").read_text())
    cells = whole.all(".map td a")
    assert len(cells) > 60
    for cell in cells:
        target = read((site / "evidence-map" / cell["href"]).resolve().read_text())
        assert target.one("[data-total]")["data-total"] == cell.text


def test_nothing_needs_a_server(site: Path) -> None:
    for path, page in pages(site).items():
        for name in ("form", "input", "button", "select", "script"):
            assert page.all(name) == [], f"{name} in {path}"


def test_data_files_are_what_the_server_sends(site: Path) -> None:
    assert (site / "programmes.csv").read_text(encoding="utf-8-sig").count("\n") == Programme.objects.count() + 1
    assert (site / "programmes/covisint.json").exists()


def test_a_directory_that_is_there_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is there already"):
        call_command("export_site", str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_where_a_page_cannot_be_had_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(UnansweredPageError, match="400"):
        export(tmp_path / "site", "another.example", lambda written, known: None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/countries/JP/", "countries/JP/index.html"),
        ("/programmes/?country=JP&page=2", "programmes/country-JP_page-2.html"),
        ("/programmes.csv", "programmes.csv"),
        ("/programmes/?q=../up", "programmes/q-.._2Fup.html"),
    ],
)
def test_an_address_has_a_file(address: str, file: str) -> None:
    assert file_of(address) == file


def test_what_is_not_exported_is_no_file() -> None:
    for address in (
        "/search/?q=a",
        "/programmes/?q=a",
        "/admin/",
        "/programmes.csv?country=JP",
        "/api/v1/x.json",
    ):
        assert not is_exported(address), address


def test_a_page_keeps_all_but_links_and_forms() -> None:
    form = '<form><a href="/in">f</a></form>'
    page = f'<p class="a">x &amp; &#8220;y <a href="/in">in</a> <a href="/out">out</a></p>{form}<br>'
    told = rewrite_links(page, lambda link: "in.html" if link == "/in" else None)
    assert told == '<p class="a">x &amp; &#8220;y <a href="in.html">in</a> out</p><br>'
