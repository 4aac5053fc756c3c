"""More than anybody sends: refused in a sentence, before it is read, and never an error of ours."""

import pytest

from .site import Site

PATHS = ["/", "/programmes/", "/programmes.json", "/admin/login/"]
MULTIPART = {"Content_Type": "multipart/form-data; boundary=x"}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("length", ["30000000", "9" * 11, "9" * 30])
def test_a_body_that_is_too_large_is_refused_before_it_is_sent(path: str, length: str, attacked: Site) -> None:
    head = f"POST {path} HTTP/1.1\r\nHost: {attacked.host}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n"
    answer = attacked.raw(head.encode())
    assert answer.status == 413
    assert "is larger than anything that the catalogue reads" in answer.text


@pytest.mark.parametrize("path", PATHS)
def test_a_body_that_is_almost_too_large_is_read_to_no_harm(path: str, attacked: Site) -> None:
    for headers in ({}, MULTIPART, {"Content_Type": "application/json"}, {"Content_Type": "text/csv"}):
        answer = attacked.ask(path, method="POST", body=b"a" * 499_000, **headers)
        assert answer.status in (400, 403, 405, 413)


@pytest.mark.parametrize("path", ["/", "/admin/login/"])
def test_a_form_of_thousands_of_fields_or_files_is_refused(path: str, attacked: Site) -> None:
    cookie = {"Cookie": f"csrftoken={'a' * 32}"}
    fields = "&".join(f"a{number}=1" for number in range(5000)).encode()
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    assert attacked.ask(path, method="POST", body=fields, **cookie, **form).status in (400, 403)
    file = '--x\r\nContent-Disposition: form-data; name="f{0}"; filename="{0}"\r\n\r\na\r\n'
    files = "".join(file.format(number) for number in range(500)).encode() + b"--x--\r\n"
    assert attacked.ask(path, method="POST", body=files, **cookie, **MULTIPART).status in (400, 403)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--x",
        b"--x\r\n\r\n",
        b'--x\r\nContent-Disposition: form-data; name="a\x00"\r\n\r\n\xff\r\n--x--',
        b'--x\r\nContent-Disposition: form-data; name="a"; filename="../../etc/passwd"\r\n\r\nx\r\n--x--',
        b"--x\r\nContent-Disposition: form-data; name*=utf-16''%ff\r\n\r\nx\r\n--x--",
        b"--x\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%\r\n--x--",
    ],
)
def test_a_body_that_is_none_is_no_error_of_ours(body: bytes, attacked: Site) -> None:
    for path in ("/", "/programmes.json", "/admin/login/"):
        cookie = f"csrftoken={'a' * 32}"
        assert attacked.ask(path, method="POST", body=body, Cookie=cookie, **MULTIPART).status in (400, 403, 405)


def test_a_body_in_pieces_is_not_waited_for(attacked: Site) -> None:
    head = f"POST /programmes.json HTTP/1.1\r\nHost: {attacked.host}\r\nConnection: close\r\n"
    answer = attacked.raw(f"{head}Transfer-Encoding: chunked\r\n\r\nFFFFFFF\r\na".encode())
    assert answer.status in (400, 405)


@pytest.mark.parametrize("path", ["/", "/programmes/", "/programmes.json", "/no-such", "/admin/login/"])
def test_an_address_that_is_too_long_is_refused_in_words(path: str, attacked: Site) -> None:
    assert attacked.ask(f"{path}?q={'a' * 7000}").status in (200, 404, 422)
    answer = attacked.ask(f"{path}?q={'a' * 9000}")
    assert answer.status == 414
    assert "choose fewer filters" in answer.text


def test_what_is_no_request_at_all_is_refused_in_words_under_a_name_that_the_log_has(attacked: Site) -> None:
    bad = [b"\x16\x03\x01\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\nno header\r\n\r\n"]
    for sent in [*bad, b"GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + b"a" * 99_999 + b"\r\n\r\n"]:
        answer = attacked.raw(sent)
        name = answer["X-Request-ID"]
        assert answer.status in (400, 431), sent[:20]
        assert f"name the request: <code>{name}</code>" in answer.text
        assert int(answer["Content-Length"]) == len(answer.body)
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert [line["status"] for line in attacked.lines() if line.get("request_id") == name] == [answer.status]


@pytest.mark.parametrize("path", ["/programmes/", "/programmes.json"])
def test_thousands_of_parameters_are_refused_in_words(path: str, attacked: Site) -> None:
    answer = attacked.ask(f"{path}?{'a&' * 3000}")
    assert answer.status == 400
    assert "more parameters than the catalogue reads" in answer.text


def test_thousands_of_headers_or_endless_ones_are_refused(attacked: Site) -> None:
    many = "".join(f"X-{number}: a\r\n" for number in range(2000))
    assert attacked.raw(f"GET / HTTP/1.1\r\nHost: {attacked.host}\r\n{many}\r\n".encode()).status == 431
    assert attacked.ask("/", X_Long="a" * 100_000).status == 431
    assert attacked.ask("/", Cookie="a=b; " * 1500).status in (200, 431)
