"""Answering: stored once, graded on what was shown, complete when every question has a first answer."""

import threading
import uuid

import pytest
from django.db import connection, connections
from django.test import Client

from accounts.models import Learner
from lessons.models import Lesson
from quizzes.content import body_as_json, body_hash
from quizzes.grading import Response
from quizzes.models import Answer, Attempt, QuestionRevision
from quizzes.services import Submission, answer_question
from quizzes.signals import answered
from tests.quizzes.builders import (
    answer,
    choice_body,
    make_learner,
    make_question,
    make_quiz,
    questions_of,
    send,
    text_of,
    url_of,
)


@pytest.fixture
def quiz(db):
    return make_quiz()


@pytest.fixture
def learner(db):
    return make_learner()


def test_first_answer_makes_the_attempt_and_the_last_completes_it(quiz, learner):
    first, second = questions_of(quiz)

    begun = answer(learner, first).answer.attempt
    assert (begun.completed_at, begun.points) == (None, None)

    done = answer(learner, second, right=False).answer.attempt
    assert done.pk == begun.pk
    assert (done.points, done.possible, done.percent) == (1, 2, 50)
    assert done.completed_at is not None


def test_only_the_first_answer_to_a_question_counts(quiz, learner):
    first, second = questions_of(quiz)

    answer(learner, first, right=False)
    again = answer(learner, first, right=True).answer
    answer(learner, second)

    assert (again.try_number, again.points) == (2, 1)
    assert Attempt.objects.get().points == 1


def test_a_try_after_completion_changes_no_score(quiz, learner):
    first, second = questions_of(quiz)
    answer(learner, first, right=False)
    answer(learner, second)
    before = Attempt.objects.values().get()

    answer(learner, first, right=True)

    assert Attempt.objects.values().get() == before
    assert Answer.objects.count() == 3


def test_another_attempt_begins_only_when_the_form_says_so(quiz, learner):
    first, second = questions_of(quiz)
    answer(learner, first)
    done = answer(learner, second).answer.attempt

    new = answer(learner, first, after=done.public_id).answer.attempt

    assert new.pk != done.pk
    assert new.is_open
    assert answer(learner, second).answer.attempt == new


def test_a_form_of_an_earlier_round_begins_no_third_attempt(quiz, learner):
    first, second = questions_of(quiz)
    answer(learner, first)
    one = answer(learner, second).answer.attempt
    answer(learner, first, after=one.public_id)
    two = answer(learner, second, after=one.public_id).answer.attempt
    assert two.completed_at is not None

    late = answer(learner, first, after=one.public_id).answer

    assert (late.attempt, late.try_number) == (two, 2)


def test_a_question_added_after_completion_begins_a_new_attempt(quiz, learner):
    for question in questions_of(quiz):
        answer(learner, question)
    added = make_question(quiz, choice_body("new", "newer"), position=9)

    given = answer(learner, added).answer

    assert given.attempt.is_open
    assert Attempt.objects.complete().get().possible == 2


def test_a_question_added_meanwhile_is_waited_for(quiz, learner):
    first, second = questions_of(quiz)
    answer(learner, first)
    make_question(quiz, choice_body("new", "newer"), position=9)

    assert answer(learner, second).answer.attempt.is_open


def test_the_wording_that_was_shown_is_graded(quiz, learner):
    first, _second = questions_of(quiz)
    shown = first.revision
    body = body_as_json(choice_body(right=1))
    first.revision = QuestionRevision.objects.create(
        question=first, number=2, body=body, body_hash=body_hash(body)
    )
    first.save()
    right_then = next(option["id"] for option in shown.body["options"] if option["correct"])

    sent = Submission(shown, Response(options=frozenset([right_then])), uuid.uuid4())
    given = answer_question(sent, lambda: learner).answer

    assert (given.points, given.revision) == (1, shown)


def test_the_same_submission_returns_its_answer(quiz, learner):
    first, _second = questions_of(quiz)
    submission = uuid.uuid4()

    one = answer(learner, first, submission=submission).answer
    two = answer(learner, first, right=False, submission=submission).answer

    assert one == two
    assert Answer.objects.count() == 1


