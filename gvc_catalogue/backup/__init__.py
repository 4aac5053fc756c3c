"""Backup and restore of the whole database as one file: `manage.py backup` and `manage.py restore`.

Both work on SQLite and PostgreSQL, and a file of one database can be restored into the other. `tables.py` selects the
tables, `serialise.py` converts rows to JSON and back, `archive.py` defines the file format, `bulk_insert.py` inserts
rows, `sequences.py` keeps the counters of primary keys, `content_types.py` maps the primary keys of content types and
permissions, `migration_state.py` checks that database and file are compatible. `dump.py` writes a backup, `restore.py`
restores one.
"""

from .archive import DamagedBackupError
from .dump import Written, write
from .migration_state import NotReadyError
from .restore import Restored, restore

__all__ = ["DamagedBackupError", "NotReadyError", "Restored", "Written", "restore", "write"]
