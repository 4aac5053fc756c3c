"""Components that stand on a page many times: rendered once with holes, and the holes filled for each.

Django takes some 300 microseconds for a component with its conditions; filling holes takes two. The template stays
the one place where the markup is. What it may do with its variables: print them, ask whether they are empty, include
other components with them, and give a list to `each`.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

# Characters for private use: no text has them, and Django prints them as they are.
PLACEHOLDERS = re.compile("\ue000(.*?)\ue001(?:(.*?)\ue002)?")


class Placeholder(str):
    """Stands for a variable while a component is rendered for the first time."""

    @classmethod
    def of(cls, name: str) -> "Placeholder":
        """Return the hole of a variable; nothing can be read from it but that it is there."""
        return cls(f"\ue000{name}\ue001")

    def each(self, template: str) -> SafeString:
        """Return the hole of a list that is given to `each`."""
        return mark_safe(f"{self}{template}\ue002")  # noqa: S308 (names of ours)


class CompiledFragment(NamedTuple):
    """A component's markup with %s in place of each hole; for each hole its variable, and the component of a list."""

    markup: str
    holes: list[tuple[str, str]]

    def fill(self, values: Mapping[str, Any]) -> str:
        """Return the component with these values."""
        return self.markup % tuple(
            [
                render_each(template, values[name]) if template else escaped(values[name])
                for name, template in self.holes
            ]
        )


def render_each(template: str, items: Iterable[Any], **common: Any) -> SafeString:
    """Return the component once for each item, whose variables are its keys or fields, and `common`.

    An item is a mapping or a dataclass; a value is escaped unless it is safe. A number 0 counts as empty.
    """
    if isinstance(items, Placeholder):
        return items.each(template)
    parts, known = [], {}
    for item in items:
        values = item if isinstance(item, Mapping) else vars(item)
        values = {**common, **values} if common else values
        filled = tuple([name for name, value in values.items() if value])
        if filled not in known:  # There are thousands of items: asking the cache for each would take as long again.
            known[filled] = pattern(template, filled)
        parts.append(known[filled].fill(values))
    if settings.DEBUG:
        pattern.cache_clear()
    return mark_safe("".join(parts))  # noqa: S308 (every value was escaped)


def escaped(value: Any) -> str:
    """Return a value as it is printed; as Django's conditional_escape does, without its three wrappers."""
    if isinstance(value, SafeString):
        return value
    return str(value) if isinstance(value, int) else escape(str(value))


@lru_cache(maxsize=1_000)
def pattern(template: str, filled: tuple[str, ...]) -> CompiledFragment:
    """Return a component as it is when these of its variables are filled, and the others empty."""
    text = render_to_string(template, {name: Placeholder.of(name) for name in filled})
    return CompiledFragment(PLACEHOLDERS.sub("%s", text.replace("%", "%%")), PLACEHOLDERS.findall(text))
