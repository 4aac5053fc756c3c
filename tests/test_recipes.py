"""The recipes of CONTRIBUTING.md for a field and a facet, followed word for word in a copy of the project.

Their diffs are applied; nothing else is edited. What the recipes promise is then asked of the copy.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .processes import BASIC
from .test_documentation import tracked

pytestmark = pytest.mark.only("sqlite", "the copy has a database of its own")
RECIPES = ("## To add a facet", "## To add a field")
DIFF = re.compile(r"```diff (\S+)\n(.*?)\n *```", re.DOTALL)
# Run by `manage.py shell` in the copy. What is noted is printed as JSON.
ASKED = """
import csv, io, json
from django.test import Client
from openpyxl import load_workbook
from programmes.admin.programme import ProgrammeAdmin
from programmes.admin.programme_draft import ProgrammeDraftAdmin
from gvc_catalogue.formats.table_reader import Row
from programmes.imports.columns import IMPORTED
from programmes.imports.plan import plan
from programmes.models import Organisation, Programme
from programmes.editing.preview import draft_record
from programmes.editing.workflow import begin
from django.contrib.auth.models import User

client = Client(headers={"host": "localhost"})
whole = lambda address: b"".join(client.get(address))
programme = Programme.objects.get(slug="covisint")
programme.funding = "Ministry of Trade"
programme.save()
programme.partners.add(Organisation.objects.create(name="A partner", kind="company"))
curator = User.objects.create(username="curator")
sheets = load_workbook(io.BytesIO(whole("/programmes.xlsx?partner=company")))
openapi = client.get("/api/v1/openapi.json").json()
narrowed = client.get("/programmes.json?partner=company").json()
print(json.dumps({
    "json": client.get("/programmes/covisint.json").json()["funding"],
    "csv": next(csv.reader(io.StringIO(whole("/programmes.csv").decode("utf-8-sig")))),
    "row": next(row["funding"] for row in csv.DictReader(io.StringIO(whole("/programmes.csv").decode("utf-8-sig")))
        if row["slug"] == "covisint"),
    "xlsx": list(next(sheets["Records"].values)),
    "heading": dict(sheets["About"].values)["Query"],
    "schema": openapi["components"]["schemas"]["Programme"]["properties"]["funding"],
    "asked": openapi["components"]["schemas"]["Query"]["properties"]["partner"],
    "parameters": [one.get("name") for one in openapi["paths"]["/api/v1/programmes"]["get"]["parameters"]],
    "draft": draft_record(begin(programme, curator))["funding"],
    "imported": [row.content["funding"] for rows in ({"funding": "A levy"}, {"name": "Another name"})
        for row in next(plan([Row(2, {"slug": "covisint"} | rows)]))],
    "forms": [ProgrammeAdmin.fields, ProgrammeDraftAdmin.said, list(IMPORTED)],
    "counts": {one["value"]: one["count"] for one in client.get("/programmes.json").json()["facets"]["partner"]},
    "narrowed": [narrowed["count"], narrowed["query"]["partner"]],
    "companies": Programme.objects.filter(partners__kind="company").distinct().count(),
    "unknown": client.get("/programmes.json?partner=moon").json()["detail"],
}))
"""


def diffs(text: str) -> list[tuple[str, str, str]]:
    """Each diff of the recipes: its file, the lines that stand there, and the lines that shall."""
    found = []
    for recipe in RECIPES:
        section = text.partition(f"{recipe}\n")[2].partition("\n## ")[0]
        for path, block in DIFF.findall(section):
            lines = [line[3:] for line in block.splitlines()]
            before = "\n".join(line[1:] for line in lines if line[:1] != "+")
            found.append((path, before, "\n".join(line[1:] for line in lines if line[:1] != "-")))
    return found


def run(folder: Path, *arguments: str) -> str:
    environment = {"DATABASE_URL": f"sqlite:///{folder}/copy.sqlite3", "INDEX_DIR": f"{folder}/index"}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=BASIC | {"SECRET_KEY": "x" * 50, "PYTHONDONTWRITEBYTECODE": "1"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def copy(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which both recipes were followed, migrated and loaded."""
    folder = tmp_path_factory.mktemp("recipes")
    for file in tracked(root):
        (folder / file.relative_to(root)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, folder / file.relative_to(root))
    for path, before, after in diffs((root / "CONTRIBUTING.md").read_text("utf-8")):
        text = (folder / path).read_text("utf-8")
        assert text.count(before) == 1, f"CONTRIBUTING.md changes what does not stand in {path}:\n{before}"
        (folder / path).write_text(text.replace(before, after), "utf-8")
    run(folder, "manage.py", "makemigrations", "programmes", "--name", "funding")
    run(folder, "manage.py", "migrate", "-v0")
    run(folder, "manage.py", "load_catalogue")
    return folder


@pytest.fixture(scope="module")
def seen(copy: Path) -> dict[str, Any]:
    """What the copy shows of the new field and facet."""
    found: dict[str, Any] = json.loads(run(copy, "manage.py", "shell", "-v0", "-c", ASKED).splitlines()[-1])
    return found


def test_a_recipe_touches_five_files_at_most(root: Path) -> None:
    text = (root / "CONTRIBUTING.md").read_text("utf-8")
    for recipe in RECIPES:
        section = text.partition(f"{recipe}\n")[2].partition("\n## ")[0]
        files = {path for path, _ in DIFF.findall(section)}
        assert 3 <= len(files) + len(re.findall(r"makemigrations`", section)) <= 5


def test_a_field_of_the_recipe_is_everywhere(seen: dict[str, Any]) -> None:
    assert seen["json"] == seen["row"] == seen["draft"] == "Ministry of Trade"
    assert seen["csv"] == seen["xlsx"]
    assert seen["csv"][-3:] == ["beneficiaries", "beneficiary_labels", "funding"]
    assert seen["schema"] == {"type": "string"}
    assert seen["imported"] == ["A levy", "Ministry of Trade"]
    assert all("funding" in names for names in seen["forms"])


def test_a_facet_of_the_recipe_counts_and_filters(seen: dict[str, Any]) -> None:
    assert seen["companies"] > 0
    assert seen["narrowed"] == [seen["companies"], ["company"]]
    assert seen["counts"]["company"] == seen["companies"]
    assert seen["asked"] == {"type": "array", "items": {"type": "string"}}
    assert seen["parameters"][9:12] == ["beneficiary", "partner", "sort"]
    assert seen["heading"] == "Programmes with a partner of the kind: Company"
    assert "There is no kind of partner “moon” in the catalogue." in seen["unknown"]


def test_the_tests_that_the_recipes_name_pass_in_the_copy(copy: Path) -> None:
    named = [
        "tests/programmes/search/test_facet_choices.py::test_data_has_facets_whole",
        "tests/programmes/views/test_list_json.py::test_the_list_says_what_was_asked_and_found",
        "tests/programmes/exports/test_list_csv.py::test_several_values_are_joined_and_nothing_is_run_as_a_formula",
        "tests/programmes/exports/test_list_csv.py::test_the_file_has_its_header_and_a_row_a_programme",
    ]
    run(copy, "-m", "pytest", "-q", *named)
