"""What a visit asks for: nothing of other hosts, and no cookie before a mark is left."""

import pytest
from playwright.sync_api import Page, Response

from tests.browser.course import MIXTRAL, MODULE

pytestmark = pytest.mark.usefixtures("course")


def test_first_visit_of_a_lesson_asks_for_little(page: Page, live_server):
    answers: list[Response] = []
    page.on("response", lambda response: answers.append(response))
    page.goto(MIXTRAL, wait_until="networkidle")

    assert all(answer.url.startswith(live_server.url) for answer in answers)
    assert all(answer.status == 200 for answer in answers)
    figures = [answer for answer in answers if "/assets/" in answer.url]
    assert len(answers) - len(figures) <= 10, [answer.url for answer in answers]


@pytest.mark.parametrize("address", ["/", "/learn/", MODULE, "/models/", "/glossary/"])
def test_reading_sets_no_cookie(page: Page, address: str):
    page.goto(address, wait_until="networkidle")

    assert page.context.cookies() == []
