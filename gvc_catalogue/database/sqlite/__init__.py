"""Database backend: Django's SQLite with private files."""
