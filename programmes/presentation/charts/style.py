"""Style of a chart's SVG file: the rules of the stylesheet's section on charts, with its colours instead of variables.

Readers of SVG files need not know custom properties: the file has the light colours, then the dark ones for those who
prefer a dark scheme.
"""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from django.conf import settings

SHEET = "static/css/catalogue.css"
SECTION = re.compile(r"/\* Charts:.*?\*/(.*?)/\* End of charts \*/", re.DOTALL)
TOKEN = re.compile(r"(--[\w-]+): ([^;]+);")
VARIABLE = re.compile(r"var\((--[\w-]+)\)")
DARK = "@media screen and (prefers-color-scheme: dark)"
SPACES = re.compile(r"\s+")


@cache
def file_style() -> str:
    """Return the rules of an SVG file in the light scheme, and for readers who prefer it in the dark one."""
    sheet = (Path(settings.BASE_DIR) / SHEET).read_text(encoding="utf-8")
    found = SECTION.search(sheet)
    if not found:
        raise LookupError(f"{SHEET} has no section “Charts”.")
    first, _, rest = sheet.partition(DARK)
    light = dict(TOKEN.findall(first))
    dark = light | dict(TOKEN.findall(rest.partition("}")[0]))
    rules = SPACES.sub(" ", found[1]).strip()
    return f"{colored(rules, light)} @media (prefers-color-scheme: dark) {{ {colored(rules, dark)} }}"


def colored(rules: str, tokens: dict[str, str]) -> str:
    """Return CSS rules with the values of custom properties."""
    return VARIABLE.sub(lambda variable: tokens[variable[1]], rules)


@cache
def style_hash() -> str:
    """Return the source expression by which a Content-Security-Policy allows the style: "'sha256-…'"."""
    digest = hashlib.sha256(file_style().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
