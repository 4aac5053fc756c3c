"""What schemathesis finds when it tries the API by its description: nothing.

It asks the production server for every operation: what is described and what is not, methods and headers, answers by
their schemas, and addresses that answers lead to. API_EXAMPLES is how often (30 each), for longer runs.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from .factories import make_many_programmes
from .processes import server

EXAMPLES = os.environ.get("API_EXAMPLES", "30")
RUN = ["--phases=examples,coverage,fuzzing,stateful", "--seed=1", "--generation-deterministic", "--workers=1"]


@pytest.mark.django_db(transaction=True)
def test_it_finds_nothing(catalogue: None, tmp_path: Path) -> None:
    make_many_programmes(300)
    program = Path(sys.executable).parent / "schemathesis"
    with server() as root:
        command = [str(program), "run", f"{root}/api/v1/openapi.json", f"--max-examples={EXAMPLES}", *RUN]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"Operations: +(\d+) selected / \1 total", done.stdout)
    assert "No issues found" in done.stdout
