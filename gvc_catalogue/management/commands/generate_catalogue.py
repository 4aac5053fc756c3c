"""`manage.py generate_catalogue --programmes N`: synthetic data for load tests."""

import os
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from gvc_catalogue import env
from gvc_catalogue.site import fixtures
from gvc_catalogue.site.synthetic import writer
from programmes.models import Programme


class Command(BaseCommand):
    """Command that fills an empty database with synthetic programmes, for performance measurements."""

    help = "Write synthetic programmes into the empty database that DATABASE_URL names."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--programmes", type=int, required=True, metavar="N", help="how many")
        parser.add_argument(
            "--seed", type=int, default=1, metavar="S", help="the same seed gives the same catalogue (1)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.wanted, self.written = options["programmes"], 0
        if self.wanted < 1:
            raise CommandError("At least one programme must be asked for.")
        self.refuse_all_but_an_empty_database()
        call_command("migrate", verbosity=0)
        try:
            writer.generate(self.wanted, options["seed"], self.tell)
        except writer.TooManyProgrammesError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Generated {self.wanted} programmes with seed {options['seed']}.")

    def refuse_all_but_an_empty_database(self) -> None:
        if not env.text(os.environ, "DATABASE_URL"):
            raise CommandError(
                "DATABASE_URL is not set: synthetic programmes go only into a database of their own, which it names."
            )
        has_tables = Programme._meta.db_table in connection.introspection.table_names()
        if has_tables and not fixtures.is_empty():
            raise CommandError("The database that DATABASE_URL names holds records already. Nothing was written.")

    def tell(self, number: int) -> None:
        """Add `number` to the programmes written, and show a progress bar, only on a terminal."""
        self.written += number
        if self.stdout.isatty():
            filled = 40 * self.written // self.wanted
            end = "\n" if self.written == self.wanted else "\r"
            bar = f"[{'#' * filled}{' ' * (40 - filled)}] {self.written:,} of {self.wanted:,}"
            self.stdout.write(bar, ending=end)
            self.stdout.flush()
