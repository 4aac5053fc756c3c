"""Logging: JSON lines, each with the id of its request and without personal data."""
