"""Chromium for tests that need one. A page that logs an error, breaks its policy or calls elsewhere fails."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)

from accounts.models import User
from tests.browser import course as course_module
from tests.browser.axe import faults_of
from tests.browser.people import put_cookies

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 15_000
"""How long a page may take on a busy machine before a test gives up."""

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that none can be forgotten by ``-m 'not browser'``."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


def _executable(playwright: Playwright) -> str:
    """Return the Chromium to run: ``$CHROMIUM``, one on the path, or Playwright's own download."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found and Path(playwright.chromium.executable_path).exists():
        found = playwright.chromium.executable_path
    if not found:
        pytest.fail("No Chromium found: apt-get install chromium, or set CHROMIUM to yours.", pytrace=False)
    return found


@pytest.fixture(scope="session")
def course_rows(django_db_setup, django_db_blocker) -> course_module.Rows:
    """Load the shipped content once a worker."""
    with django_db_blocker.unblock():
        return course_module.read_rows()


@pytest.fixture
def course(course_rows: course_module.Rows, live_server) -> None:
    """Put the shipped content into the live server's database, which every test leaves empty."""
    course_module.write_rows(course_rows)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start one Chromium for the whole run."""
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_executable(playwright), args=FLAGS)
        yield browser
        browser.close()


class Complaints:
    """What a browser found wrong with the pages of one context; a test may drop what it provoked."""

    def __init__(self, own_host: str) -> None:
        self.own_host = own_host
        self.found: list[str] = []

    def watch(self, page: Page) -> None:
        """Collect from this page on."""
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.found.append(f"script error: {error}"))
        page.on("request", self._on_request)

    def expect(self, text: str) -> None:
        """Drop complaints that contain ``text``; at least one must be there."""
        kept = [complaint for complaint in self.found if text not in complaint]
        assert len(kept) < len(self.found), f"the browser never complained of {text!r}: {self.found}"
        self.found = kept

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.found.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    def _on_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme.startswith("http") and address.netloc != self.own_host:
            self.found.append(f"outside host: {request.url}")


@pytest.fixture
def complaints(live_server) -> Iterator[Complaints]:
    """Collect what the browser finds wrong, and fail the test at its end if anything is left."""
    complaints = Complaints(urlsplit(live_server.url).netloc)
    yield complaints
    assert complaints.found == []


@pytest.fixture
def new_context(
    browser: Browser, live_server, complaints: Complaints
) -> Iterator[Callable[..., BrowserContext]]:
    """Open browsers that share nothing: ``new_context(java_script_enabled=False, viewport={...})``."""
    opened: list[BrowserContext] = []

    def open_context(**options: object) -> BrowserContext:
        context = browser.new_context(base_url=live_server.url, locale="en-US", **options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        context.on("page", complaints.watch)
        opened.append(context)
        return context

    yield open_context
    for context in opened:
        context.close()


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """Open a page with scripts on."""
    return new_context().new_page()


@pytest.fixture
def plain_page(new_context: Callable[..., BrowserContext]) -> Page:
    """Open a page with scripts off."""
    return new_context(java_script_enabled=False).new_page()


@pytest.fixture
def sign_in(live_server) -> Callable[[Page, User], None]:
    """Sign an account in to a page's browser without walking through the form."""

    def sign_in(page: Page, user: User) -> None:
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        put_cookies(page.context, live_server.url, client.cookies)

    return sign_in


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """Hold a page to the rules that axe can check, wide and narrow, light and dark."""

    def assert_accessible(page: Page) -> None:
        faults = faults_of(page)
        assert not faults, "\n".join(faults)

    return assert_accessible
