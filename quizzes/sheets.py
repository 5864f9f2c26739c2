"""One question as a page shows it: a form before the answer, the feedback after it.

A sheet with a form holds nothing of the key: neither reasons nor explanation, nor an option's id or place in
the file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from quizzes.content import Body, ChoiceBody, NumericBody, TrueFalseBody, body_from_json, shuffled
from quizzes.feedback import Feedback, feedback, trusted
from quizzes.forms import FIELD, TRUTHS
from quizzes.grading import Response
from quizzes.models import Answer, Question
from quizzes.state import QuizState
from quizzes.tokens import FormToken, new_token

_BLOCK = re.compile(r"<(?:p|div|pre|table|ul|ol|dl|figure|blockquote|section|h[1-6])\b")


@dataclass(frozen=True, slots=True)
class Field:
    """One option of a form."""

    value: str
    html: SafeString
    checked: bool


@dataclass(frozen=True, slots=True)
class Form:
    """What a learner fills in. ``typed`` is the text of questions without options."""

    token: str
    fields: tuple[Field, ...] = ()
    typed: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why a sent form was not stored; ``login_url`` signs in and comes back to the form, filled in."""

    message: str
    login_url: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A question with its form, or with the feedback on an answer."""

    question: Question
    type: str
    prompt: SafeString
    number: int
    total: int
    quiz_url: str
    section_url: str
    unit: str = ""
    tolerance: str = ""
    form: Form | None = None
    feedback: Feedback | None = None
    conflict: Conflict | None = None
    next_url: str = ""
    finishes: bool = False
    """Whether this answer completed its attempt, so that the score belongs here."""

    @property
    def element_id(self) -> str:
        """The id of the sheet on its page; htmx swaps it whole."""
        return element_id(self.question)

    @property
    def url(self) -> str:
        """The page of this question."""
        return f"{self.quiz_url}?{urlencode({'q': self.question.key})}"

    @property
    def retry_url(self) -> str:
        """The page that asks it once more."""
        return f"{self.quiz_url}?{urlencode({'q': self.question.key, 'retry': 1})}"

    @property
    def is_block(self) -> bool:
        """Whether the prompt holds more than a line of text, so that it cannot stand in a legend."""
        return _BLOCK.search(self.prompt) is not None

    @property
    def hint(self) -> str:
        """What kind of answer is asked for."""
        return {
            "multi": _("Several answers"),
            "truefalse": _("True or false"),
            "numeric": _("A number"),
            "short": _("A few words"),
        }.get(self.type, _("One answer"))


def element_id(question: Question) -> str:
    """Return the id of a question's sheet on a page."""
    return f"q-{question.key}"


def quiz_url(path: str) -> str:
    """Return the page of the quiz of the lesson at a path."""
    return reverse("quizzes:take_quiz", kwargs={"path": path})


def sheet_for(state: QuizState, question: Question, *, retry: bool = False) -> Sheet:
    """Return the feedback on the latest answer in the current attempt, or a form where there is none."""
    answer = state.answers.get(question.pk)
    if answer is not None and not retry:
        return feedback_sheet(state, question, answer)
    return form_sheet(state, question, retry=retry and answer is not None)


def form_sheet(
    state: QuizState,
    question: Question,
    *,
    seed: int | None = None,
    values: Sequence[str] = (),
    error: str = "",
    conflict: Conflict | None = None,
    retry: bool = False,
) -> Sheet:
    """Return a new form, filled in with what was sent or typed before if that is given with its seed."""
    assert question.revision is not None
    body = body_from_json(question.revision.body)
    after = None if retry else state.after
    token = new_token(state.learner, question.revision.pk, seed=seed, after=after)
    form = Form(token.sign(), fields_of(body, token, values), _typed(body, values), error)
    return replace(_plain_sheet(state, question, body), form=form, conflict=conflict)


def feedback_sheet(state: QuizState, question: Question, answer: Answer) -> Sheet:
    """Return the feedback on an answer, in the wording and the order in which it was given."""
    body = body_from_json(answer.revision.body)
    following = state.next_question(question)
    return replace(
        _plain_sheet(state, question, body),
        feedback=feedback(body, Response.from_json(answer.response), answer.seed),
        next_url=f"{quiz_url(state.quiz.lesson.path)}?{urlencode({'q': following.key})}" if following else "",
        finishes=answer.finishes_attempt,
    )


def fields_of(body: Body, token: FormToken, values: Sequence[str]) -> tuple[Field, ...]:
    """Return the options in the order of this form's shuffle, with its places as their values."""
    match body:
        case ChoiceBody():
            options = shuffled(body.options, token.seed)
            return tuple(
                Field(str(place), trusted(option.html), str(place) in values)
                for place, option in enumerate(options)
            )
        case TrueFalseBody():
            words = {"true": _("True"), "false": _("False")}
            return tuple(Field(value, escape(words[value]), value in values) for value in TRUTHS)
        case _:
            return ()


def refilled_url(state: QuizState, question: Question, seed: int, values: Sequence[str]) -> str:
    """Return the address of a question's page with the form filled in as it was sent."""
    query = urlencode([("q", question.key), ("seed", seed), *((FIELD, value) for value in values)])
    return f"{quiz_url(state.quiz.lesson.path)}?{query}"


def _plain_sheet(state: QuizState, question: Question, body: Body) -> Sheet:
    """Return the sheet of a question without form and feedback."""
    lesson_url = state.quiz.lesson.get_absolute_url()
    return Sheet(
        question=question,
        type=body.type,
        prompt=trusted(body.prompt),
        number=state.number(question),
        total=len(state.questions),
        quiz_url=quiz_url(state.quiz.lesson.path),
        section_url=f"{lesson_url}#{question.section}" if question.section else lesson_url,
        unit=body.unit if isinstance(body, NumericBody) else "",
        tolerance=_tolerance(body) if isinstance(body, NumericBody) else "",
    )


def _tolerance(body: NumericBody) -> str:
    if body.tolerance == "0":
        return ""
    unit = "%" if body.percent else f" {body.unit}".rstrip()
    return _("within %(margin)s") % {"margin": f"{body.tolerance}{unit}"}


def _typed(body: Body, values: Sequence[str]) -> str:
    return "" if isinstance(body, (ChoiceBody, TrueFalseBody)) else "".join(values[:1])
