"""One question: wrong answers, another try, the keyboard alone, and a session that ended meanwhile."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import Learner, User
from quizzes.content import Body, ChoiceBody, NumericBody, ShortBody, TrueFalseBody
from quizzes.models import Answer, Question
from tests.browser.answering import (
    body_of,
    fill_in,
    open_questions,
    own_reason,
    places_of,
    send,
    sheet_of,
    text_of,
)
from tests.browser.conftest import Complaints
from tests.browser.course import CHOOSING, MIXTRAL, questions_of, quiz_of
from tests.browser.people import end_session, make_account, sign_in_by_form

pytestmark = pytest.mark.usefixtures("course")

TYPES = ["choice", "multi", "truefalse", "numeric", "short"]
TABS = 60
"""More than any control of a quiz page is away from its beginning."""


def first_of_type(kind: str) -> Question:
    """Return the first question of a type in lesson 7, which asks all five."""
    return next(question for question in questions_of(CHOOSING) if question.type == kind)


def page_of(question: Question) -> str:
    return f"{quiz_of(CHOOSING)}?q={question.key}"


def assert_explains_a_wrong_answer(sheet: Locator, question: Question) -> None:
    """Hold feedback on what ``fill_in(right=False)`` gave to verdict, both reasons and the right answer."""
    body = body_of(question)
    expect(sheet.get_by_text(re.compile("^(Not|Partly) right$"))).to_be_visible()
    expect(sheet.get_by_text("Your answer, not right")).to_be_visible()
    expect(sheet.get_by_text(re.compile("^Right (answer|too, and not chosen)$")).first).to_be_visible()
    shown = sheet.inner_html()
    assert own_reason(body, right=True) in shown
    if isinstance(body, ChoiceBody):
        assert any(option.reason in shown for option in body.options if not option.correct)
    else:
        assert own_reason(body, right=False) in shown
    if isinstance(body, (NumericBody, ShortBody)):
        expect(sheet).to_contain_text(text_of(body, right=True))


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_wrong_answer_is_explained_and_may_be_tried_again(
    page: Page, plain_page: Page, kind: str, scripts: bool
):
    page = page if scripts else plain_page
    question = first_of_type(kind)
    sheet = sheet_of(page, question)
    page.goto(page_of(question))
    fill_in(sheet, question, right=False)
    send(sheet)
    assert_explains_a_wrong_answer(sheet, question)
    if scripts:
        expect(sheet).to_be_focused()

    sheet.get_by_role("link", name="Try again").click()
    fill_in(sheet, question)
    send(sheet)
    expect(sheet.get_by_text("Right", exact=True)).to_be_visible()
    assert list(Answer.objects.order_by("try_number").values_list("try_number", "points"))[-1] == (2, 1.0)
    assert Answer.objects.get(try_number=1).points < 1


def test_unanswered_form_asks_for_an_answer(page: Page):
    question = first_of_type("choice")
    page.goto(page_of(question))
    sheet = sheet_of(page, question)
    send(sheet)

    error = sheet.locator(f"[id='q-{question.key}-error']")
    expect(error).to_be_focused()
    expect(sheet.get_by_role("group")).to_have_accessible_description(error.inner_text().strip())
    assert Answer.objects.count() == 0


@pytest.mark.parametrize("kind", TYPES)
def test_question_is_answered_by_keys_alone(page: Page, kind: str):
    question = first_of_type(kind)
    page.goto(page_of(question))
    sheet = sheet_of(page, question)
    expect(sheet).to_be_visible()
    _answer_by_keys(page, sheet, body_of(question))

    expect(sheet.get_by_text("Right", exact=True)).to_be_visible()
    expect(sheet).to_be_focused()
    _tab_to(page, sheet.get_by_role("link", name="Next question"))
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile(f"q={question.key}$"))


def test_keys_of_the_reader_keep_still_in_a_question(page: Page):
    question = next(question for question in questions_of(MIXTRAL) if question.type == "choice")
    page.goto(MIXTRAL)
    open_questions(page)
    visits: list[str] = []
    page.on("framenavigated", lambda frame: visits.append(frame.url))
    radio = sheet_of(page, question).get_by_role("radio").first
    radio.focus()
    page.keyboard.press("n")
    assert visits == []

    radio.blur()
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile(f"{CHOOSING}$"))
    assert len(visits) == 1


def test_answer_of_an_ended_session_is_kept_in_its_form(
    page: Page, sign_in: Callable[[Page, User], None], complaints: Complaints
):
    question = first_of_type("multi")
    sign_in(page, make_account("ines"))
    page.goto(CHOOSING)
    open_questions(page)
    sheet = sheet_of(page, question)
    fill_in(sheet, question)
    end_session(page.context)
    send(sheet)

    expect(sheet).to_contain_text("was not stored")
    complaints.expect("409 (Conflict)")
    _assert_filled_in(sheet, question)
    assert Answer.objects.count() == 0
    assert Learner.objects.filter(user=None).count() == 0

    _sign_in_and_send_again(page, sheet, question)


def test_answer_of_an_ended_session_is_kept_in_its_form_without_scripts(
    plain_page: Page, sign_in: Callable[[Page, User], None], complaints: Complaints
):
    page = plain_page
    question = first_of_type("numeric")
    sign_in(page, make_account("ines"))
    page.goto(page_of(question))
    sheet = sheet_of(page, question)
    fill_in(sheet, question)
    end_session(page.context)
    send(sheet)

    expect(sheet).to_contain_text("was not stored")
    complaints.expect("409 (Conflict)")
    _assert_filled_in(sheet, question)
    assert Answer.objects.count() == 0
    assert Learner.objects.filter(user=None).count() == 0

    _sign_in_and_send_again(page, sheet, question)


def test_unreachable_site_says_so_and_keeps_what_was_typed(page: Page, complaints: Complaints):
    question = first_of_type("short")
    page.goto(page_of(question))
    sheet = sheet_of(page, question)
    fill_in(sheet, question)
    page.context.set_offline(True)
    send(sheet)

    expect(page.get_by_role("alert")).to_contain_text("cannot be reached")
    expect(sheet.get_by_role("textbox")).to_have_value(text_of(body_of(question), right=True))  # type: ignore[arg-type]
    complaints.expect("Failed to fetch")
    complaints.expect("ERR_INTERNET_DISCONNECTED")

    page.context.set_offline(False)
    send(sheet)
    expect(sheet.get_by_text("Right", exact=True)).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def _sign_in_and_send_again(page: Page, sheet: Locator, question: Question) -> None:
    sheet.get_by_role("link", name="Sign in and come back to this question").click()
    sign_in_by_form(page)
    _assert_filled_in(sheet, question)
    send(sheet)
    expect(sheet.get_by_text("Right", exact=True)).to_be_visible()
    assert Answer.objects.get().attempt.learner.user == User.objects.get(username="ines")


def _assert_filled_in(sheet: Locator, question: Question) -> None:
    """Hold a form to what ``fill_in`` put into it."""
    body = body_of(question)
    if isinstance(body, ChoiceBody):
        right = places_of(sheet, body, right=True)
        for place in range(len(body.options)):
            expect(sheet.get_by_role("checkbox").nth(place)).to_be_checked(checked=place in right)
    elif isinstance(body, NumericBody):
        expect(sheet.get_by_role("textbox")).to_have_value(body.answer)


def _answer_by_keys(page: Page, sheet: Locator, body: Body) -> None:
    """Give the right answer without touching the mouse, and send it."""
    press = page.keyboard.press
    match body:
        case ChoiceBody(multi=True):
            for place in sorted(places_of(sheet, body, right=True)):
                _tab_to(page, sheet.get_by_role("checkbox").nth(place))
                press("Space")
            _tab_to(page, sheet.get_by_role("button", name="Check"))
            press("Space")
        case ChoiceBody():
            _tab_to(page, sheet.get_by_role("radio").first)
            press("Space")
            for _ in range(places_of(sheet, body, right=True)[0]):
                press("ArrowDown")
            _tab_to(page, sheet.get_by_role("button", name="Check"))
            press("Enter")
        case TrueFalseBody():
            _tab_to(page, sheet.get_by_role("radio").first)
            press("Space" if body.answer else "ArrowDown")
            press("Enter")
        case NumericBody() | ShortBody():
            _tab_to(page, sheet.get_by_role("textbox"))
            page.keyboard.type(text_of(body, right=True))
            press("Enter")


def _tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus."""
    for _ in range(TABS):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{target} is not reached by Tab")
