"""`manage.py restore FILE`: restore of a backup into a newly migrated database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gvc_catalogue.backup import DamagedBackupError, NotReadyError, restore
from gvc_catalogue.management.progress import bars


class Command(BaseCommand):
    """Command that checks a backup to its last byte and restores it atomically into an empty database."""

    help = "Put a file of `manage.py backup` into a database that has just been migrated, on SQLite or PostgreSQL."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the backup")

    def handle(self, *args: Any, **options: Any) -> None:
        file = options["file"].resolve()
        try:
            found = restore(file, bars(self.stdout))
        except (DamagedBackupError, NotReadyError) as error:
            raise CommandError(f"{error} Nothing was restored.") from error
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}. Nothing was restored.") from error
        self.stdout.write(
            f"Restored {sum(found.header.counts.values()):,} rows of {len(found.header.counts)} tables, as they were "
            f"at {found.header.made} on {found.header.database}.\n"
            f"SHA-256 of the content: {found.sha256}\n"
            "The index of each node is built by the first who asks; or type: manage.py rebuild_index"
        )
