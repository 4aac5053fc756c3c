"""Bulk import of programmes from CSV and XLSX: dry run with a diff, all-or-nothing transaction, and undo."""
