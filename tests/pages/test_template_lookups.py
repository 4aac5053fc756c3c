"""Templates call no method of a dictionary: Django looks for a key of that name first, and readers choose some keys."""

import re
from pathlib import Path

import pytest
from django.test import Client

from tests.factories import make_programme

METHODS = ("items", "keys", "values", "get", "copy", "update")
LOOKUP = re.compile(rf"\{{[%{{][^}}]*\w\.({'|'.join(METHODS)})\b[^}}]*[%}}]\}}")


def test_no_template_calls_a_method_of_a_dictionary(root: Path) -> None:
    templates = list((root / "templates").rglob("*.html"))
    assert templates
    for path in templates:
        assert not LOOKUP.search(path.read_text()), path


@pytest.mark.django_db
def test_a_word_named_like_a_method_is_corrected_like_any_other(client: Client) -> None:
    make_programme("near", name="Popitam and others")
    for address in ("/programmes/", "/search/", "/evidence-map/"):
        answer = client.get(address, {"q": "popitem"})
        assert answer.status_code == 200
        assert "was read as <b>popitam</b>" in answer.content.decode(), address
