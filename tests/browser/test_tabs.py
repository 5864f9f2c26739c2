"""Tabs of a lesson: variants of one text, of which one is shown where scripts run."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.trees import load, write_tree

ADDRESS = "/learn/course/first/install/"

TEXT = """---
title: Install
---

## By system

<Tabs groupId="os">
  <TabItem value="mac" label="macOS">

    Brew it.

    ```console
    $ brew install ollama
    ready
    ```

    ### On a Mac

    An apple a day.

  </TabItem>
  <TabItem value="linux" label="Linux" default>Curl it.</TabItem>
  <TabItem value="win" label="Windows">

    Click it.

    :::::tabs
    ::::tab Old
    Walrus.
    ::::
    ::::tab New
    Narwhal.
    ::::
    :::::

  </TabItem>
</Tabs>

## Again

::::tabs{group="os"}
:::tab macOS
Second for macOS.
:::
:::tab Linux
Second for Linux.
:::
::::
"""


@pytest.fixture
def lesson(live_server: object, transactional_db: None, tmp_path: Path) -> str:
    """Load a lesson with tabs and return its address."""
    load(write_tree(tmp_path, {"course/01-first/01-install.mdx": TEXT}) / "course")
    return ADDRESS


def tab(page: Page, name: str, place: int = 0) -> Locator:
    """Return a tab of the lesson; the lists of tabs count from 0."""
    return page.get_by_role("tablist").nth(place).get_by_role("tab", name=name)


def test_one_variant_is_shown_the_default_first(page: Page, lesson: str) -> None:
    page.goto(lesson)

    expect(tab(page, "Linux")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tabpanel", name="Linux").first).to_have_text("LinuxCurl it.")
    expect(page.get_by_text("Brew it.")).to_be_hidden()


def test_panels_without_names_and_a_lone_sign_in_the_address_stop_no_script(
    page: Page, live_server: object, transactional_db: None, tmp_path: Path
) -> None:
    panels = '<div class="variants"><div class="variant">a</div><div class="variant">b</div></div>\n'
    text = (
        f"# Install\n\n{panels}\n## One {{#100%}}\n\nText.\n\n{TEXT.partition('---')[2].partition('---')[2]}"
    )
    load(write_tree(tmp_path, {"course/01-first/01-install.mdx": text}) / "course")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(error.message))

    page.goto(f"{ADDRESS}#100%")

    expect(tab(page, "Linux")).to_be_visible()
    assert errors == []


def test_without_scripts_all_variants_stand_under_their_names(plain_page: Page, lesson: str) -> None:
    plain_page.goto(lesson)

    for words in ("macOS", "Brew it.", "Curl it.", "Windows", "Click it.", "Narwhal."):
        expect(plain_page.get_by_text(words, exact=True).first).to_be_visible()
    expect(plain_page.get_by_role("tab")).to_have_count(0)


def test_arrows_home_and_end_move_between_tabs_and_one_stop_of_the_tab_key_holds_them(
    page: Page, lesson: str
) -> None:
    page.goto(lesson)
    tab(page, "Linux").focus()

    for key, name in (
        ("ArrowRight", "Windows"),
        ("ArrowRight", "macOS"),
        ("ArrowLeft", "Windows"),
        ("Home", "macOS"),
        ("End", "Windows"),
    ):
        page.keyboard.press(key)
        expect(tab(page, name)).to_be_focused()
        expect(tab(page, name)).to_have_attribute("aria-selected", "true")

    page.keyboard.press("Tab")
    expect(page.get_by_role("tabpanel", name="Windows")).to_be_focused()


def test_tabs_of_one_group_switch_together_in_their_place_and_are_remembered(page: Page, lesson: str) -> None:
    page.set_viewport_size({"width": 800, "height": 300})
    page.goto(lesson)
    second = tab(page, "macOS", 1)
    second.scroll_into_view_if_needed()
    before = second.bounding_box()

    second.click()

    expect(page.get_by_text("Second for macOS.")).to_be_visible()
    expect(tab(page, "macOS")).to_have_attribute("aria-selected", "true")
    after = second.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 2

    page.reload()
    expect(page.get_by_text("Brew it.")).to_be_visible()
    expect(page.get_by_text("Second for macOS.")).to_be_visible()


def test_an_address_of_a_heading_opens_the_tab_that_holds_it(page: Page, lesson: str) -> None:
    page.goto(f"{lesson}#on-a-mac")
    expect(page.get_by_role("heading", name="On a Mac")).to_be_in_viewport()

    page.goto(lesson)
    page.evaluate("localStorage.clear()")
    page.reload()
    expect(page.get_by_text("Brew it.")).to_be_hidden()
    page.get_by_role("complementary", name="On this page").get_by_role("link", name="On a Mac").click()
    expect(page.get_by_role("heading", name="On a Mac")).to_be_in_viewport()
    expect(tab(page, "macOS")).to_have_attribute("aria-selected", "true")


def test_what_the_browsers_search_finds_is_opened_with_all_tabs_around_it(page: Page, lesson: str) -> None:
    page.goto(lesson)
    words = page.get_by_text("Narwhal.")
    expect(words).to_be_hidden()

    # What Chromium sends to a panel put away before it shows a match within.
    words.evaluate(
        "each => each.closest('.variant').dispatchEvent(new Event('beforematch', { bubbles: true }))"
    )

    expect(words).to_be_visible()
    expect(tab(page, "Windows")).to_have_attribute("aria-selected", "true")


def test_paper_shows_every_variant_under_its_name(page: Page, lesson: str) -> None:
    page.goto(lesson)
    page.emulate_media(media="print")

    expect(page.get_by_text("Brew it.")).to_be_visible()
    expect(page.get_by_text("Windows", exact=True).last).to_be_visible()
    expect(page.get_by_role("tab", name="Linux").first).to_be_hidden()


def test_tabs_work_where_storage_is_refused(page: Page, lesson: str) -> None:
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })")
    page.goto(lesson)

    tab(page, "macOS").click()

    expect(page.get_by_text("Brew it.")).to_be_visible()


def test_a_session_is_copied_without_its_prompts(page: Page, lesson: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(lesson)
    tab(page, "macOS").click()

    page.get_by_role("tabpanel", name="macOS").first.get_by_role("button", name="Copy").click()

    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "brew install ollama\nready"


def test_tabs_are_accessible(page: Page, lesson: str, assert_accessible) -> None:
    page.goto(lesson)
    tab(page, "macOS").click()

    assert_accessible(page)
