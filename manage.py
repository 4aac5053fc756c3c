#!/usr/bin/env python
"""Django's commands, and the catalogue's own: load_catalogue, check_catalogue."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gvc_catalogue.settings")
    execute_from_command_line(sys.argv)
