"""Names and sizes of modules: a reader who searches for a term finds one module, and most of them are short."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

PACKAGES = ("gvc_catalogue", "programmes", "recommendations")
# Bases of exceptions whose names do not end in Error.
BASES = ("Exception", "Http404", "ParseException", "PermissionDenied")


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for package in PACKAGES:
        for path in sorted((settings.BASE_DIR / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(settings.BASE_DIR), ast.parse(path.read_text())


def test_every_exception_ends_in_error() -> None:
    named = {
        node.name: [ast.unparse(base).rpartition(".")[2] for base in node.bases]
        for _, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    raised = {name for name, bases in named.items() if any(base.endswith(("Error", *BASES)) for base in bases)}
    assert {name for name in raised if not name.endswith("Error")} == set()
    assert "PageNotFoundError" in raised


@pytest.mark.parametrize("term", ["rate limit", "cross tabulation", "stale-if-error"])
def test_a_term_stands_in_the_first_line_of_one_module(term: str) -> None:
    firsts = {str(path): (ast.get_docstring(tree) or "").partition("\n")[0].lower() for path, tree in modules()}
    assert len([path for path, line in firsts.items() if term in line.replace("rate-limit", "rate limit")]) == 1


def test_most_modules_are_as_short_as_the_guide_for_contributors_says() -> None:
    assert "Most modules have fewer than 200 lines" in (settings.BASE_DIR / "CONTRIBUTING.md").read_text()
    long = [path for path, _ in modules() if len((settings.BASE_DIR / path).read_text().splitlines()) >= 200]
    assert len(long) < len(list(modules())) / 10
