"""`manage.py export_site DIRECTORY`: static export of the site, which can be opened without a server."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from gvc_catalogue.site.static_export import UnansweredPageError, export


class Command(BaseCommand):
    """Command that writes all pages and data files into a new directory."""

    help = "Write the catalogue as static pages and data files into a new directory; open its index.html."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path, help="where to; must not be there yet")
        parser.add_argument("--host", default="", help="the name of the catalogue in citations (the first allowed one)")

    def handle(self, *args: Any, **options: Any) -> None:
        directory = options["directory"].resolve()
        host = options["host"] or settings.ALLOWED_HOSTS[0].lstrip(".").replace("*", "localhost")
        try:
            number = export(directory, host, self.tell)
        except FileExistsError as error:
            raise CommandError(f"{directory} is there already: choose a directory that is not.") from error
        except (UnansweredPageError, OSError) as error:
            raise CommandError(f"Nothing was exported: {error}") from error
        self.stdout.write(f"Wrote {number:,} files. Open {directory / 'index.html'}")

    def tell(self, written: int, known: int) -> None:
        """Show a progress bar of the files written, only on a terminal."""
        if self.stdout.isatty():
            filled = 40 * written // known
            end = "\n" if written == known else "\r"
            self.stdout.write(f"[{'#' * filled}{' ' * (40 - filled)}] {written:,} of {known:,}", ending=end)
            self.stdout.flush()
