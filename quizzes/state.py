"""Where a learner stands in a quiz: the questions of today, and the answers of the current attempt."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from accounts.models import Learner
from quizzes.models import Answer, Attempt, Question, Quiz


@dataclass(frozen=True, slots=True)
class QuizState:
    """A quiz as one learner meets it."""

    quiz: Quiz
    learner: Learner
    questions: tuple[Question, ...]
    """Those asked today, in order, each with its revision."""

    attempt: Attempt | None
    """The current attempt: the open one, else the one completed last."""

    answers: dict[int, Answer]
    """The latest answer to each question in it, by question."""

    begins_again: bool = False
    """Whether the learner asked for another go after a complete attempt."""

    @property
    def is_complete(self) -> bool:
        """Whether the current attempt is complete and no other was asked for."""
        return self.attempt is not None and self.attempt.completed_at is not None and not self.begins_again

    @property
    def after(self) -> uuid.UUID | None:
        """The complete attempt that an answer to an unanswered question begins another after."""
        complete = self.attempt is not None and self.attempt.completed_at is not None
        return self.attempt.public_id if complete and self.attempt else None

    @property
    def answered_count(self) -> int:
        """How many of today's questions have an answer in the current attempt."""
        return sum(question.pk in self.answers for question in self.questions)

    def find(self, key: str) -> Question | None:
        """Return the question with a key, if it is asked today."""
        return next((question for question in self.questions if question.key == key), None)

    def number(self, question: Question) -> int:
        """Return a question's number, from 1; 0 for one that is not asked any more."""
        return self.questions.index(question) + 1 if question in self.questions else 0

    def next_question(self, after: Question | None = None) -> Question | None:
        """Return the first unanswered question behind ``after``, going on from the start at the end."""
        start = self.number(after) if after else 0
        around = (*self.questions[start:], *self.questions[:start])
        return next((question for question in around if question.pk not in self.answers), None)


def load_state(quiz: Quiz, learner: Learner, *, begin_again: bool = False) -> QuizState:
    """Fetch where a learner stands: two queries, one for a stranger."""
    questions = tuple(Question.objects.current().filter(quiz=quiz).select_related("revision"))
    if learner.is_stranger:
        return QuizState(quiz, learner, questions, None, {})
    given = list(Answer.objects.of_current_attempt(learner, quiz).select_related("attempt", "revision"))
    attempt = given[0].attempt if given else None
    begins_again = begin_again and attempt is not None and attempt.completed_at is not None
    answers = {} if begins_again else {answer.question_id: answer for answer in given}
    return QuizState(quiz, learner, questions, attempt, answers, begins_again)
