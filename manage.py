#!/usr/bin/env python
"""Django's commands, and the catalogue's own: load_catalogue, check_catalogue."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import DatabaseError

from gvc_catalogue import preflight
from gvc_catalogue.database_check import check_databases


def main() -> None:
    """Run a command. A bad value of the environment, or a database that does not answer, ends it with one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gvc_catalogue.settings")
    preflight.run(preflight.check_files)
    if sys.argv[1:2] == ["runserver"]:  # It would show an error of its threads and go on.
        preflight.run(check_databases)
    try:
        execute_from_command_line(sys.argv)
    except DatabaseError:
        preflight.run(check_databases)
        raise


if __name__ == "__main__":
    main()
