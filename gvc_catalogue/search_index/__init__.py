"""Full-text search index: derived data that can be rebuilt from the database at any time, never the only copy."""
