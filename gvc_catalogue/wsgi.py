"""What the server imports: see gunicorn.conf.py."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gvc_catalogue.settings")

application = get_wsgi_application()
