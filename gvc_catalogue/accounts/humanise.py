"""Durations in words, rounded up."""

UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def duration_in_words(seconds: int) -> str:
    """Return a waiting time in its largest unit, rounded up, at least 1: "15 minutes", "1 second"."""
    name, size = next((unit for unit in UNITS if seconds >= unit[1]), UNITS[-1])
    number = max(1, -(-seconds // size))
    return f"{number} {name}{'' if number == 1 else 's'}"
