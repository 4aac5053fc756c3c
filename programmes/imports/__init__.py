"""Programmes out of tables: read, compared with what there is, carried out whole or not at all, and undone."""
