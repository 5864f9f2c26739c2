"""What becomes of attempts when learners are merged, erased or ask for their data."""

import json

import pytest

from accounts.models import Learner
from accounts.services import erase_learner, marks_of, merge_learners
from accounts.signals import personal_data
from quizzes.models import Answer, Attempt
from quizzes.scores import whole_percent
from tests.quizzes.builders import (
    answer,
    choice_body,
    make_learner,
    make_lesson,
    make_module,
    make_question,
    make_quiz,
    questions_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz():
    return make_quiz(choice_body(), choice_body("a", "b"), choice_body("c", "d"))


@pytest.fixture
def guest():
    return make_learner()


@pytest.fixture
def account():
    return make_learner("ada")


def answer_all(learner, quiz, *, right=True):
    for question in questions_of(quiz):
        outcome = answer(learner, question, right=right)
    return outcome.answer.attempt


def scores(learner, *lessons):
    shares = Attempt.objects.of(learner).best_shares([lesson.pk for lesson in lessons])
    return {lesson: whole_percent(share) for lesson, share in shares.items()}


def test_merge_keeps_every_attempt_and_the_better_score(quiz, guest, account):
    answer_all(guest, quiz, right=True)
    answer_all(account, quiz, right=False)

    moved = merge_learners(guest, account)

    assert moved["answers"] == 3
    assert Attempt.objects.of(account).count() == 2
    assert Attempt.objects.of(account).get(merged_from=guest.public_id).percent == 100
    assert scores(account, quiz.lesson) == {quiz.lesson.pk: 100}


@pytest.mark.parametrize(
    ("guests", "accounts", "stays"), [(2, 1, "guest"), (1, 2, "account"), (1, 1, "account")]
)
def test_of_two_open_attempts_the_one_with_more_answers_stays_open(
    quiz, guest, account, guests, accounts, stays
):
    for question in questions_of(quiz)[:guests]:
        from_guest = answer(guest, question).answer.attempt
    for question in questions_of(quiz)[:accounts]:
        own = answer(account, question).answer.attempt

    merge_learners(guest, account)

    open_attempt = Attempt.objects.of(account).open().get()
    assert open_attempt == (from_guest if stays == "guest" else own)
    assert Attempt.objects.of(account).get(closed_at__isnull=False) != open_attempt
    assert Answer.objects.count() == guests + accounts


def test_answering_goes_on_after_a_merge(quiz, guest, account):
    first, second, third = questions_of(quiz)
    answer(guest, first)
    answer(account, first)
    answer(account, second)
    merge_learners(guest, account)

    done = answer(Learner.objects.get(pk=account.pk), third).answer.attempt

    assert done.percent == 100


def test_erasing_deletes_attempts_with_answers_and_nobody_elses(quiz, guest, account):
    answer_all(guest, quiz)
    kept = answer_all(account, quiz)

    erase_learner(guest)

    assert list(Attempt.objects.all()) == [kept]
    assert Answer.objects.count() == 3


def test_marks_count_answers(quiz, guest):
    assert marks_of(guest) == []
    answer(guest, questions_of(quiz)[0])

    assert ("answer", 1) in marks_of(guest)


def test_personal_data_holds_attempts_and_answers_in_words(quiz, account):
    answer_all(account, quiz)

    answers = [pair for _receiver, pair in personal_data.send(sender=Learner, learner=account) if pair]
    rows = dict(pair for pair in answers if isinstance(pair, tuple))["attempts"]

    (row,) = rows
    assert (row["lesson"], row["percent"]) == (quiz.lesson.path, 100)
    assert row["answers"][0]["response"] == "alpha"
    assert json.loads(json.dumps(rows)) == rows


def test_best_scores_come_in_one_query_for_a_whole_list(account, django_assert_num_queries):
    module = make_module()
    lessons = [make_lesson(module=module) for _ in range(4)]
    for number, lesson in enumerate(lessons[:3]):
        own = make_quiz(choice_body(), lesson=lesson, prefix=f"l{number}-q")
        answer_all(account, own, right=number != 0)
    answer(account, make_question(make_quiz(lesson=lessons[3], prefix="x"), key="more"))

    with django_assert_num_queries(1):
        found = scores(account, *lessons)

    assert found == {lessons[0].pk: 0, lessons[1].pk: 100, lessons[2].pk: 100}
    with django_assert_num_queries(0):
        assert scores(Learner(), *lessons) == {}


def test_best_score_is_the_best_complete_attempt(quiz, account):
    one = answer_all(account, quiz, right=True)
    for question in questions_of(quiz):
        answer(account, question, right=False, after=one.public_id)

    assert [attempt.percent for attempt in Attempt.objects.order_by("pk")] == [100, 0]
    assert scores(account, quiz.lesson) == {quiz.lesson.pk: 100}
