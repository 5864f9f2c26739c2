"""An author's browser shows what was saved, where the page was scrolled to, and only on pages it concerns."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.trees import NUMBERS_URL, WORDS_URL, load, write_tree

LONG = "\n\n".join(f"Paragraph {number}." for number in range(200))


@pytest.fixture
def lesson(tmp_path: Path, live_server, settings) -> Path:
    settings.DEBUG = True
    path = write_tree(tmp_path) / "course/01-first/02-words.md"
    path.write_text(f"# Words\n\nA word.\n\n{LONG}\n")
    load(tmp_path)
    return path


def save(lesson: Path, text: str) -> None:
    lesson.write_text(text)
    load(lesson.parents[2])


def test_an_open_page_shows_what_was_loaded_and_stays_where_it_was(page: Page, lesson: Path):
    with page.expect_response("**/dev/generation"):
        page.goto(WORDS_URL)
    with page.expect_response("**/dev/generation"):
        page.get_by_text("Paragraph 150.").scroll_into_view_if_needed()
    before = page.evaluate("scrollY")

    save(lesson, lesson.read_text().replace("Paragraph 150.", "Paragraph 150, anew."))

    expect(page.get_by_text("Paragraph 150, anew.")).to_be_in_viewport()
    assert abs(page.evaluate("scrollY") - before) < 5


def opened(page: Page, url: str) -> None:
    """Open a page, wait until it has looked at itself once, and give it a title that a reload would undo."""
    with page.expect_response("**/dev/generation"):
        page.goto(url)
    with page.expect_response("**/dev/generation"):
        page.evaluate("document.title = 'mine'")


def test_a_page_that_did_not_change_is_left_alone(page: Page, lesson: Path):
    opened(page, NUMBERS_URL)

    with page.expect_response(f"**{NUMBERS_URL}"):  # it looks, since something was loaded
        save(lesson, lesson.read_text().replace("A word.", "Another word."))
    with page.expect_response("**/dev/generation"):
        pass

    assert page.title() == "mine"


def test_what_a_busy_server_says_is_no_new_content(page: Page, lesson: Path, complaints):
    opened(page, NUMBERS_URL)
    page.route(f"**{NUMBERS_URL}", lambda route: route.fulfill(status=503, body="Busy"))

    with page.expect_response(f"**{NUMBERS_URL}"):
        save(lesson, lesson.read_text().replace("A word.", "Another word."))
    page.unroute(f"**{NUMBERS_URL}")
    with page.expect_response(f"**{NUMBERS_URL}"):  # it asks again
        pass
    with page.expect_response("**/dev/generation"):
        pass

    assert page.title() == "mine"
    complaints.expect("503")
