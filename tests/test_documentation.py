"""The documentation agrees with the tree: paths, names, links, make targets, variables, dependencies, tests."""

import ast
import re
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

DOCUMENTS = ["README.md", "CONTRIBUTING.md"]
GUIDES = [f"docs/{name}.md" for name in ("architecture", "configuration", "data-and-exports", "api", "curating")]
GUIDES += [f"docs/{name}.md" for name in ("deployment", "security", "dependencies")]
GUIDES += ["templates/components/README.md", "tests/benchmarks/README.md"]
# A file or folder in backticks; one that begins with a slash is an address of the website.
PATH = re.compile(r"`((?:[\w.-]+/)+[\w.-]*|[\w.-]+\.(?:md|py|toml|txt))`")
GENERATED = (".venv/", "var/")
# `name` in `module.py`, `name` (`module.py`), `name` and `name` in `module.py`
NAMED_IN = re.compile(r"((?:`\w+`(?:,|,? and)\s)*`\w+`)\s(?:in\s|\()`([\w/]+\.py)`")
TARGET = re.compile(r"(?:^|`)(?:[A-Z_]+=\S+ )*make ([a-z]+)", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#:]*)(?:#([^)]*))?\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
CONTEXT_VARIABLE = re.compile(r"^\w+: ContextVar", re.MULTILINE)
SET_ON_A_REQUEST = re.compile(r"\brequest\.(__dict__|\w+(?= = ))")
# Folders that Django requires.
OF_DJANGO = ("migrations", "management", "templatetags")
# A home or work folder, a host of packages.
OF_A_MACHINE = re.compile(r"(?<![\w.*-])/(?:home|root|work|Users)/\w|pypi\.org|python[h]osted\.org|npmjs\.(?:org|com)")
# Their own docstring says what all their functions do.
SAID_BY_THE_MODULE = [
    "gvc_catalogue/env.py",
    "gvc_catalogue/site/views/errors.py",
    "gvc_catalogue/site/component_samples.py",
]
# What Django asks us to declare.
DECLARATIONS = ("admin", "apps")


def text_of(root: Path, *names: str) -> str:
    return "\n".join((root / name).read_text(encoding="utf-8") for name in names)


def tracked(root: Path) -> list[Path]:
    """The files that git knows and that are there."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    names = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout.split("\0")
    return [root / name for name in names if name and (root / name).is_file()]


def anchors(text: str) -> set[str]:
    """The fragments by which GitHub links to the headings of a Markdown text."""
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in HEADING.findall(text)}


@pytest.mark.parametrize("name", [*DOCUMENTS, *GUIDES])
def test_every_path_that_is_named_exists(root: Path, name: str) -> None:
    paths = {path for path in PATH.findall(text_of(root, name)) if not path.startswith(GENERATED)}
    assert len(paths) > (10 if name in DOCUMENTS else 0)
    beside = (root / name).parent
    assert [path for path in sorted(paths) if not (root / path).exists() and not (beside / path).exists()] == []


@pytest.mark.parametrize("name", [*DOCUMENTS, *GUIDES])
def test_every_name_stands_in_the_module_that_is_given_for_it(root: Path, name: str) -> None:
    named = [
        (symbol, path)
        for symbols, path in NAMED_IN.findall(text_of(root, name))
        for symbol in re.findall(r"\w+", symbols.replace(" and", ""))
    ]
    assert named or name not in DOCUMENTS
    absent = [
        (symbol, path)
        for symbol, path in named
        if not re.search(rf"^ *(?:(?:class|def) {symbol}\b|(?:\w+, )*{symbol}\b.*=)", text_of(root, path), re.MULTILINE)
    ]
    assert absent == []


def test_the_readme_names_every_package(root: Path) -> None:
    text = text_of(root, "README.md")
    packages = [
        str(folder.parent.relative_to(root))
        for app in ("gvc_catalogue", "recommendations", "programmes")
        for folder in sorted((root / app).glob("*/__init__.py"))
        if folder.parent.name not in OF_DJANGO
    ]
    assert len(packages) > 15
    assert [package for package in packages if f"`{package}/" not in text] == []


def test_every_context_variable_is_explained(root: Path) -> None:
    section = text_of(root, "docs/architecture.md").partition("## Context variables\n")[2].partition("\n## ")[0]
    modules = {
        str(path.relative_to(root)): len(CONTEXT_VARIABLE.findall(path.read_text("utf-8")))
        for app in ("gvc_catalogue", "recommendations", "programmes")
        for path in (root / app).rglob("*.py")
    }
    explained = re.findall(r"^\| .+ \| `([\w/]+\.py)` \| .+ \|$", section, re.MULTILINE)
    assert {name: number for name, number in modules.items() if number} == Counter(explained)


def test_a_request_carries_nothing_but_attributes_of_django(root: Path) -> None:
    found = {
        name
        for app in ("gvc_catalogue", "recommendations", "programmes")
        for path in (root / app).rglob("*.py")
        for name in SET_ON_A_REQUEST.findall(path.read_text("utf-8"))
    }
    assert found == {"user", "POST"}


def test_relative_links_lead_somewhere(root: Path) -> None:
    links = [
        (file, file.parent / link if link else file, anchor)
        for file in tracked(root)
        if file.suffix == ".md"
        for link, anchor in LINK.findall(file.read_text("utf-8"))
    ]
    assert links
    assert [(file.name, str(to)) for file, to, _ in links if not to.exists()] == []
    within = [(file.name, to, anchor) for file, to, anchor in links if anchor and to.suffix == ".md"]
    assert within
    assert [(name, anchor) for name, to, anchor in within if anchor not in anchors(to.read_text("utf-8"))] == []


def test_the_documents_and_the_makefile_name_the_same_targets(root: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):.*##", text_of(root, "Makefile"), re.MULTILINE))
    assert set(TARGET.findall(text_of(root, *DOCUMENTS))) == targets
    assert set(TARGET.findall(text_of(root, "CONTRIBUTING.md"))) == targets


def test_every_variable_of_the_environment_is_explained(root: Path) -> None:
    code = text_of(root, "gvc_catalogue/configuration.py")
    read = set(re.findall(r'environ, "(\w+)"', code))
    assert {"SECRET_KEY", "PORT"} <= read
    assert read == set(re.findall(r"^\| `([A-Z_]+)` \|", text_of(root, "docs/configuration.md"), re.MULTILINE))


def test_every_dependency_has_a_reason_and_a_licence(root: Path) -> None:
    project = tomllib.loads(text_of(root, "pyproject.toml"))["project"]
    named = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    explained = re.findall(r"^\| `([^`]+)` \| .+ \| .+ \|$", text_of(root, "docs/dependencies.md"), re.MULTILINE)
    assert sorted(explained) == sorted(re.split("[<>=~! ]", dependency)[0] for dependency in named)


def test_nothing_names_a_machine_or_a_registry(root: Path) -> None:
    files = [(file, file.read_text("utf-8", errors="replace")) for file in tracked(root)]
    assert [(file.name, found[0]) for file, text in files if (found := OF_A_MACHINE.search(text))] == []


def public(tree: ast.Module) -> Iterator[ast.ClassDef | ast.FunctionDef]:
    """The classes and functions at the top of a module; a function of one statement says itself."""
    for node in tree.body:
        says_itself = isinstance(node, ast.FunctionDef) and len(node.body) == 1
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_") and not says_itself:
            yield node


def test_public_classes_and_functions_have_docstrings(root: Path) -> None:
    without = [
        f"{name}: {node.name}"
        for app in ("gvc_catalogue", "recommendations", "programmes")
        for path in sorted((root / app).rglob("*.py"))
        if (name := str(path.relative_to(root))) not in SAID_BY_THE_MODULE
        and not {path.stem, path.parent.name} & {*DECLARATIONS, "migrations"}
        for node in public(ast.parse(path.read_text(encoding="utf-8")))
        if not ast.get_docstring(node)
    ]
    assert without == []


NAMED_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_every_threat_names_tests_that_exist(root: Path) -> None:
    lines = text_of(root, "docs/security.md").splitlines()
    named = {found for line in lines for found in NAMED_TEST.findall(line)}
    assert len(named) > 40
    assert [name for name in sorted(named) if f"def {name[1]}(" not in (root / name[0]).read_text("utf-8")] == []
    rows = [line for line in lines if line.startswith("| ") and not line.startswith("| threat")]
    assert [row for row in rows if not NAMED_TEST.search(row)] == []
