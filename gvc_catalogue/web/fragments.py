"""Template fragment compilation: a component repeated on a page is rendered once with placeholders, then filled.

Django takes some 300 microseconds to render a component with its conditions; filling placeholders takes two. The markup
stays in the template alone. A template may use its variables in four ways: print them, test whether they are empty,
include other components with them, and pass a list to `each`.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

# Unicode private use characters: no text contains them, and Django does not escape them.
PLACEHOLDERS = re.compile("\ue000(.*?)\ue001(?:(.*?)\ue002)?")


class Placeholder(str):
    """Placeholder of a variable while a component is compiled."""

    @classmethod
    def of(cls, name: str) -> "Placeholder":
        """Return the placeholder of a variable; a template can only print it or test that it is not empty."""
        return cls(f"\ue000{name}\ue001")

    def each(self, template: str) -> SafeString:
        """Return the placeholder of a list that is passed to `each`; `template` renders its items."""
        return mark_safe(f"{self}{template}\ue002")  # noqa: S308 (names of ours)


class CompiledFragment(NamedTuple):
    """Compiled component: `markup` has %s at each placeholder.

    `holes` has for each placeholder, in order, its variable and the template of a list's items ("" if it is no list).
    """

    markup: str
    holes: list[tuple[str, str]]

    def fill(self, values: Mapping[str, Any]) -> str:
        """Return the HTML of the component with these values, escaped unless they are safe."""
        return self.markup % tuple(
            [
                render_each(template, values[name]) if template else escaped(values[name])
                for name, template in self.holes
            ]
        )


def render_each(template: str, items: Iterable[Any], **common: Any) -> SafeString:
    """Return the HTML of the component for each item, concatenated.

    An item is a mapping or a dataclass. Its keys or fields are the variables, with those of `common`; the item's values
    win. A value is escaped unless it is safe. The number 0 counts as empty.
    """
    if isinstance(items, Placeholder):
        return items.each(template)
    parts, known = [], {}
    for item in items:
        values = item if isinstance(item, Mapping) else vars(item)
        values = {**common, **values} if common else values
        filled = tuple([name for name, value in values.items() if value])
        if filled not in known:  # With thousands of items, an lru_cache lookup for each would double the time.
            known[filled] = pattern(template, filled)
        parts.append(known[filled].fill(values))
    if settings.DEBUG:
        pattern.cache_clear()
    return mark_safe("".join(parts))  # noqa: S308 (every value was escaped)


def escaped(value: Any) -> str:
    """Return a value escaped for HTML, like Django's conditional_escape but without its three wrappers."""
    if isinstance(value, SafeString):
        return value
    return str(value) if isinstance(value, int) else escape(str(value))


@lru_cache(maxsize=1_000)
def pattern(template: str, filled: tuple[str, ...]) -> CompiledFragment:
    """Return a component compiled for the case that these variables are not empty and all others are."""
    text = render_to_string(template, {name: Placeholder.of(name) for name in filled})
    return CompiledFragment(PLACEHOLDERS.sub("%s", text.replace("%", "%%")), PLACEHOLDERS.findall(text))
