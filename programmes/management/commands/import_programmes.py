from pathlib import Path
from typing import IO, Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from gvc_catalogue.history.content import WorkflowError

from ...imports.apply import ImportOrder, RowsRefusedError, Summary, apply_import, preview_import
from ...imports.plan import CHANGED, NEW, REFUSED, UNCHANGED
from ...imports.undo import undo
from ...models import Receipt

# From this number of rows on, publishing is recorded as one bulk change for the search index, not row by row.
MANY = 5_000


class Command(BaseCommand):
    """Command that imports programmes from a CSV or XLSX file of any size, all rows or none, or undoes an import."""

    help = "Import programmes from a CSV (UTF-8) or XLSX file, as drafts unless --publish is given; or undo an import."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="the file, with the columns of /programmes.csv")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")
        parser.add_argument("--publish", action="store_true", help="publish at once; otherwise drafts are made")
        parser.add_argument("--reason", default="", help="why; readers see it where something is published")
        parser.add_argument("--user", default="", help="the curator whose import it is")
        parser.add_argument("--undo", type=int, metavar="RECEIPT", help="the receipt of an import to undo")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["undo"]:
                self.take_back(options)
            else:
                self.bring_in(options)
        except WorkflowError as refused:
            raise CommandError(str(refused)) from refused

    def bring_in(self, options: dict[str, Any]) -> None:
        if options["file"] is None:
            raise CommandError("Name the file to import, or by --undo the receipt of an import.")
        self.rows = self.total = 0
        try:
            with options["file"].open("rb") as file:
                if options["dry_run"]:
                    self.say(preview_import(file, self.tell))
                    return
                receipt = apply_import(file, self.order(file, options), self.tell)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        done = "published" if receipt.published else "as drafts"
        self.stdout.write(
            f"{receipt.new} new and {receipt.changed} changed programmes {done}; {receipt.unchanged} unchanged.\n"
            f"To undo it: manage.py import_programmes --undo {receipt.pk}"
        )

    def order(self, file: IO[bytes], options: dict[str, Any]) -> ImportOrder:
        """Return the order of an import after a dry run of all rows, which holds no lock. Raises RowsRefusedError."""
        by, summary = self.user(options), preview_import(file, self.tell)
        if summary.refusals:
            raise RowsRefusedError(summary)
        self.rows, self.total = 0, summary.counts.total()
        said = (options["file"].name, by, options["reason"], options["publish"])
        return ImportOrder(*said, seen=summary.digest, many=self.total >= MANY)

    def take_back(self, options: dict[str, Any]) -> None:
        receipt = Receipt.objects.filter(pk=options["undo"]).first()
        if receipt is None:
            raise CommandError(f"There is no receipt {options['undo']}.")
        for sentence in undo(receipt, self.user(options)):
            self.stdout.write(sentence)
        self.stdout.write(f"The import {receipt} is undone.")

    def user(self, options: dict[str, Any]) -> Any:
        """Return the user of the option `--user`; None without it. Raises CommandError when there is no such user."""
        if not options["user"]:
            return None
        found = get_user_model().objects.filter(username=options["user"]).first()
        if found is None:
            raise CommandError(f"There is no user “{options['user']}”.")
        return found

    def say(self, summary: Summary) -> None:
        counts = ", ".join(f"{summary.counts[kind]} {kind}" for kind in (NEW, CHANGED, UNCHANGED, REFUSED))
        self.stdout.write(f"{counts}. Nothing was written.")
        for row in summary.refusals:
            self.stdout.write(f"Row {row.number}: {' '.join(row.reasons)}")

    def tell(self, number: int) -> None:
        """Print a progress bar, if the output is a terminal."""
        self.rows += number
        if self.stdout.isatty():
            filled = 40 * self.rows // self.total if self.total else 0
            bar = f"[{'#' * filled}{' ' * (40 - filled)}] {self.rows:,} of {self.total:,} written"
            told = bar if self.total else f"{self.rows:,} rows looked through"
            self.stdout.write(told, ending="\n" if self.rows == self.total else "\r")
            self.stdout.flush()
