"""Answering questions: in a page as a learner does, and in the database for pages that show the outcome."""

from __future__ import annotations

import uuid

from playwright.sync_api import Locator, Page, expect

from accounts.models import Learner
from quizzes.content import (
    Body,
    ChoiceBody,
    NumericBody,
    ShortBody,
    TrueFalseBody,
    body_from_json,
    shuffled,
)
from quizzes.grading import Response
from quizzes.models import Attempt, Question
from quizzes.services import Submission, answer_question
from quizzes.tokens import read_token


def body_of(question: Question) -> Body:
    """Return the wording that is shown today, with its key."""
    assert question.revision is not None
    return body_from_json(question.revision.body)


def sheet_of(page: Page, question: Question) -> Locator:
    """Return the element that holds a question: its form, or the feedback that took its place."""
    return page.locator(f"[id='q-{question.key}']")


def open_questions(page: Page) -> None:
    """Scroll through a lesson until every place has its questions, and its end says what is missing."""
    slots = page.locator("[id^='questions-']")
    expect(slots).not_to_have_count(0)
    for slot in slots.all():
        slot.scroll_into_view_if_needed()
        expect(slot.get_by_role("link", name="Where was this?").first).to_be_visible()
    end = page.locator("#finish")
    end.scroll_into_view_if_needed()
    expect(end.get_by_role("button")).to_be_visible()


def fill_in(sheet: Locator, question: Question, *, right: bool = True) -> None:
    """Choose or type an answer in a question's form."""
    body = body_of(question)
    match body:
        case ChoiceBody():
            boxes = sheet.get_by_role("checkbox" if body.multi else "radio")
            for place in places_of(sheet, body, right=right):
                boxes.nth(place).check()
        case TrueFalseBody():
            sheet.get_by_role("radio", name="True" if body.answer is right else "False", exact=True).check()
        case NumericBody() | ShortBody():
            sheet.get_by_role("textbox").fill(text_of(body, right=right))


def send(sheet: Locator) -> None:
    """Send a question's form."""
    sheet.get_by_role("button", name="Check").click()


def places_of(sheet: Locator, body: ChoiceBody, *, right: bool) -> list[int]:
    """Return where the options to choose stand in the form: every right one, or the first wrong one."""
    seed = read_token(sheet.locator("[name=token]").get_attribute("value") or "").seed
    places = [place for place, option in enumerate(shuffled(body.options, seed)) if option.correct is right]
    return places if right else places[:1]


def text_of(body: NumericBody | ShortBody, *, right: bool) -> str:
    """Return what is typed: the answer, or a mistake that the author knows."""
    if right:
        return body.answer if isinstance(body, NumericBody) else body.accepted[0]
    return body.mistakes[0].answer if body.mistakes else "0.5"


def own_reason(body: Body, *, right: bool) -> str:
    """Return the reason, as HTML, that belongs to what ``fill_in`` chooses; empty where no author wrote one.

    Of several right options it is the first one's. Wrong options are told apart by their place: ask the page.
    """
    match body:
        case ChoiceBody():
            return next(option.reason for option in body.options if option.correct is right)
        case TrueFalseBody():
            return body.reason_true if body.answer is right else body.reason_false
        case NumericBody() | ShortBody():
            if right:
                return body.reason
            return body.mistakes[0].reason if body.mistakes else ""


def answer_all(learner: Learner, questions: list[Question], *, wrong: int = 0) -> Attempt:
    """Store an answer to every question, the first ``wrong`` of them not right, and return the attempt."""
    for number, question in enumerate(questions):
        attempt = answer_one(learner, question, right=number >= wrong)
    return Attempt.objects.get(pk=attempt.pk)


def answer_one(learner: Learner, question: Question, *, right: bool = True) -> Attempt:
    """Store one answer and return its attempt."""
    assert question.revision is not None
    sent = Submission(question.revision, _response(body_of(question), right=right), uuid.uuid4())
    return answer_question(sent, lambda: learner).answer.attempt


def _response(body: Body, *, right: bool) -> Response:
    match body:
        case ChoiceBody():
            chosen = [option.id for option in body.options if option.correct is right]
            return Response(options=frozenset(chosen if right else chosen[:1]))
        case TrueFalseBody():
            return Response(truth=body.answer is right)
        case NumericBody() | ShortBody():
            return Response(text=text_of(body, right=right))
