"""What every test needs: the catalogue itself.

Each test sees the real catalogue, loaded from the fixtures once a run, in a transaction that is rolled back.
A test with `live_server` or `transactional_db` cannot have that: the server's threads see only what is committed,
and Django empties the tables afterwards. pytest-django runs these last; the fixture `catalogue`, which they name,
finds the tables empty and loads again. That takes a fraction of a second and needs nothing private of Django.
"""

from collections.abc import Iterator
from importlib import import_module
from io import StringIO
from pathlib import Path

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.template import Context, Template
from django.test import client as test_client
from django.test.signals import template_rendered
from django.test.utils import setup_databases, teardown_databases
from hypothesis.configuration import set_hypothesis_home_dir
from pytest_django import DjangoDbBlocker, Settings

from gvc_catalogue.web.wsgi_request import Utf8Request

# A slow machine is no failure, and the same tests give the same answer.
hypothesis.settings.register_profile(
    "tests", deadline=None, derandomize=True, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("tests")
set_hypothesis_home_dir(settings.VAR / "hypothesis")


# A test with none of these fixtures and no mark `django_db` cannot ask the database: pytest-django forbids it.
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "committed"}
# What stands here is about templates, the server, formats, and answers of the index, none of which knows the database.
# On either, tests/pages/test_queries.py and tests/test_nonsense.py ask for every address, and the index is held against
# the records by tests/programmes/search/test_agreement.py. The mark `both` makes exceptions.
OF_NO_DATABASE = (
    "tests/attacks/",
    "tests/formats/",
    "tests/pages/",
    "tests/programmes/exports/",
    "tests/programmes/search/test_f",
    "tests/programmes/search/test_judged.py",
    "tests/programmes/search/test_search.py",
    "tests/search_index/query/",
    "tests/search_index/storage/",
    "tests/site/test_static_export.py",
)
# These wait for programs that they start. They need no database of ours, so they may come before the tests that do.
WAITING = (
    "tests/benchmarks/",
    "tests/deploy/test_guide.py",
    "tests/deploy/test_nginx.py",
    "tests/deploy/test_upgrade.py",
    "tests/test_makefile.py",
    "tests/test_recipes.py",
    "tests/test_three_nodes.py",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out tests of the other database, and on PostgreSQL those of none: the run on SQLite has them.

    Those that wait come first: at the end one process would wait for them while the other has nothing to do.
    """
    items.sort(key=lambda item: not item.nodeid.startswith(WAITING))
    elsewhere = [item for item in items if database_of(item) not in ("", connection.vendor)]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        left_out = set(elsewhere)
        items[:] = [item for item in items if item not in left_out]


def database_of(item: pytest.Item) -> str:
    """Return the vendor of the one database that a test is run on; "" is both."""
    if only := item.get_closest_marker("only"):
        return str(only.args[0])
    if any(item.get_closest_marker(name) for name in ("both", "soak")):
        return ""
    if item.nodeid.startswith(OF_NO_DATABASE):
        return "sqlite"
    fixtures = set(getattr(item, "fixturenames", ()))
    marked = item.get_closest_marker("django_db")
    # A module that imports the connection may ask for its vendor without a query.
    imports_connection = hasattr(getattr(item, "module", None), "connection")
    return "" if marked or imports_connection or fixtures & DATABASE_FIXTURES else "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file rather than in memory: there all threads of the server would share one connection."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Always a database of the tests' own: pytest-django makes none for those that name no `db`, as attacks do."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
        load()
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


def load() -> None:
    """The catalogue, and the groups of curators, which go with the tables that Django empties."""
    call_command("load_catalogue", "--if-empty", stdout=StringIO())
    if not Group.objects.exists():
        import_module("programmes.migrations.0005_roles").make_roles(apps, None)


@pytest.fixture
def catalogue(db: None) -> None:
    """The catalogue as published. With `live_server` it must be named, elsewhere it may be."""
    load()


@pytest.fixture(scope="session")
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The catalogue for all tests that name no `db`: they run last, without a transaction, and leave it as it is."""
    with django_db_blocker.unblock():
        load()
        yield


@pytest.fixture
def empty_catalogue(db: None) -> None:
    """A catalogue without a record, for tests of loading."""
    # What points to others goes first.
    for app in ("programmes", "recommendations"):
        for model in reversed(list(apps.get_app_config(app).get_models())):
            model._default_manager.all().delete()


@pytest.fixture(autouse=True)
def plain_static_files(settings: Settings) -> None:
    """Addresses of static files as they stand: tests need no collectstatic."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(autouse=True)
def places_enough(settings: Settings) -> None:
    """A test that asks for a download and does not read it holds a place, which no server's close gives back."""
    settings.WEB_THREADS = 64


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> None:
    settings.PASSWORD_HASHERS = ["tests.hasher.QuickHasher"]


@pytest.fixture(scope="session", autouse=True)
def told_of_whole_pages_only(django_test_environment: None) -> None:
    """The test client copies whatever a template was given: of all components of a page that takes half of the time."""
    setattr(Template, "_render", tell_and_render)  # noqa: B010 (its types do not name it)


def tell_and_render(template: Template, context: Context) -> str:
    if context.template is template:
        template_rendered.send(sender=template, template=template, context=context)
    return str(template.nodelist.render(context))


@pytest.fixture(scope="session", autouse=True)
def requests_of_the_server() -> None:
    """Django's test client and request factory name the class of their requests; it is to be that of the server."""
    setattr(test_client, "WSGIRequest", Utf8Request)  # noqa: B010 (its types do not name it)


@pytest.fixture(scope="session", autouse=True)
def index_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each process of the tests keeps its index apart from that of the installation."""
    settings.INDEX_DIR = tmp_path_factory.mktemp("index")


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return Path(settings.BASE_DIR)
