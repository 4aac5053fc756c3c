"""Whatever is done to the site, its log stays JSON, a line a record, and tells nothing of who did it."""

from .site import Site

TYPED = "zqzqword"


def test_the_log_holds_neither_words_nor_addresses_nor_cookies(attacked: Site) -> None:
    attacked.ask(f"/programmes/?q={TYPED}", Cookie=f"sessionid={TYPED}", User_Agent=TYPED, Referer=f"/{TYPED}")
    attacked.ask(f"/programmes/{TYPED}/")
    attacked.ask(f"/{TYPED}/{TYPED}.json")
    attacked.ask("/", Host=f"{TYPED}.example")
    attacked.ask("/", X_Request_ID=f"{TYPED}-{TYPED}", X_Forwarded_For="203.0.113.77")
    attacked.ask(f"/{TYPED}", method=TYPED.upper())
    attacked.ask("/admin/login/", method="POST", body=f"username={TYPED}&password={TYPED}".encode())
    for header in ({"Origin": f"https://{TYPED}.example"}, {"Referer": f"https://{TYPED}.example/?q={TYPED}"}):
        for path in ("/admin/login/", "/programmes/"):
            attacked.ask(path, method="POST", body=b"a=b", Cookie=f"csrftoken={'a' * 32}", **header)
    attacked.raw(f"GET /{TYPED} HTTP/1.1\r\nHost: a\r\n{TYPED} {TYPED}\r\n\r\n".encode())
    attacked.raw(f"GET /{TYPED}{'a' * 9000} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
    lines = attacked.lines()
    assert {"time", "level", "logger", "message"} <= set.intersection(*map(set, lines))
    text = attacked.log.read_text()
    assert TYPED not in text.lower()
    assert "203.0.113.77" not in text
    assert "127.0.0.1" not in text


def test_behind_a_proxy_it_holds_no_page_that_a_reader_came_from(behind: Site) -> None:
    cookie = f"__Host-csrftoken={'a' * 32}"
    sent = {"Referer": f"https://{TYPED}.example/?name={TYPED}", "Cookie": cookie, "X_Forwarded_Proto": "https"}
    assert behind.ask("/admin/login/", method="POST", body=b"a=b", **sent).status == 403
    assert TYPED not in behind.log.read_text()
    assert any(line["message"] == "Refused: csrf" for line in behind.lines())


def test_no_line_can_be_forged(attacked: Site) -> None:
    before = len(attacked.lines())
    attacked.ask("/%0A%7B%22level%22%3A%22error%22%7D/?q=%0D%0A%7B%7D")
    assert len(attacked.lines()) == before + 1


def test_a_reader_names_a_request_and_the_log_has_it(attacked: Site) -> None:
    answer = attacked.ask("/no-such-page/")
    (line,) = [line for line in attacked.lines() if line.get("request_id") == answer["X-Request-ID"]]
    assert answer["X-Request-ID"] in answer.text
    assert (line["status"], line["route"], line["method"]) == (404, "(nothing there)", "GET")


def test_a_page_that_is_kept_does_not_keep_the_id(attacked: Site) -> None:
    ids = [attacked.ask("/about/")["X-Request-ID"] for _ in range(6)]
    assert len(set(ids)) == len(ids)
