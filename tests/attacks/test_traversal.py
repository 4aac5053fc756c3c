"""No address reaches a file that is not given out."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from gvc_catalogue.site.static_export import UnansweredPageError, file_of, inside, static
from programmes.models import Country, Example, Organisation, Programme, Source
from tests.factories import make_example, make_programme

from .planted import plant
from .site import Site

UP = [
    *(
        "..",
        "%2e%2e",
        "%2e.",
        ".%2e",
        "%252e%252e",
        "..%00",
        "..\\",
        "..%5c",
        "....//",
        "%c0%ae%c0%ae",
        "..;",
        "%uff0e%uff0e",
    ),
]
FILES = [
    "gvc_catalogue/settings.py",
    "var/secret_key",
    "var/catalogue.sqlite3",
    "etc/passwd",
    ".git/config",
    "manage.py",
]
SECRETS = ("root:x:", "SECRET_KEY", "SQLite format", "[core]", "DJANGO_SETTINGS_MODULE")


@pytest.mark.parametrize("up", UP)
def test_nothing_above_the_static_files_can_be_read(up: str, attacked: Site) -> None:
    for file in FILES:
        for depth in (1, 2, 3, 8):
            for stroke in ("/", "%2f", "%5c"):
                for start in ("/static/", "/static/css/", "/", "/programmes/"):
                    answer = attacked.ask(f"{start}{(up + stroke) * depth}{file}")
                    assert answer.status in (301, 400, 404), (start, up, stroke, file)
                    assert not [secret for secret in SECRETS if secret in answer.text]


@pytest.mark.parametrize(
    "path",
    [
        *("/.git/config", "/.env", "/var/secret_key", "/static//etc/passwd", "/static/%00", "/static/.", "/static/"),
        *("/file:///etc/passwd", "/static/staticfiles.json/..", "/gvc_catalogue/settings.py", "/requirements.txt"),
    ],
)
def test_nothing_beside_them_can_be_read(path: str, attacked: Site) -> None:
    answer = attacked.ask(path)
    assert answer.status in (301, 400, 404)
    assert not [secret for secret in SECRETS if secret in answer.text]


@pytest.mark.django_db
def test_an_export_of_hostile_records_stays_in_its_folder(tmp_path: Path) -> None:
    # The catalogue itself is exported in tests/site/test_static_export.py.
    for model in (Example, Programme, Organisation, Country):
        model._default_manager.all().delete()
    plant()
    make_programme("up", name="../../../up", countries=[])
    source = Source.objects.create(title="../up", url="/static//etc/passwd", date="2010-01-01")
    make_example("2.1", make_programme("static"), source=source)
    call_command("export_site", str(tmp_path / "a" / "site"), stdout=io.StringIO())
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["site"]
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(written) > 250
    assert not [path for path in written if b"root:x:" in path.read_bytes()]


@pytest.mark.parametrize("name", ["../up", "/etc/passwd", "a/../../up", "..", "a/b/../../../c"])
def test_a_name_that_leads_out_of_a_folder_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnansweredPageError, match="outside"):
        inside(tmp_path, name)
    with pytest.raises(UnansweredPageError):
        static(f"/static/{name}")


@pytest.mark.parametrize(
    "address", ["/programmes/?q=../../up", "/programmes/?q=%2e%2e%2fup", "/programmes/?country=/etc/passwd"]
)
def test_a_query_becomes_a_file_of_the_folder(address: str, tmp_path: Path) -> None:
    assert inside(tmp_path, file_of(address)).parent == tmp_path / "programmes"
