"""The catalogue's own settings, with the two floors beside its pages: the same server, workers and middleware."""

from gvc_catalogue.settings import *  # noqa: F403
from gvc_catalogue.settings import BASE_DIR, STATIC_ROOT, STORAGES, TEMPLATES

ROOT_URLCONF = "tests.benchmarks.urls"
TEMPLATES = [TEMPLATES[0] | {"DIRS": [BASE_DIR / "templates", BASE_DIR / "tests/benchmarks/templates"]}]

# `make bench` collects them first; the smoke test takes them as they stand.
if not (STATIC_ROOT / "staticfiles.json").exists():
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
