"""Values of the environment: what is read, and the sentence where nothing can be."""

import stat
from pathlib import Path
from typing import Any

import pytest

from gvc_catalogue import env
from gvc_catalogue.env import ConfigurationError

BASE = Path("/base")
DEFAULT = BASE / "default.sqlite3"


@pytest.mark.parametrize(
    ("value", "read"), [(None, "default"), ("", "default"), ("  ", "default"), (" a b ", "a b"), ("é", "é")]
)
def test_text(value: str | None, read: str) -> None:
    assert env.text({} if value is None else {"NAME": value}, "NAME", "default") == read


@pytest.mark.parametrize(
    ("value", "read"),
    [
        *((value, True) for value in ("yes", "YES", "1", "on", "true", "")),
        *((value, False) for value in ("no", " no ", "0", "off", "False")),
    ],
)
def test_yes_or_no(value: str, read: bool) -> None:
    assert env.yes_or_no({"HTTPS": value}, "HTTPS", default=True) is read


@pytest.mark.parametrize("value", ["maybe", "2", "yes no", "ja"])
def test_yes_or_no_refuses_anything_else(value: str) -> None:
    with pytest.raises(ConfigurationError, match=f"^HTTPS is “{value}”, but must be yes or no.$"):
        env.yes_or_no({"HTTPS": value}, "HTTPS", default=False)


@pytest.mark.parametrize(
    ("value", "read"),
    [("", ["default"]), ("a", ["a"]), ("a.org, b.org", ["a.org", "b.org"]), ("a,,b,", ["a", "b"])],
)
def test_items(value: str, read: list[str]) -> None:
    assert env.items({"NAME": value}, "NAME", ["default"]) == read


@pytest.mark.parametrize("value", [",", " , ,"])
def test_items_refuses_commas_alone(value: str) -> None:
    with pytest.raises(ConfigurationError, match=r"^NAME is “.*”, but must be values between commas, or empty.$"):
        env.items({"NAME": value}, "NAME", ["default"])


@pytest.mark.parametrize(("value", "read"), [("", 8000), ("1", 1), ("65535", 65535), (" 80 ", 80)])
def test_integer(value: str, read: int) -> None:
    assert env.integer({"PORT": value}, "PORT", 8000, least=1, most=65535) == read


