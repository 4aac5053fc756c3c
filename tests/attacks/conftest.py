"""The running site that is attacked: the production server on the database of the tests.

Its own processes see only what is committed, so these tests name no `db`: they run when no transaction is open, and
what they write they write for good and take away again.
"""

from collections.abc import Iterator

import pytest

from tests.processes import collect_static_files

from .site import Site, site


@pytest.fixture(scope="session")
def collected(committed: None) -> None:
    """The static files have the names that the pages of the server need."""
    collect_static_files()


@pytest.fixture(scope="session")
def attacked(collected: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The server as `make run` starts it; one for all tests."""
    with site(tmp_path_factory.mktemp("attacked") / "log") as running:
        yield running


@pytest.fixture(scope="session")
def behind(collected: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The server as it stands behind a proxy that takes HTTPS; who asks it from 127.0.0.1 is that proxy."""
    with site(tmp_path_factory.mktemp("behind") / "log", HTTPS="yes") as running:
        yield running
