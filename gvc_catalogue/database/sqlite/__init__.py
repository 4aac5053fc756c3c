"""Database backend: Django's SQLite backend with private files."""
