"""Receives one answer: whose form it is, what it says, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.identity import LearnerGone, attach_learner, ensure_learner, owns_form
from quizzes.content import ChoiceBody, body_from_json
from quizzes.forms import FIELD, MAX_TEXT_LENGTH, TOKEN_FIELD, UnclearResponse, read_response
from quizzes.limits import is_over_limit
from quizzes.models import Answer, Question, QuestionRevision, Quiz
from quizzes.services import Outcome, Submission, answer_question
from quizzes.sheets import Conflict, Sheet, feedback_sheet, form_sheet, refilled_url
from quizzes.state import QuizState, load_state
from quizzes.tokens import BadToken, FormToken, read_token
from quizzes.views.access import TEXTS, learner_of, quiz_at, refuse_unpublished

_TWICE_WITHIN = timedelta(minutes=10)
"""How long a stranger's form, sent twice, leads to the guest that its first sending made."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a sent form is answered with: 200 feedback or what is unclear, 409 not stored, 429 too often."""

    state: QuizState
    question: Question
    sheet: Sheet
    status: int


class _Conflicting(Exception):
    """The form is not the sender's; the text says so to the learner."""


def receive_answer(request: HttpRequest, path: str) -> Reply | HttpResponse:
    """Take one form sent to the quiz at a path, or return the answer for a lesson that was retired.

    Raises ``BadRequest`` or ``Http404`` for what no form of this quiz can send.
    """
    form = _read_form(request, path)
    if isinstance(form, HttpResponse):
        return form
    token, revision = form
    quiz = revision.question.quiz
    values = request.POST.getlist(FIELD)
    if len(values) > 20:
        raise BadRequest("too many values")
    try:
        _check_owner(request, token)
        if is_over_limit(request, learner_of(request)):
            message = _("That were many answers in one minute. Wait a moment, then send it again.")
            return _form_again(request, quiz, token, revision, values, 429, error=message)
        response = read_response(body_from_json(revision.body), token.seed, values)
        sent = Submission(revision, response, token.submission, token.seed, token.variant, token.after)
        outcome = answer_question(sent, lambda: ensure_learner(request))
        _check_sender(request, outcome.answer)
    except UnclearResponse as unclear:
        return _form_again(request, quiz, token, revision, values, 200, error=str(unclear))
    except _Conflicting as conflicting:
        return _refuse(request, quiz, token, revision, values, str(conflicting))
    except LearnerGone:
        attach_learner(request)
        return _refuse(request, quiz, token, revision, values, _not_stored())
    return _feedback(request, quiz, outcome)


def _read_form(request: HttpRequest, path: str) -> tuple[FormToken, QuestionRevision] | HttpResponse:
    """Return what the form says about itself and the wording that was shown, with quiz and lesson."""
    try:
        token = read_token(request.POST.get(TOKEN_FIELD, ""))
    except BadToken as error:
        raise BadRequest("a form that is not ours") from error
    lesson = "question__quiz__lesson"
    revision = (
        QuestionRevision.objects.filter(pk=token.revision_id)
        .select_related(f"{lesson}__module__track")
        .defer(*(f"{lesson}__{name}" for name in TEXTS))
        .first()
    )
    if revision is None:
        raise Http404
    quiz = revision.question.quiz
    if quiz.lesson.path != path:
        # The lesson, or the question itself, has moved since the form was shown. The signed token names the
        # question; the address must only be one where a quiz is or was.
        found = quiz_at(request, path)
        if isinstance(found, HttpResponse):
            return found
    return refuse_unpublished(request, quiz.lesson) or (token, revision)


def _check_owner(request: HttpRequest, token: FormToken) -> None:
    if token.is_stale:
        raise _Conflicting(
            _("This form was open for more than two days, so the answer was not stored. Send it again.")
        )
    if not owns_form(request, token.owner):
        raise _Conflicting(_not_stored())


def _not_stored() -> str:
    return _("You signed out or changed account meanwhile, so this answer was not stored.")


def _check_sender(request: HttpRequest, answer: Answer) -> None:
    """See that the answer belongs to the sender.

    A stranger who sends a form twice at once is one person: the first sending made a guest, and the second
    ends up with the same guest, whichever of the two answers the browser reads.
    """
    learner = learner_of(request)
    owner = answer.attempt.learner
    if owner.pk == learner.pk:
        return
    # The learner that this request had begun was rolled back with its transaction.
    if hasattr(request, "guest_to_remember"):
        del request.guest_to_remember
    attach_learner(request)
    just_now = answer.answered_at > timezone.now() - _TWICE_WITHIN
    if learner_of(request).is_stranger and owner.is_guest and owner.merged_into_id is None and just_now:
        request.learner = owner  # type: ignore[attr-defined]
        request.guest_to_remember = owner  # type: ignore[attr-defined]
        return
    raise _Conflicting(_not_stored())


def _feedback(request: HttpRequest, quiz: Quiz, outcome: Outcome) -> Reply:
    answer = outcome.answer
    state = QuizState(
        quiz=quiz,
        learner=learner_of(request),
        questions=outcome.questions,
        attempt=answer.attempt,
        answers={each.question_id: each for each in outcome.answers},
    )
    question = answer.revision.question
    return Reply(state, question, feedback_sheet(state, question, answer), 200)


def _refuse(
    request: HttpRequest,
    quiz: Quiz,
    token: FormToken,
    revision: QuestionRevision,
    values: Sequence[str],
    message: str,
) -> Reply:
    """Give the form back as it was filled in, with a way to sign in and come back to it."""
    state = load_state(quiz, learner_of(request))
    login_url = ""
    if not request.user.is_authenticated:
        back = refilled_url(state, revision.question, token.seed, values)
        login_url = f"{reverse('account_login')}?{urlencode({'next': back})}"
    conflict = Conflict(message, login_url)
    return _form_again(request, quiz, token, revision, values, 409, conflict=conflict, state=state)


def _form_again(
    request: HttpRequest,
    quiz: Quiz,
    token: FormToken,
    revision: QuestionRevision,
    values: Sequence[str],
    status: int,
    *,
    error: str = "",
    conflict: Conflict | None = None,
    state: QuizState | None = None,
) -> Reply:
    """Return a new form in the same order, filled in; without choices when the wording has changed."""
    state = state or load_state(quiz, learner_of(request), begin_again=token.after is not None)
    question = state.find(revision.question.key) or revision.question
    body = body_from_json(revision.body)
    if revision.pk != question.revision_id and isinstance(body, ChoiceBody):
        values = ()
    sheet = form_sheet(
        state,
        question,
        seed=token.seed,
        values=[value[:MAX_TEXT_LENGTH] for value in values],
        error=error,
        conflict=conflict,
        retry=question.pk in state.answers,
    )
    return Reply(state, question, sheet, status)
