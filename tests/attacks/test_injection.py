"""What a reader sends begins no header, no answer and no request of its own."""

import pytest
from django.test import Client

from programmes.models import FormerSlug, Programme

from .site import Answer, Site

BREAKS = ["%0d%0a", "%0a", "%0d", "%E5%98%8A%E5%98%8D", "%23%0d%0a", "%0d%0a%20", "%00%0d%0a", "\u560a\u560d"]
LIE = "Set-Cookie:%20evil=1"
PATHS = [
    *(
        "/{0}",
        "/programmes/{0}",
        "/programmes/{0}/",
        "/programmes/{0}.json",
        "/programmes/{0}.bib",
        "/countries/{0}.ris",
    ),
    *(
        "/recommendations/{0}.bib",
        "/citations/{0}.bib",
        "/programmes?{0}",
        "/programmes/?q={0}",
        "/programmes.csv?q={0}",
    ),
    *(
        "/programmes.xlsx?q={0}",
        "/programmes.bib?q={0}",
        "/feeds/programmes.atom?q={0}",
        "/admin/?next={0}",
        "/admin/{0}",
    ),
    *("/search/suggest?q={0}", "/brief.md?programme={0}", "/static/{0}", "/sitemap-programmes-{0}.xml"),
]


def untouched(answer: Answer) -> bool:
    """Whether the answer has no header that was asked for."""
    assert answer.status < 500
    assert "evil" not in answer["Set-Cookie"]
    assert answer["Content-Disposition"].count("filename=") <= 1
    return not [name for name, _ in answer.headers if name.lower() == "evil"]


@pytest.mark.parametrize("path", PATHS)
def test_a_line_end_in_an_address_begins_no_header(path: str, attacked: Site) -> None:
    for line_end in BREAKS:
        assert untouched(attacked.ask(path.format(f"a{line_end}{LIE}{line_end}Evil:%201{line_end}{line_end}<html>")))


def test_a_line_end_in_a_header_begins_none(attacked: Site) -> None:
    for value in ("a\rEvil: 1", "a\nEvil: 1", "a\x00Evil: 1", "a\r\n Evil: 1", "a\r\n\tEvil: 1"):
        for name in ("Host", "X-Request-ID", "Accept-Encoding", "If-None-Match", "Origin", "Referer", "Cookie"):
            assert untouched(attacked.ask("/programmes/", **{name: value})), (name, value)


SMUGGLED = b"GET /admin/evil HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


@pytest.mark.parametrize(
    "head",
    [
        "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Transfer-Encoding:\x0bchunked\r\n",
        "Content-Length: 5\r\nContent-Length: 6\r\n",
        "Content-Length: +5\r\n",
        "Content-Length: 5, 5\r\n",
        "Content-Length: 0x5\r\n",
        "Content-Length: -1\r\n",
        "Content_Length: 5\r\n",
        " Content-Length: 5\r\n",
    ],
)
def test_a_request_cannot_be_smuggled_in_another(head: str, attacked: Site) -> None:
    start = f"POST /programmes/ HTTP/1.1\r\nHost: {attacked.host}\r\nConnection: close\r\n{head}\r\n"
    answer = attacked.raw(start.encode() + b"0\r\n\r\n" + SMUGGLED)
    assert answer.status in (400, 403, 405, 501)
    assert answer.body.count(b"HTTP/1.1 ") == 0


@pytest.mark.parametrize(
    "line",
    ["GET  / HTTP/1.1", "GET / HTTP/9.9", "GET /\t HTTP/1.1", "\x00 / HTTP/1.1", "GET /", "", "GET / HTTP/1.1 x"],
)
def test_a_first_line_that_is_none_is_refused(line: str, attacked: Site) -> None:
    answer = attacked.raw(f"{line}\r\nHost: {attacked.host}\r\nConnection: close\r\n\r\n".encode())
    assert answer.status in (400, 404, 505)


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ['a";evil="b', "a\r\nSet-Cookie: evil=1", "../../etc/passwd", "a b", "ä", "a;b"])
def test_a_slug_that_is_none_names_no_file(slug: str, client: Client, catalogue: None) -> None:
    """Past the checks of every form: no address leads to it, so no header can be made of it."""
    Programme.objects.filter(slug="covisint").update(slug=slug)
    FormerSlug.objects.create(slug="formerly", programme=Programme.objects.get(slug=slug))
    for path in ("/programmes/", "/programmes.json", "/programmes.bib", "/sitemap-programmes-1.xml", "/programmes.csv"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "evil" not in str(answer.headers)
