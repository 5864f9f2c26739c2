"""When a lesson is complete, what is missing until then, and what happens to it afterwards."""

import pytest

from progress.services import mark, record_position
from tests.progress.builders import ANCHORS, add_questions, answer_some, make_reading, progress_of, state
from tests.quizzes.builders import answer, choice_body, make_learner, make_question, questions_of, retire

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner():
    return make_learner()


def test_lesson_with_questions_is_complete_when_each_has_an_answer_right_or_wrong(learner):
    lesson = make_reading(rule="quiz", questions=3)

    answer_some(learner, lesson, 2, right=1)
    assert not state(learner, lesson).done
    assert state(learner, lesson).missing == ["Answer 1 more question."]

    answer_some(learner, lesson, 3, right=0)
    assert state(learner, lesson).done
    assert state(learner, lesson).missing == []


def test_an_untouched_lesson_says_how_many_questions_it_asks(learner):
    lesson = make_reading(rule="quiz", questions=3)

    assert state(learner, lesson).missing == ["Answer the 3 questions."]
    assert state(learner, lesson).label == "not started"


def test_answering_one_question_twice_counts_once(learner):
    lesson = make_reading(rule="quiz", questions=2)
    first = questions_of(lesson.quiz)[0]

    answer(learner, first)
    answer(learner, first)

    assert state(learner, lesson).answered == 1
    assert not state(learner, lesson).done


def test_pass_needs_the_score_and_says_the_best_so_far(learner):
    lesson = make_reading(rule="pass", questions=2)

    answer_some(learner, lesson, 2, right=1)
    assert not state(learner, lesson).done
    assert state(learner, lesson).missing == ["Score 80% or more. Your best so far is 50%."]

    again = learner.attempts.get()
    for question in questions_of(lesson.quiz):
        answer(learner, question, after=again.public_id if question.position == 0 else None)
    assert state(learner, lesson).done
    assert state(learner, lesson).percent == 100


def test_a_worse_attempt_later_takes_neither_score_nor_completion(learner):
    lesson = make_reading(rule="pass", questions=2)
    answer_some(learner, lesson, 2)
    earlier = learner.attempts.get()

    for question in questions_of(lesson.quiz):
        answer(learner, question, right=False, after=earlier.public_id if question.position == 0 else None)

    assert learner.attempts.count() == 2
    assert state(learner, lesson).done
    assert state(learner, lesson).percent == 100


def test_reading_to_the_last_section_completes_a_lesson_of_that_rule_only(learner):
    reading = make_reading(rule="view")
    quiz = make_reading(rule="quiz", questions=1)

    for lesson in (reading, quiz):
        record_position(learner, lesson, ANCHORS[0])
    assert not state(learner, reading).done
    assert state(learner, reading).missing == ["Read to the last section."]

    for lesson in (reading, quiz):
        record_position(learner, lesson, ANCHORS[-1])
    assert state(learner, reading).done
    assert not state(learner, quiz).done


def test_a_manual_lesson_waits_for_the_mark(learner):
    lesson = make_reading(rule="manual")

    record_position(learner, lesson, ANCHORS[-1])
    assert not state(learner, lesson).done

    mark(learner, lesson, done=True)
    assert state(learner, lesson).done


def test_a_mark_wins_over_the_rule_both_ways(learner):
    lesson = make_reading(rule="quiz", questions=1)

    mark(learner, lesson, done=True)
    assert state(learner, lesson).done

    answer_some(learner, lesson, 1)
    mark(learner, lesson, done=False)
    assert not state(learner, lesson).done
    assert state(learner, lesson).rule_is_met


def test_another_complete_attempt_hands_a_lesson_marked_as_not_done_back_to_its_rule(learner):
    lesson = make_reading(rule="quiz", questions=2)
    answer_some(learner, lesson, 2)
    mark(learner, lesson, done=False)
    earlier = learner.attempts.get()
    first, second = questions_of(lesson.quiz)

    answer(learner, first, after=earlier.public_id)
    assert not state(learner, lesson).done

    answer(learner, second)
    assert state(learner, lesson).done
    assert progress_of(learner, lesson).marked is None


def test_marking_as_done_what_the_rule_grants_leaves_no_mark(learner):
    lesson = make_reading(rule="quiz", questions=1)
    answer_some(learner, lesson, 1)
    mark(learner, lesson, done=False)

    mark(learner, lesson, done=True)

    assert progress_of(learner, lesson).marked is None
    assert state(learner, lesson).done


def test_marking_twice_keeps_the_first_time(learner):
    lesson = make_reading(rule="manual")

    mark(learner, lesson, done=True)
    first = progress_of(learner, lesson).completed_at
    mark(learner, lesson, done=True)

    assert progress_of(learner, lesson).completed_at == first


def test_new_questions_leave_a_lesson_complete_and_are_announced(learner):
    lesson = make_reading(rule="quiz", questions=2)
    answer_some(learner, lesson, 2)

    for number in range(2):
        make_question(lesson.quiz, choice_body(f"new {number}", "a", "b", "c"), position=10 + number)

    assert state(learner, lesson).done
    assert state(learner, lesson).new_questions == 2
    assert state(learner, lesson).label == "done, 2 new questions"


def test_questions_left_open_by_a_mark_are_not_new(learner):
    lesson = make_reading(rule="quiz", questions=2)

    mark(learner, lesson, done=True)

    assert state(learner, lesson).new_questions == 0
    assert state(learner, lesson).label == "done"


def test_where_every_question_left_reading_to_the_end_is_enough(learner):
    lesson = make_reading(rule="quiz", questions=1)
    retire(questions_of(lesson.quiz)[0])

    record_position(learner, lesson, ANCHORS[-1])

    assert state(learner, lesson).done


def test_one_learner_s_answers_are_nobody_else_s(learner):
    lesson = make_reading(rule="quiz", questions=1)
    answer_some(make_learner(), lesson, 1)

    assert state(learner, lesson).answered == 0
    assert not state(learner, lesson).started


def test_answers_in_one_lesson_leave_another_alone(learner):
    lesson, other = make_reading(rule="quiz"), make_reading(rule="quiz")
    add_questions(lesson, 1)
    add_questions(other, 1)

    answer_some(learner, lesson, 1)

    assert state(learner, lesson).done
    assert not state(learner, other).started
