"""Static files have names that change with their content, are compressed, and are kept for ever."""

from io import StringIO
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

# Once is enough: what it needs of databases it starts itself.
pytestmark = pytest.mark.only("sqlite", "it has databases of its own, of both kinds where that matters")


@pytest.mark.django_db
def test_a_file_is_hashed_compressed_and_immutable(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.INSTALLED_APPS = [app for app in settings.INSTALLED_APPS if app != "django.contrib.admin"]
    backend = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": backend}}
    call_command("collectstatic", interactive=False, stdout=StringIO())
    address = staticfiles_storage.url("css/catalogue.css")
    assert address.startswith("/static/css/catalogue.")
    assert address != "/static/css/catalogue.css"
    client = Client()
    found = client.get(address, headers={"Accept-Encoding": "gzip, br"})
    assert (found.status_code, found["Content-Encoding"]) == (200, "br")
    assert found["Cache-Control"] == "max-age=315360000, public, immutable"
    assert "Accept-Encoding" in found["Vary"]
    assert b"".join(found)  # What is not read to its end stays open.
