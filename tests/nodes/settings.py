"""The settings of a node: those of an installation, but that its static files need not be collected before."""

from gvc_catalogue.settings import *  # noqa: F403
from gvc_catalogue.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
