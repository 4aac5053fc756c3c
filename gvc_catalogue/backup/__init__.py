"""The whole catalogue as one file, and back: `manage.py backup` and `manage.py restore`, on either database.

`tables.py` says what goes in, `values.py` how a row is written down, `file.py` how the file is made and read,
`rows.py` how rows are put back, `sequences.py` which number comes next, `numbering.py` what Django numbers anew,
`states.py` whether a database and a file fit; `writing.py` and `restoring.py` put them together.
"""

from .archive import DamagedBackupError
from .dump import Written, write
from .migration_state import NotReadyError
from .restore import Restored, restore

__all__ = ["DamagedBackupError", "NotReadyError", "Restored", "Written", "restore", "write"]
