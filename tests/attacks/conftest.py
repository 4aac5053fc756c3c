"""The running site that is attacked: the production server on the database of the tests.

Its own processes see only what is committed, so these tests name no `db`: they run when no transaction is open, and
what they write they write for good and take away again.
"""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.conftest import load
from tests.processes import collect_static_files

from .site import Site, site


@pytest.fixture(scope="session")
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The catalogue is in the database, and the tests may use it without a transaction."""
    with django_db_blocker.unblock():
        load()
        collect_static_files()
        yield


@pytest.fixture(scope="session")
def attacked(committed: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The server as `make run` starts it; one for all tests."""
    with site(tmp_path_factory.mktemp("attacked") / "log") as running:
        yield running


@pytest.fixture(scope="session")
def behind(committed: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The server as it stands behind a proxy that takes HTTPS; who asks it from 127.0.0.1 is that proxy."""
    with site(tmp_path_factory.mktemp("behind") / "log", HTTPS="yes") as running:
        yield running
