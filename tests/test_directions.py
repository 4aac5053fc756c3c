"""From floor to roof: no module imports from a floor above its own, and none imports inside a function."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

FLOORS = ["gvc_catalogue.lib", "recommendations", "programmes", "gvc_catalogue"]


def floor(module: str) -> int | None:
    """Which floor a module stands on; None for what is not ours."""
    return next((i for i, name in enumerate(FLOORS) if f"{module}.".startswith(f"{name}.")), None)


def imported(tree: ast.Module, module: str, is_package: bool) -> Iterator[tuple[int, str]]:
    """Line and full name of what a module imports. Of `from a import b`, both a and a.b, as b may be a module."""
    package = module.split(".") if is_package else module.split(".")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            near = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*near, *filter(None, [node.module])])
            yield node.lineno, origin
            yield from ((node.lineno, f"{origin}.{alias.name}") for alias in node.names)


def upward(source: str, module: str, is_package: bool = False) -> list[str]:
    """The imports of a module from floors above its own."""
    own = floor(module)
    assert own is not None
    found = set(imported(ast.parse(source), module, is_package))
    # `from gvc_catalogue import lib` names the roof only on the way to the floor.
    down_to_lib = {line for line, name in found if floor(name) == 0}
    return [
        f"{module}:{line} imports {name}"
        for line, name in sorted(found)
        if (floor(name) or 0) > own and not (name == "gvc_catalogue" and line in down_to_lib)
    ]


def inside_functions(source: str, module: str) -> list[str]:
    return [
        f"{module}:{node.lineno} imports inside {function.name}"
        for function in ast.walk(ast.parse(source))
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef))
        for node in ast.walk(function)
        if isinstance(node, (ast.Import, ast.ImportFrom))
    ]


def modules(root: Path) -> Iterator[tuple[str, Path]]:
    for folder in ("gvc_catalogue", "recommendations", "programmes"):
        for path in sorted((root / folder).rglob("*.py")):
            yield ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"), path


@pytest.mark.parametrize(
    ("module", "source", "allowed"),
    [
        ("recommendations.models", "from gvc_catalogue.lib import fields", True),
        ("recommendations.models", "from gvc_catalogue import lib", True),
        ("recommendations.models", "from gvc_catalogue import loading", False),
        ("recommendations.models", "import gvc_catalogue.env", False),
        ("recommendations.models", "from programmes.models import Example", False),
        ("recommendations.models", "from . import querysets", True),
        ("programmes.views.detail", "from ..models import Programme", True),
        ("programmes.views.detail", "from recommendations.models import Category", True),
        ("gvc_catalogue.lib.facets", "from .. import env", False),
        ("gvc_catalogue.lib.facets", "from .querystring import query", True),
        ("gvc_catalogue.urls", "from programmes import views", True),
    ],
)
def test_what_counts_as_upward(module: str, source: str, allowed: bool) -> None:
    assert (not upward(source, module)) is allowed


def test_no_floor_imports_the_one_above(root: Path) -> None:
    found = [upward(path.read_text(), name, path.name == "__init__.py") for name, path in modules(root)]
    assert len(found) > 10
    assert [line for lines in found for line in lines] == []


def test_nothing_is_imported_inside_a_function(root: Path) -> None:
    assert [line for name, path in modules(root) for line in inside_functions(path.read_text(), name)] == []
