"""Reading: from the start page into a lesson, with keys, terms, figures and the theme."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.course import CHOOSING, MIXTRAL

pytestmark = pytest.mark.usefixtures("course")


def test_start_page_leads_into_the_first_lesson(page: Page):
    page.goto("/")
    page.get_by_role("link", name=re.compile("^Start lesson")).click()

    expect(page).to_have_url(re.compile(f"{MIXTRAL}$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Mistral and Mixtral")
    expect(page).to_have_title(re.compile("^Mistral and Mixtral"))


def test_start_page_leads_into_the_first_lesson_without_scripts(plain_page: Page):
    plain_page.goto("/")
    plain_page.get_by_role("link", name=re.compile("^Start lesson")).click()

    expect(plain_page.get_by_role("heading", level=1)).to_have_text("Mistral and Mixtral")
    expect(plain_page.get_by_role("button", name="Copy")).to_have_count(0)
    expect(plain_page.get_by_role("radio", name="Dark")).to_be_hidden()


def test_contents_lead_to_their_headings_and_mark_the_one_being_read(page: Page):
    page.goto(CHOOSING)
    contents = page.get_by_role("complementary", name="On this page")
    entry = contents.get_by_role("link").nth(2)
    entry.click()

    heading = page.get_by_role("heading", level=2, name=re.compile(f"^7.3 {entry.inner_text()}$"))
    expect(heading).to_be_in_viewport()
    expect(entry).to_have_attribute("aria-current", "location")


@pytest.mark.parametrize("lesson", [MIXTRAL, CHOOSING])
def test_every_figure_is_drawn(page: Page, lesson: str):
    page.goto(lesson)
    images = page.get_by_role("main").get_by_role("img").and_(page.locator("img"))

    expect(images).not_to_have_count(0)
    for image in images.all():
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", True)
        assert image.evaluate("image => image.naturalWidth") > 0
        assert image.get_attribute("alt")


def test_listing_is_copied(page: Page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(MIXTRAL)
    listing = page.get_by_role("figure", name="rolling_cache.py")
    listing.get_by_role("button", name="Copy").click()

    expect(listing.get_by_role("button", name="Copied")).to_be_visible()
    expect(page.get_by_role("status").first).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == listing.locator("pre").inner_text().strip()


def test_term_is_explained_on_hover_and_on_focus_and_put_away_by_escape(page: Page):
    page.goto(CHOOSING)
    term = page.get_by_role("main").get_by_role("button", name=re.compile("^Quantization")).first
    tip = term.get_by_role("tooltip", include_hidden=True)
    expect(tip).to_be_hidden()

    term.hover()
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()

    page.mouse.move(0, 0)
    term.focus()
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    expect(term).to_be_focused()


def test_keys_lead_to_the_next_lesson_and_back(page: Page):
    page.goto(MIXTRAL)
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile(f"{CHOOSING}$"))

    page.keyboard.press("p")
    expect(page).to_have_url(re.compile(f"{MIXTRAL}$"))


def test_theme_is_remembered(page: Page):
    page.goto(CHOOSING)
    background = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(background)
    page.get_by_role("radio", name="Dark").check(force=True)  # the icon lies over the radio
    dark = page.evaluate(background)
    assert dark != light

    page.reload()
    assert page.evaluate(background) == dark
    expect(page.get_by_role("radio", name="Dark")).to_be_checked()

    page.get_by_role("radio", name="As the system").check(force=True)
    assert page.evaluate(background) == light
