"""Management command `manage.py rebuild_index`: builds the search index again from the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gvc_catalogue.search_index.sync.refresh import INDEXES


class Command(BaseCommand):
    """Build every search index of this node again."""

    help = "Build the text index anew from the database. Readers are served by the old one meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--unless-running", action="store_true", help="Do nothing when it is being built already.")

        parser.add_argument("--if-missing", action="store_true", help="Do nothing when there is one already.")

    def handle(self, *args: Any, **options: Any) -> None:
        for index in INDEXES:
            if options["if_missing"] and index.exists():
                continue
            try:
                total = index.rebuild(self.bar(index.subject.count()), wait=not options["unless_running"])
            except BlockingIOError:
                self.stdout.write("The index is being built already.")
            else:
                self.stdout.write(f"Indexed {total:,} entries.")

    def bar(self, total: int) -> Any:
        """Return a progress bar: a function of the number of entries so far; None when the output is no terminal."""
        if not self.stdout.isatty():
            return None

        def show(number: int) -> None:
            share = number / max(1, total)
            self.stdout.write(f"\r{'#' * int(40 * share):40} {number:,} of {total:,}", ending="")
            self.stdout.flush()

        return show
