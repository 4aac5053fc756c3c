"""Pages in Debian's Chromium, as readers see them; `visit("/", width=320, scheme="dark", javascript=False)`.

Whatever a page does wrong on the way fails the test that opened it: an error on the console (a violation of the
content security policy is one), an exception in a script, a request to any other host.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

Visit = Callable[..., Page]

FLAGS = [
    "--no-sandbox",  # As root Chromium does not start with it.
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
# For what is expected to come, however busy the machine is.
MILLISECONDS = 180_000
HEIGHTS = {320: 640, 1280: 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all that stands in this folder, so that nobody has to remember it."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; each page has a context, and so cookies and storage, of its own."""
    executable = shutil.which("chromium")
    assert executable, "Chromium is needed for these tests; type: sudo apt-get install chromium"
    # Playwright keeps an event loop in this thread, and Django would refuse to use the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=MILLISECONDS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def read_only(committed: None) -> Iterator[str]:
    """The site of all tests that write nothing: the catalogue is loaded once."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


@pytest.fixture
def home(read_only: str) -> str:
    """The address of the site. Modules whose tests write give it one of a database that is emptied after each test."""
    return read_only


@pytest.fixture
def visit(chromium: Browser, home: str) -> Iterator[Visit]:
    """Open a page of the catalogue at a width, in a colour scheme, with JavaScript or without."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(
        path: str = "/",
        *,
        width: int = 1280,
        scheme: Literal["light", "dark"] = "light",
        javascript: bool = True,
        **more: Any,
    ) -> Page:
        context = chromium.new_context(
            base_url=home,
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            color_scheme=scheme,
            java_script_enabled=javascript,
            reduced_motion="reduce",
            **more,
        )
        contexts.append(context)
        context.set_default_timeout(MILLISECONDS)
        watch(context, home, faults)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


def watch(context: BrowserContext, home: str, faults: list[str]) -> None:
    """Write down what goes wrong on any page of the context."""

    def on_console(message: ConsoleMessage) -> None:
        # An error page that a test asked for is no fault; a file that a page lacks is one.
        asked_for = message.page and message.location["url"] == message.page.url
        of_a_header = message.type == "warning" and "header" in message.text.lower()
        if of_a_header or (message.type == "error" and not asked_for):
            faults.append(f"console: {message.text} ({message.location['url']})")

    def on_request(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob", "about") and address.netloc != urlsplit(home).netloc:
            faults.append(f"a request to another host: {request.url}")

    context.on("console", on_console)
    context.on("weberror", lambda error: faults.append(f"script: {error.error}"))
    context.on("request", on_request)


@pytest.fixture(scope="session")
def barriers() -> Callable[[Page], list[str]]:
    """What axe finds on a page that keeps some readers out, a line each."""

    def find(page: Page) -> list[str]:
        # Size of targets is a rule of WCAG 2.2 that axe leaves off unless asked. To list what is right takes as long.
        options = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
        found = Axe().run(page, options=options).response["violations"]
        return [f"{rule['id']}: {rule['help']} ({node['html']})" for rule in found for node in rule["nodes"]]

    return find
