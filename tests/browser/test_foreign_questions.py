"""A question below its own text in the page: said once there, in full on every other page, named for all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import NARROW
from tests.trees import load, write_tree

FITS = "options => options.map(option => option.scrollWidth <= option.clientWidth)"
ASKED = "Which unit holds eight bits?"
TEXT = f"""\
# Units

## 1. {ASKED}

```py
unit = 8
```

<Question choices={{[
  {{text: "A byte", explain: "Eight.", correct: true}},
  {{text: "A nibble", explain: "Four."}},
]}} />
"""


@pytest.fixture
def lesson(live_server, tmp_path: Path) -> str:
    """Load the lesson and return its address."""
    load(write_tree(tmp_path / "course", {"01-first/01-units.mdx": TEXT}))
    return "/learn/course/first/units/"


def test_a_prompt_is_seen_once_and_names_the_question_all_the_same(
    page: Page, lesson: str, assert_accessible: Callable[[Page], None]
) -> None:
    page.goto(lesson)
    question = page.get_by_role("group", name=ASKED)
    said = page.locator(".text").get_by_text(ASKED).filter(visible=True)
    expect(question.get_by_role("radio")).to_have_count(2)
    assert said.count() == 1
    expect(page.locator(".text pre").filter(visible=True)).to_have_count(1)
    assert_accessible(page)

    question.get_by_role("radio", name="A nibble").check()
    page.get_by_role("button", name="Check").click()

    expect(page.get_by_role("group", name=ASKED).get_by_text("Your answer, not right")).to_be_visible()
    assert said.count() == 1

    page.get_by_role("link", name="Try again").click()

    expect(page.get_by_role("group", name=ASKED).get_by_role("radio")).to_have_count(2)
    assert said.count() == 1


def test_the_page_of_the_question_shows_the_whole_prompt(plain_page: Page, lesson: str) -> None:
    plain_page.goto(lesson)
    plain_page.get_by_role("link", name="Answer 1 question on this section").click()

    expect(plain_page.get_by_text(ASKED)).to_be_visible()
    expect(plain_page.locator("pre")).to_be_visible()
    plain_page.get_by_role("radio", name="A nibble").check()
    plain_page.get_by_role("button", name="Check").click()

    expect(plain_page.get_by_text("Your answer, not right")).to_be_visible()
    expect(plain_page.get_by_text(ASKED)).to_be_visible()


@pytest.mark.parametrize("is_plain", [False, True], ids=["in the lesson", "on its own page"])
def test_an_option_of_code_is_read_whole_on_a_phone(
    page: Page, live_server, tmp_path: Path, is_plain: bool
) -> None:
    option = "`units.select(range(50)).shuffle(seed=42).with_format(columns)`"
    load(write_tree(tmp_path / "course", {"01-first/01-units.mdx": TEXT.replace("A nibble", option)}))
    page.set_viewport_size(NARROW)
    page.goto("/quizzes/course/first/units/" if is_plain else "/learn/course/first/units/")
    expect(page.get_by_role("radio")).to_have_count(2)

    assert page.locator(".opt").evaluate_all(FITS) == [True, True]

    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Check").click()

    expect(page.get_by_text("Your answer", exact=False).first).to_be_visible()
    assert page.locator(".opt").evaluate_all(FITS) == [True, True]
