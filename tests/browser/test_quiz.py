"""A quiz from the first question to the score, its way into an account, and what others see of it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import Learner, User
from quizzes.models import Answer, Attempt
from tests.browser.answering import answer_one, body_of, fill_in, open_questions, own_reason, send, sheet_of
from tests.browser.course import CHOOSING, questions_of, quiz_of
from tests.browser.people import make_account, make_instructor, remember_guest, sign_up

pytestmark = pytest.mark.usefixtures("course")

SCORE = re.compile("All questions answered:")


@pytest.fixture
def others_see_nothing(new_context: Callable[..., BrowserContext], sign_in: Callable[[Page, User], None]):
    """Return a check that another account and a stranger find nothing of an attempt."""

    def check(attempt: Attempt) -> None:
        for user in (make_account("otto"), None):
            page = new_context().new_page()
            if user:
                sign_in(page, user)
            page.goto("/progress/")
            expect(page.get_by_role("main")).not_to_contain_text("13 of 14")
            expect(page.get_by_role("main")).not_to_contain_text("92%")
            response = page.request.get(attempt.get_absolute_url())
            assert response.status == 404

    return check


@pytest.fixture
def instructor_sees(new_context: Callable[..., BrowserContext], sign_in: Callable[[Page, User], None]):
    """Return a check that the admin shows an attempt with its learner, score and answers."""

    def check(attempt: Attempt, username: str) -> None:
        page = new_context().new_page()
        sign_in(page, make_instructor())
        page.goto("/admin/quizzes/attempt/")
        page.locator("#result_list").get_by_role("link", name=username, exact=True).click()
        main = page.locator("#content")
        expect(main).to_contain_text("92%")
        for question in questions_of(CHOOSING):
            expect(main).to_contain_text(question.key)
        expect(page.get_by_role("button", name="Save")).to_have_count(0)

    return check


def test_guest_finishes_a_quiz_in_its_lesson_and_keeps_it_with_an_account(
    page: Page, others_see_nothing, instructor_sees
):
    questions = questions_of(CHOOSING)
    page.goto(CHOOSING)
    open_questions(page)
    for number, question in enumerate(questions):
        expect(page.get_by_text(SCORE)).to_have_count(0)
        sheet = sheet_of(page, question)
        fill_in(sheet, question, right=number > 0)
        send(sheet)
        verdict = "Right" if number else "Not right"
        expect(sheet.get_by_text(verdict, exact=True)).to_be_visible()
        expect(sheet).to_be_focused()
        expect(page.get_by_role("status").first).to_have_text(verdict)
        if number:
            assert own_reason(body_of(question), right=True) in sheet.inner_html()

    expect(page.get_by_text(SCORE)).to_contain_text(re.compile(r"13 of 14 \w+, 92%"))
    invitation = page.get_by_role("dialog", name="Keep this with an account")
    expect(invitation).to_be_visible()
    expect(page.locator("#finish")).to_contain_text("92%")
    invitation.get_by_role("link", name="Sign up").click()
    expect(page.get_by_role("main")).to_contain_text("14 answers")
    sign_up(page, "ines")

    page.goto("/progress/")
    _expect_score(page)
    attempt = Attempt.objects.get()
    assert attempt.learner.user == User.objects.get(username="ines")
    assert Answer.objects.count() == len(questions)
    others_see_nothing(attempt)
    instructor_sees(attempt, "ines")


def test_guest_finishes_a_quiz_without_scripts_and_keeps_it_with_an_account(
    plain_page: Page, others_see_nothing, instructor_sees
):
    page = plain_page
    questions = questions_of(CHOOSING)
    page.goto(CHOOSING)
    page.get_by_role("link", name="Answer 1 question on this section").first.click()
    for number, question in enumerate(questions):
        sheet = sheet_of(page, question)
        fill_in(sheet, question, right=number > 0)
        send(sheet)
        expect(sheet.get_by_text("Right" if number else "Not right", exact=True)).to_be_visible()
        if number:
            assert own_reason(body_of(question), right=True) in sheet.inner_html()
        if number < len(questions) - 1:
            expect(page.get_by_text(SCORE)).to_have_count(0)
            sheet.get_by_role("link", name="Next question").click()

    expect(page.get_by_text(SCORE)).to_contain_text(re.compile(r"13 of 14 \w+, 92%"))
    page.get_by_role("dialog", name="Keep this with an account").get_by_role("link", name="Sign up").click()
    sign_up(page, "ines")

    page.goto("/progress/")
    _expect_score(page)
    attempt = Attempt.objects.get()
    assert attempt.learner.user == User.objects.get(username="ines")
    assert Answer.objects.count() == len(questions)
    others_see_nothing(attempt)
    instructor_sees(attempt, "ines")


def test_invitation_is_closed_and_does_not_come_again(page: Page, live_server):
    guest = Learner.objects.create()
    *others, last = questions_of(CHOOSING)
    for question in others:
        answer_one(guest, question)
    remember_guest(page.context, guest, live_server.url)
    page.goto(CHOOSING)
    open_questions(page)
    fill_in(sheet_of(page, last), last)
    send(sheet_of(page, last))

    invitation = page.get_by_role("dialog", name="Keep this with an account")
    invitation.get_by_role("button", name="Not now").click()
    expect(invitation).to_be_hidden()
    expect(page.get_by_text(SCORE)).to_contain_text(re.compile(r"14 of 14 \w+, 100%"))

    page.reload()
    open_questions(page)
    expect(page.get_by_text(SCORE)).to_be_visible()
    expect(invitation).to_have_count(0)


def test_looking_leaves_no_trace(page: Page):
    page.goto(CHOOSING)
    open_questions(page)
    page.goto(quiz_of(CHOOSING))

    assert Learner.objects.count() == 0
    assert [cookie["name"] for cookie in page.context.cookies()] == ["csrftoken"]


def _expect_score(page: Page) -> None:
    row = page.get_by_role("row", name="Choosing the Right Model")
    expect(row).to_contain_text("92%")
    expect(row).to_contain_text("Done")
    expect(page.get_by_role("main")).to_contain_text("1 of 2")
    expect(page.get_by_role("main")).to_contain_text("50%")
