"""An error page in the browser: of our own design, without a message in the console but the error itself."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints


def test_missing_page_says_so_and_leads_on(page: Page, complaints: Complaints, assert_accessible):
    response = page.goto("/no-such-page/")

    assert response is not None
    assert response.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no such page")
    expect(page.get_by_role("link", name="See the lessons")).to_be_visible()
    assert_accessible(page)
    complaints.expect("404 (Not Found)")


def test_missing_page_says_so_without_scripts(plain_page: Page, complaints: Complaints):
    plain_page.goto("/no-such-page/")

    expect(plain_page.get_by_role("heading", level=1)).to_have_text("There is no such page")
    complaints.expect("404 (Not Found)")
