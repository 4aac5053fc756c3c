"""WSGI application, imported by the server: see gunicorn.conf.py."""

import os

import django

from gvc_catalogue.web.wsgi_request import Utf8Handler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gvc_catalogue.settings")

django.setup(set_prefix=False)
application = Utf8Handler()