@pytest.mark.parametrize("value", ["0", "65536", "-1", "+1", "8e3", "80.5", "0x50", "²", "٣", "eighty", "9" * 5000])
def test_integer_refuses_anything_else(value: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        env.integer({"PORT": value}, "PORT", 8000, least=1, most=65535)
    assert str(raised.value) == f"PORT is “{value}”, but must be a whole number from 1 to 65535."


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("", "/base/default.sqlite3"),
        ("sqlite:///var/other.sqlite3", "/base/var/other.sqlite3"),
        ("sqlite:////srv/other.sqlite3", "/srv/other.sqlite3"),
        ("sqlite:////srv/a%20b", "/srv/a b"),
    ],
)
def test_sqlite_addresses(address: str, file: str) -> None:
    database = env.database({"DATABASE_URL": address}, "DATABASE_URL", BASE, DEFAULT)
    assert database["ENGINE"] == "gvc_catalogue.database.sqlite"
    assert database["NAME"] == Path(file)


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("postgresql://u:p%40ss@db:5433/gvc", ("gvc", "u", "p@ss", "db", "5433")),
        ("postgres://db/gvc", ("gvc", "", "", "db", "")),
        ("postgresql:///gvc?host=/run/postgresql", ("gvc", "", "", "/run/postgresql", "")),
        ("postgresql://u@a:1,b:2/gvc", ("gvc", "u", "", "a,b", "1,2")),
    ],
)
def test_postgresql_addresses(address: str, parts: tuple[str, ...]) -> None:
    database = env.database({"DATABASE_URL": address}, "DATABASE_URL", BASE, DEFAULT)
    assert database["ENGINE"] == "gvc_catalogue.database.postgresql"
    assert tuple(database[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == parts


def test_options_of_postgresql_pass_through() -> None:
    address = "postgresql://a,b/gvc?target_session_attrs=read-write&connect_timeout=2"
    options = env.database({"DATABASE_URL": address}, "DATABASE_URL", BASE, DEFAULT)["OPTIONS"]
    assert options == {"target_session_attrs": "read-write", "connect_timeout": "2"}


def test_of_several_hosts_the_one_that_can_be_written_to_is_meant() -> None:
    one, several, other = (
        env.database({"DATABASE_URL": f"postgresql://{hosts}"}, "DATABASE_URL", BASE, DEFAULT)["OPTIONS"]
        for hosts in ("a/gvc", "a,b:1/gvc", "a,b/gvc?target_session_attrs=any")
    )
    assert "target_session_attrs" not in one
    assert several["target_session_attrs"] == "read-write"
    assert other["target_session_attrs"] == "any"


def replica(url: str, primary: str = "postgresql://a/gvc") -> dict[str, Any]:
    """What DATABASE_REPLICA_URL makes beside a primary."""
    of = env.database({"DATABASE_URL": primary}, "DATABASE_URL", BASE, DEFAULT)
    return env.replica({"DATABASE_REPLICA_URL": url}, "DATABASE_REPLICA_URL", of)


def test_readers_are_spread_over_replicas_and_go_to_the_primary_where_none_answers() -> None:
    assert replica("") == {}
    found = replica("postgresql://a,b:7/gvc?connect_timeout=3")["replica"]
    assert (found["HOST"], found["PORT"], found["TEST"]) == ("a,b", ",7", {"MIRROR": "default"})
    wanted = {"target_session_attrs": "prefer-standby", "load_balance_hosts": "random", "connect_timeout": "3"}
    assert found["OPTIONS"] == wanted


@pytest.mark.parametrize(
    ("url", "primary"),
    [
        ("sqlite:///hush.sqlite3", "postgresql://a/gvc"),
        ("postgresql://u:hush@a/gvc", "sqlite:///gvc.sqlite3"),
        ("postgresql://u:hush@a/gvc?no_such=1", "postgresql://a/gvc"),
    ],
)
def test_bad_addresses_of_replicas_are_refused_without_telling_the_password(url: str, primary: str) -> None:
    with pytest.raises(ConfigurationError, match=r"^DATABASE_REPLICA_URL .* it must be postgresql://") as raised:
        replica(url, primary)
    assert "hush" not in str(raised.value)


@pytest.mark.parametrize(
    "address",
    [
        *("gvc.sqlite3", "sqlite:", "sqlite:///", "sqlite://hush", "mysql://u:hush@db/gvc", "postgresql://"),
        *("postgresql://u:hush@db", "postgresql://u:hush@db/gvc?no_such=1", "postgresql://u:hu%sh@db/gvc"),
    ],
)
def test_bad_addresses_are_refused_without_telling_the_password(address: str) -> None:
    with pytest.raises(ConfigurationError, match=r"^DATABASE_URL .* it must be postgresql://") as raised:
        env.database({"DATABASE_URL": address}, "DATABASE_URL", BASE, DEFAULT)
    assert "hush" not in str(raised.value)


def test_a_secret_is_made_once_for_the_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    first = env.secret({}, "SECRET_KEY", file)
    assert len(first) >= 50
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert env.secret({}, "SECRET_KEY", file) == first
    assert list(tmp_path.iterdir()) == [file]


def test_the_secret_of_the_environment_comes_first(tmp_path: Path) -> None:
    assert env.secret({"SECRET_KEY": "k" * 50}, "SECRET_KEY", tmp_path / "secret") == "k" * 50
    assert not list(tmp_path.iterdir())


def test_a_secret_that_cannot_be_kept_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"^SECRET_KEY is not set and .* set SECRET_KEY to a long random text"):
        env.secret({}, "SECRET_KEY", tmp_path / "missing" / "secret")
