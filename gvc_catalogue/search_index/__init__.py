"""The search index: derived from the database, rebuilt from it at any time, never the only place of anything."""
