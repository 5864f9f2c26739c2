"""Answering. What is acknowledged is stored, once, however often it is sent and by however many at a time."""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Learner
from quizzes.content import body_from_json
from quizzes.grading import Response, grade
from quizzes.models import Answer, Attempt, Question, QuestionRevision, Quiz
from quizzes.signals import answered

_RACES = 3
"""How often two requests may run into each other before one gives up."""


@dataclass(frozen=True, slots=True)
class Submission:
    """One sent form: which wording, what was answered, and what the form knew.

    ``after`` is the public id of the complete attempt that the form begins another one after.
    """

    revision: QuestionRevision
    response: Response
    submission: uuid.UUID
    seed: int = 0
    variant: int = 0
    after: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a submission: its answer, and all answers of the attempt that it belongs to."""

    answer: Answer
    answers: tuple[Answer, ...]
    """Oldest first, ``answer`` among them."""

    questions: tuple[Question, ...]
    """Those asked today in that quiz, in order, with primary key and id only."""


def answer_question(sent: Submission, get_learner: Callable[[], Learner]) -> Outcome:
    """Grade a response on the wording that was shown, store it, and complete the attempt if it was the last.

    ``get_learner`` is called inside the transaction and returns the saved learner, whose row it has locked
    (two answers of one learner then follow each other). The first answer makes the attempt. In an attempt
    only the first answer to a question counts; more tries are stored and change no score. Once an attempt is
    complete, a form that says so (``after``), or an answer to a question it never had, begins another; any
    other form is one more try in the complete one.

    The same submission again returns what it made the first time, also when both run at once.
    Sends ``answered`` inside the transaction.
    """
    for race in range(1, _RACES + 1):
        try:
            with transaction.atomic():
                return _store(sent, get_learner())
        except IntegrityError:
            earlier = _find(sent.submission)
            if earlier is not None:
                return _outcome_of(earlier, sent)
            if race == _RACES:
                raise
    raise AssertionError("unreachable")


def _find(submission: uuid.UUID) -> Answer | None:
    return Answer.objects.filter(submission=submission).select_related("attempt__learner").first()


def _outcome_of(earlier: Answer, sent: Submission) -> Outcome:
    """Return the outcome of a submission that another request has stored."""
    answers = tuple(earlier.attempt.answers.select_related("attempt").order_by("answered_at", "pk"))
    earlier.revision = sent.revision
    return Outcome(earlier, answers, sent.revision.question.quiz.asked_questions())


def _store(sent: Submission, learner: Learner) -> Outcome:
    question = sent.revision.question
    questions = question.quiz.asked_questions()
    earlier = list(Answer.objects.of_current_attempt(learner, question.quiz_id))
    for answer in earlier:
        answer.attempt.learner = learner
        if answer.submission == sent.submission:
            answer.revision = sent.revision
            return Outcome(answer, tuple(earlier), questions)
    attempt = earlier[0].attempt if earlier else None
    if attempt is None or _begins_another(attempt, earlier, sent):
        attempt = Attempt.objects.create(learner=learner, quiz_id=question.quiz_id)
        earlier = []
    now = timezone.now()
    answer = Answer.objects.create(
        attempt=attempt,
        question=question,
        revision=sent.revision,
        try_number=1 + sum(other.question_id == question.pk for other in earlier),
        response=sent.response.as_json(),
        seed=sent.seed,
        variant=sent.variant,
        points=grade(body_from_json(sent.revision.body), sent.response),
        submission=sent.submission,
        answered_at=now,
    )
    if attempt.is_open:
        _complete_if_done(attempt, [*earlier, answer], questions)
    answered.send(sender=Answer, answer=answer)
    return Outcome(answer, (*earlier, answer), questions)


def _begins_another(attempt: Attempt, earlier: Sequence[Answer], sent: Submission) -> bool:
    """Whether an answer belongs to a new attempt rather than to the learner's current one."""
    if attempt.is_open:
        return False
    was_asked = any(answer.question_id == sent.revision.question_id for answer in earlier)
    return sent.after == attempt.public_id or not was_asked


def _complete_if_done(attempt: Attempt, answers: Sequence[Answer], questions: Sequence[Question]) -> bool:
    """Complete an attempt when every question asked today has a first answer in it.

    Its points are those of all first answers in it, also of questions that were retired meanwhile: so the
    score of an attempt follows from its own answers alone. It carries the time of its last first answer.
    """
    first = [answer for answer in answers if answer.try_number == 1]
    if not {question.pk for question in questions} <= {answer.question_id for answer in first}:
        return False
    attempt.points = math.fsum(answer.points for answer in first)
    attempt.possible = len(first)
    attempt.completed_at = max(answer.answered_at for answer in first)
    attempt.save(update_fields=["points", "possible", "completed_at"])
    return True


def complete_settled(quiz: Quiz) -> int:
    """Complete the open attempts at a quiz that wait for no answer any more since a question left it.

    Sends ``answered`` for the last answer of each, so that apps above look again. Returns how many there
    were. Call inside a transaction.
    """
    completed = 0
    questions = quiz.asked_questions()
    if not questions:
        return completed
    for attempt in Attempt.objects.open().practice(quiz).select_related("learner"):
        answers = list(attempt.answers.order_by("answered_at", "pk"))
        if answers and _complete_if_done(attempt, answers, questions):
            answers[-1].attempt = attempt
            answered.send(sender=Answer, answer=answers[-1])
            completed += 1
    return completed
