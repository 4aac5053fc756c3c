"""A component filled many times is what including it many times gives."""

from dataclasses import dataclass

import pytest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from hypothesis import given
from hypothesis import strategies as st

from gvc_catalogue.web.fragments import render_each

COUNTRY = "components/country.html"
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Co"]), max_size=20)


@given(st.lists(st.fixed_dictionaries({"code": TEXTS, "name": TEXTS, "url": TEXTS}), max_size=4), TEXTS)
def test_each_item_is_as_if_it_were_included(items: list[dict[str, str]], after: str) -> None:
    included = [render_to_string(COUNTRY, {**item, "after": after}) for item in items]
    assert render_each(COUNTRY, items, after=after) == "".join(included)


@dataclass
class Place:
    """An item by its fields."""

    code: str
    name: str | SafeString
    url: str = ""


@pytest.mark.parametrize("name", ["<b>", "100 %s", "%(name)s", "\ue000name\ue001", "“&”"])
def test_what_it_is_given_is_escaped_and_nothing_in_it_is_a_hole(name: str) -> None:
    shown = render_each(COUNTRY, [Place("XA", name), Place("XB", mark_safe("<b>safe</b>"))])
    assert "<b>safe</b>" in shown
    assert name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in shown


def test_no_item_leaves_nothing() -> None:
    assert render_each(COUNTRY, []) == ""
