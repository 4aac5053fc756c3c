"""Headers that the browser reads: it understands each of them."""

import pytest

from gvc_catalogue.web.middleware.security_headers import FEATURES

from .conftest import Visit


@pytest.mark.parametrize("path", ["/", "/programmes/", "/programmes/covisint/", "/no-such-page/", "/admin/login/"])
def test_the_browser_complains_of_no_header(path: str, visit: Visit) -> None:
    """What it says of any is a fault of every test that opens a page: see conftest.py."""
    assert visit(path).title()


def test_every_feature_that_is_forbidden_is_one_the_browser_knows(visit: Visit) -> None:
    assert set(FEATURES) <= set(visit("/privacy/").evaluate("document.featurePolicy.features()"))
