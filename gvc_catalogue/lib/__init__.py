"""The ground floor: pure helpers that know no model and no app."""
