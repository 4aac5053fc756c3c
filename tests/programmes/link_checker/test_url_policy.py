"""Which addresses are asked: those of the public web, whatever a name, a number or a redirect pretends."""

from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.link_checker.url_policy import (
    EVERYTHING,
    ForbiddenUrlError,
    PrivateAddressError,
    UrlPolicy,
    is_public,
    parse,
    resolved,
)

PRIVATE = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "::/96",
    "::1/128",
    "::ffff:10.0.0.0/104",
    "::ffff:127.0.0.0/104",
    "64:ff9b::/96",
    "64:ff9b:1::/48",
    "100::/64",
    "2001::/32",
    "2001:db8::/32",
    "2002::/16",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
]


def at(*places: str) -> UrlPolicy:
    return UrlPolicy(resolve=lambda host, port: places)


@given(st.sampled_from(PRIVATE).flatmap(lambda network: st.ip_addresses(network=network)))
def test_no_address_of_a_private_network_is_public(ip: object) -> None:
    assert not is_public(ip_address(str(ip)))
    with pytest.raises(PrivateAddressError):
        at("93.184.215.14", str(ip)).places(parse("https://example.org/"))


@pytest.mark.parametrize("ip", ["93.184.215.14", "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8"])
def test_public_addresses_are_public(ip: str) -> None:
    assert is_public(ip_address(ip))
    assert at(ip).places(parse("https://example.org/")) == [ip] or "ffff" in ip


@given(st.ip_addresses(v=4), st.ip_addresses(v=6))
def test_what_is_public_carries_nothing_private(four: object, six: object) -> None:
    mapped = ip_address(f"::ffff:{four}")
    assert is_public(mapped) == is_public(ip_address(str(four)))
    if is_public(ip_address(str(six))):
        assert ip_address(str(six)).is_global


@pytest.mark.parametrize("url", ["http://127.1/", "http://2130706433/", "http://0x7f.0.0.1/", "http://[::1]/"])
def test_numbers_that_mean_this_machine_are_private_however_they_are_written(url: str) -> None:
    with pytest.raises(PrivateAddressError):
        UrlPolicy(resolve=resolved).places(parse(url))


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("ftp://example.org/", "Only http and https"),
        ("javascript:alert(1)", "Only http and https"),
        ("file:///etc/passwd", "Only http and https"),
        ("http://name:secret@example.org/", "password"),
        ("http://example.org@127.0.0.1/", "password"),
        ("http:///path", "not a name"),
        ("http://exa mple.org/", "not a name"),
        ("http://example.org\\@10.0.0.1/", "password"),
        ("http://[fe80::1%eth0]x/", "not an address"),
        ("http://example.org:99999/", "not an address"),
        ("http://" + "a" * 300 + ".org/", "not a name"),
        ("http://example.org/" + "a" * 3000, "too long"),
    ],
)
def test_what_is_no_page_on_the_web_is_refused_in_words(url: str, sentence: str) -> None:
    with pytest.raises(ForbiddenUrlError, match=sentence):
        parse(url)


def test_only_ports_on_which_the_web_is_served_are_asked() -> None:
    for port in (80, 443, 8000, 8080, 8443):
        assert at("8.8.8.8").places(parse(f"http://example.org:{port}/"))
    for port in (22, 25, 5432, 6379, 0):
        with pytest.raises(ForbiddenUrlError, match="Port"):
            at("8.8.8.8").places(parse(f"http://example.org:{port}/"))


def test_a_network_is_opened_by_name_and_no_other_with_it() -> None:
    rules = UrlPolicy((ip_network("10.1.0.0/16"),), lambda host, port: [host])
    assert rules.places(parse("http://10.1.2.3:9000/")) == ["10.1.2.3"]
    with pytest.raises(PrivateAddressError):
        rules.places(parse("http://10.2.0.1/"))
    assert UrlPolicy(EVERYTHING, lambda host, port: [host]).places(parse("http://[::1]:9000/")) == ["::1"]


def test_other_scripts_are_written_as_the_web_sends_them() -> None:
    address = parse("https://bücher.example/zürich?ort=東京#oben")
    assert str(address) == "https://xn--bcher-kva.example/z%C3%BCrich?ort=%E6%9D%B1%E4%BA%AC"
    assert str(parse("/a%20b", address)) == "https://xn--bcher-kva.example/a%20b"


@given(st.text(max_size=80), st.sampled_from(["", "http://", "https://", "//", "http://example.org/", "http://[", "?"]))
def test_whatever_is_typed_is_an_address_or_refused(text: str, before: str) -> None:
    base = parse("https://example.org/a/b")
    for against in (None, base):
        try:
            address = parse(before + text, against)
        except ForbiddenUrlError:
            continue
        assert str(address).isascii()
        assert not set(str(address)) & set(" \r\n\t\x00")
        assert parse(str(address)) == address
