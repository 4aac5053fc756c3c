"""Audit log of records: versions before and after each change with user and reason, word diffs and restoring."""
