"""Forms of the admin, sent back as a browser sends them."""

import re
from html.parser import HTMLParser
from typing import Any

from django.test import Client

# The record's own form; the one that logs out stands before it.
FORM = re.compile(r'<form [^>]*id="[a-z]+_form".*?</form>', re.DOTALL)
# What is sent only when it was clicked.
UNSENT = ("checkbox", "radio", "submit", "button")


class FormReader(HTMLParser):
    """What the form of a change page holds; `data` has a list of values for each name."""

    def __init__(self) -> None:
        super().__init__()
        self.data: dict[str, list[str]] = {}
        self.select = ""
        self.textarea = ""

    def add(self, name: str, value: str) -> None:
        self.data.setdefault(name, []).append(value)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        name, value = has.get("name") or "", has.get("value")
        if tag in ("select", "textarea"):
            setattr(self, tag, name)
            if tag == "textarea":
                self.add(name, "")
        elif tag == "option" and self.select and "selected" in has:
            self.add(self.select, value or "")
        elif tag == "input" and (has.get("type") not in UNSENT or "checked" in has):
            self.add(name, "on" if value is None and has.get("type") == "checkbox" else value or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("select", "textarea"):
            setattr(self, tag, "")

    def handle_data(self, text: str) -> None:
        if self.textarea:
            # HTML drops the first line break of a textarea; browsers send the others as two characters.
            words = text.removeprefix("\n") if not self.data[self.textarea][-1] else text
            self.data[self.textarea][-1] += words.replace("\n", "\r\n")


def filled(client: Client, address: str) -> dict[str, Any]:
    """What the form at this address holds before anybody typed."""
    page = FORM.search(client.get(address).content.decode())
    assert page, f"There is no form at {address}"
    reader = FormReader()
    reader.feed(page.group())
    return {name: values for name, values in reader.data.items() if name != "csrfmiddlewaretoken"}


def errors(response: Any) -> list[str]:
    """What a form that was sent back complains of, in words."""
    forms = [response.context["adminform"].form]
    forms += [form for inline in response.context["inline_admin_formsets"] for form in inline.formset.forms]
    found = [str(error) for form in forms for errors in form.errors.values() for error in errors]
    found += [str(e) for inline in response.context["inline_admin_formsets"] for e in inline.formset.non_form_errors()]
    return found
