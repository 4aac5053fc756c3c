"""`manage.py backup FILE`: backup of the whole database into one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gvc_catalogue.backup import NotReadyError, write
from gvc_catalogue.management.progress import bar


class Command(BaseCommand):
    """Command that writes all records, users and groups into a new file, as one snapshot, while the site is running."""

    help = "Write the whole database into a new file, which `manage.py restore` reads, on SQLite or PostgreSQL."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="where to; must not be there yet. It holds hashes of passwords")

    def handle(self, *args: Any, **options: Any) -> None:
        file = options["file"].resolve()
        try:
            found = write(file, bar(self.stdout, "Writing"))
        except FileExistsError as error:
            raise CommandError(f"{file} is there already: choose a name that is not. Nothing was written.") from error
        except NotReadyError as error:
            raise CommandError(f"{error} Nothing was written.") from error
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        self.stdout.write(
            f"Wrote {found.rows:,} rows of {found.tables} tables, {file.stat().st_size:,} bytes, to {file}\n"
            f"SHA-256 of the content: {found.sha256}"
        )
