"""Finding one's way by keyboard: the skip link, and a focus that is always in sight."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.answering import open_questions
from tests.browser.course import CHOOSING, MODULE

pytestmark = pytest.mark.usefixtures("course")

MANY = 500

FOCUSED = """() => {
  const element = document.activeElement;
  if (!element || element === document.body || walked.has(element)) return null;
  walked.add(element);
  const box = element.getBoundingClientRect();
  // What lies over the focus at its middle and near its corners; a box that leaves the window counts only as
  // far as it shows.
  const left = Math.max(box.left, 0) + 1, right = Math.min(box.right, innerWidth) - 1;
  const top = Math.max(box.top, 0) + 1, bottom = Math.min(box.bottom, innerHeight) - 1;
  const middle = [(left + right) / 2, (top + bottom) / 2];
  const points = [[left, top], [right, top], [left, bottom], [right, bottom], middle];
  const shows = (over) => over && (element.contains(over) || over.contains(element)
    || over.closest("label")?.control === element);
  const name = element.getAttribute("aria-label") || element.textContent.trim().slice(0, 40) || element.name;
  const seen = points.some(([x, y]) => shows(document.elementFromPoint(x, y)));
  return { seen, name: `${element.localName} ${name}`, top: Math.round(box.top) };
}"""


@pytest.mark.parametrize("address", ["/", MODULE, CHOOSING, "/models/", "/accounts/login/"])
def test_skip_link_is_first_and_leads_to_the_text(page: Page, address: str):
    page.goto(address)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the text")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()

    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize(
    ("key", "width", "last"),
    [
        ("Tab", 360, "Licenses of the models"),
        ("Shift+Tab", 360, "Skip to the text"),
        ("Shift+Tab", 1440, "Skip to the text"),
    ],
)
@pytest.mark.parametrize("address", [CHOOSING, "/models/"])
def test_focus_is_never_hidden(page: Page, address: str, key: str, width: int, last: str):
    """WCAG 2.2, 2.4.11 and 2.1.2: neither header nor bottom bar covers the focus, and nothing holds it."""
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(address)
    if address == CHOOSING:
        open_questions(page)

    stops = _walk(page, key)
    assert [stop for stop in stops if not stop["seen"]] == []
    assert last in stops[-1]["name"]
    assert len(stops) > 50


def test_focus_on_a_placeholder_moves_to_the_questions_that_come(page: Page):
    waiting: list[Route] = []
    page.route("**/quizzes/**", lambda route: waiting.append(route))
    page.goto(CHOOSING)
    link = page.get_by_role("link", name="Answer 1 question on this section").first
    link.focus()
    while not waiting:
        page.wait_for_timeout(20)
    waiting[0].continue_()
    page.unroute("**/quizzes/**")

    slot = page.locator("[id^='questions-']").first
    expect(slot.get_by_role("radio").first).to_be_focused()


def test_theme_is_changed_by_keys(page: Page):
    page.goto(CHOOSING)
    page.get_by_role("radio", name="As the system").focus()
    page.keyboard.press("ArrowRight")

    expect(page.get_by_role("radio", name="Dark")).to_be_checked()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_slash_reaches_the_search_field(page: Page):
    page.goto("/models/")
    page.keyboard.press("/")
    field = page.get_by_role("searchbox", name="Name")
    expect(field).to_be_focused()
    expect(field).to_have_value("")

    page.keyboard.type("n/p")
    expect(field).to_have_value("n/p")
    expect(page).to_have_url(re.compile("/models/"))


def _walk(page: Page, key: str) -> list[dict[str, Any]]:
    """Press a key until the focus has left the page or begins anew, and return where it stood each time."""
    page.evaluate("window.walked = new WeakSet()")
    stops: list[dict[str, Any]] = []
    for _ in range(MANY):
        page.keyboard.press(key)
        stop = page.evaluate(FOCUSED)
        if stop is None:
            return stops
        stops.append(stop)
    raise AssertionError(f"{key} finds no end: {stops[-5:]}")
