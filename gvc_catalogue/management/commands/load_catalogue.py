"""`manage.py load_catalogue`: loads the fixtures into an empty database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gvc_catalogue.site import fixtures


class Command(BaseCommand):
    """Command that loads the fixtures into an empty catalogue; otherwise prints the differences and writes nothing."""

    help = "Load the fixtures into an empty catalogue; otherwise report how it differs from them and write nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="say and do nothing where the catalogue is not empty"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if fixtures.is_empty():
            self.stdout.write(f"Loaded {fixtures.load()} records.")
        elif not options["if_empty"]:
            self.report(fixtures.differences())

    def report(self, changes: list[fixtures.Change]) -> None:
        for change in changes:
            self.stdout.write(str(change))
        found = f"{len(changes)} differences from the fixtures" if changes else "no difference from the fixtures"
        self.stdout.write(f"The catalogue is not empty: {found}. Nothing was written.")
