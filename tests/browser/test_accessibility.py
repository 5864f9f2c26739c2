"""What a program can check of WCAG 2.2 AA, on every page, wide and narrow, light and dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Learner, User
from quizzes.models import Attempt
from tests.browser.answering import answer_all, answer_one, fill_in, open_questions, send, sheet_of
from tests.browser.axe import NARROW
from tests.browser.course import CHOOSING, MIXTRAL, MODULE, TRACK, questions_of, quiz_of
from tests.browser.people import make_account, remember_guest

pytestmark = pytest.mark.usefixtures("course")

Check = Callable[[Page], None]

PUBLIC = [
    "/",
    "/learn/",
    TRACK,
    MODULE,
    "/models/",
    "/models/?family=llama&license=apache-2.0",
    "/models/?family=mistral&machine=geforce-rtx-4090-24gb&size=17&nothing=1",
    "/models/mixtral-8x7b-instruct-v0.1/",
    "/models/mixtral-8x7b-instruct-v0.1/?machine=geforce-rtx-4090-24gb",
    "/models/families/llama/",
    "/models/licenses/",
    "/models/licenses/llama3.1/",
    "/glossary/",
    "/progress/",
    "/quizzes/history/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/data/",
]
OF_LEARNERS = [
    "/",
    MODULE,
    "/progress/",
    "/quizzes/history/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/sessions/",
    "/accounts/data/",
    "/accounts/data/erase/",
    "/accounts/logout/",
]


@pytest.fixture
def learner(page: Page, sign_in: Callable[[Page, User], None]) -> Learner:
    """Sign somebody in who finished one quiz with three wrong answers and began the other."""
    user = make_account()
    learner = Learner.objects.create(user=user)
    answer_all(learner, questions_of(CHOOSING), wrong=3)
    answer_one(learner, questions_of(MIXTRAL)[0])
    sign_in(page, user)
    return learner


@pytest.mark.parametrize("address", PUBLIC)
def test_public_page(page: Page, address: str, assert_accessible: Check):
    page.goto(address)
    assert_accessible(page)


@pytest.mark.parametrize("lesson", [MIXTRAL, CHOOSING])
def test_lesson_with_its_questions(page: Page, lesson: str, assert_accessible: Check):
    page.goto(lesson)
    open_questions(page)
    assert_accessible(page)


@pytest.mark.parametrize("address", OF_LEARNERS)
def test_page_of_a_learner(page: Page, learner: Learner, address: str, assert_accessible: Check):
    page.goto(address)
    assert_accessible(page)


def test_lesson_of_a_learner(page: Page, learner: Learner, assert_accessible: Check):
    page.goto(CHOOSING)
    open_questions(page)
    assert_accessible(page)


def test_result_of_an_attempt(page: Page, learner: Learner, assert_accessible: Check):
    page.goto(Attempt.objects.complete().get().get_absolute_url())
    assert_accessible(page)


@pytest.mark.parametrize("address", ["/", MODULE, "/progress/", "/accounts/data/", "/accounts/signup/"])
def test_page_of_a_guest(page: Page, live_server, address: str, assert_accessible: Check):
    guest = Learner.objects.create()
    answer_all(guest, questions_of(CHOOSING))
    remember_guest(page.context, guest, live_server.url)
    page.goto(address)
    assert_accessible(page)


@pytest.mark.parametrize("kind", ["choice", "multi", "truefalse", "numeric", "short"])
def test_question_and_its_feedback(page: Page, kind: str, assert_accessible: Check):
    question = next(question for question in questions_of(CHOOSING) if question.type == kind)
    page.goto(f"{quiz_of(CHOOSING)}?q={question.key}")
    assert_accessible(page)

    sheet = sheet_of(page, question)
    fill_in(sheet, question, right=False)
    send(sheet)
    expect(sheet.get_by_role("link", name="Try again")).to_be_visible()
    assert_accessible(page)


def test_question_sent_without_an_answer(page: Page, assert_accessible: Check):
    question = questions_of(MIXTRAL)[1]
    page.goto(f"{quiz_of(MIXTRAL)}?q={question.key}")
    send(sheet_of(page, question))
    expect(page.locator(f"[id='q-{question.key}-error']")).to_be_focused()
    assert_accessible(page)


def test_score_with_its_invitation(page: Page, live_server, assert_accessible: Check):
    guest = Learner.objects.create()
    *others, last = questions_of(CHOOSING)
    for question in others:
        answer_one(guest, question)
    remember_guest(page.context, guest, live_server.url)
    page.goto(f"{quiz_of(CHOOSING)}?q={last.key}")
    fill_in(sheet_of(page, last), last)
    send(sheet_of(page, last))
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_accessible(page)


def test_form_with_errors(page: Page, assert_accessible: Check):
    page.goto("/accounts/signup/")
    page.get_by_role("button", name="Create the account").click()
    expect(page.get_by_text("This field is required.").first).to_be_visible()
    assert_accessible(page)


def test_sign_in_with_errors(page: Page, assert_accessible: Check):
    page.goto("/accounts/login/")
    page.get_by_label("Username or email").fill("nobody")
    page.get_by_label("Password").fill("nothing")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_accessible(page)


def test_question_whose_answers_these_are(
    page: Page, live_server, sign_in: Callable[[Page, User], None], assert_accessible: Check
):
    guest = Learner.objects.create()
    answer_one(guest, questions_of(CHOOSING)[0])
    remember_guest(page.context, guest, live_server.url)
    sign_in(page, make_account())
    page.goto("/accounts/merge/")
    expect(page.get_by_role("button", name="Not mine")).to_be_visible()
    assert_accessible(page)


def test_open_menus_on_a_phone(page: Page, assert_accessible: Check):
    page.set_viewport_size(NARROW)
    page.goto("/learn/")
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("navigation", name="Site")).to_be_visible()
    assert_accessible(page)