def test_a_submission_of_an_earlier_attempt_returns_its_answer(quiz, learner):
    first, second = questions_of(quiz)
    submission = uuid.uuid4()
    one = answer(learner, first, submission=submission).answer
    done = answer(learner, second).answer.attempt
    answer(learner, first, after=done.public_id)

    assert answer(learner, first, submission=submission).answer == one
    assert Answer.objects.count() == 3


def test_a_receiver_that_fails_rolls_the_answer_back(quiz, learner):
    def fail(**_kwargs):
        raise RuntimeError("a receiver above")

    answered.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            answer(learner, questions_of(quiz)[0])
    finally:
        answered.disconnect(fail)

    assert (Answer.objects.count(), Attempt.objects.count()) == (0, 0)


def test_completion_is_seen_by_receivers(quiz, learner):
    seen = []

    def note(answer, **_kwargs):
        seen.append(answer.attempt.completed_at is not None)

    answered.connect(note)
    try:
        for question in questions_of(quiz):
            answer(learner, question)
    finally:
        answered.disconnect(note)

    assert seen == [False, True]


def test_scores_equal_an_independent_grader(quiz, learner):
    for place, question in enumerate(questions_of(quiz)):
        answer(learner, question, right=place == 0)

    attempt = Attempt.objects.get()
    first = [given.points for given in attempt.answers.all() if given.try_number == 1]
    assert (attempt.points, attempt.possible) == (sum(first), len(first))


def at_once(count, act):
    """Run ``act(number)`` in so many threads at the same moment; return what they returned or raised."""
    barrier = threading.Barrier(count)
    results = [None] * count

    def run(number):
        try:
            barrier.wait(timeout=20)
            results[number] = act(number)
        except Exception as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def locked(learner):
    """As ``ensure_learner``: a learner whose row is locked by its own update."""

    def get():
        Learner.objects.filter(pk=learner.pk).update(timezone="UTC")
        return Learner.objects.get(pk=learner.pk)

    return get


@pytest.mark.django_db(transaction=True)
def test_one_submission_by_twenty_at_once_is_one_attempt_and_one_answer():
    learner, question = make_learner(), questions_of(make_quiz())[0]
    chosen = question.revision.body["options"][0]["id"]
    sent = Submission(question.revision, Response(options=frozenset([chosen])), uuid.uuid4())

    results = at_once(20, lambda _number: answer_question(sent, locked(learner)).answer.pk)

    assert len(set(results)) == 1, results
    assert (Attempt.objects.count(), Answer.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_one_submission_by_twenty_strangers_at_once_is_one_guest():
    question = questions_of(make_quiz())[0]
    chosen = question.revision.body["options"][0]["id"]
    sent = Submission(question.revision, Response(options=frozenset([chosen])), uuid.uuid4())

    results = at_once(20, lambda _number: answer_question(sent, Learner.objects.create).answer.pk)

    assert len(set(results)) == 1, results
    assert (Learner.objects.count(), Attempt.objects.count(), Answer.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_different_answers_at_once_are_tries_in_one_attempt():
    learner, questions = make_learner(), questions_of(make_quiz())

    def act(number):
        question = questions[number % 2]
        chosen = question.revision.body["options"][0]["id"]
        sent = Submission(question.revision, Response(options=frozenset([chosen])), uuid.uuid4())
        return answer_question(sent, locked(learner)).answer.try_number

    results = at_once(10, act)

    assert sorted(results) == sorted([1, 2, 3, 4, 5] * 2), results
    attempt = Attempt.objects.get()
    assert (attempt.points, attempt.possible) == (2, 2)
    assert Lesson.objects.count() == 1
    assert connection.vendor in ("sqlite", "postgresql")


@pytest.mark.django_db(transaction=True)
def test_one_form_of_a_stranger_sent_by_twenty_at_once_is_one_guest_with_one_answer():
    quiz = make_quiz()
    page = text_of(Client().get(url_of(quiz, q="q1")))

    def act(_number):
        browser = Client()
        response = send(browser, quiz, "q1", "alpha", page=page)
        return response.status_code, browser.cookies["learner"].value

    results = at_once(20, act)

    assert {status for status, _cookie in results} == {302}, results
    assert len({cookie for _status, cookie in results}) == 1
    assert (Learner.objects.count(), Attempt.objects.count(), Answer.objects.count()) == (1, 1, 1)
