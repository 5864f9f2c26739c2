"""What happens to progress when learners merge, are erased, or ask for their data; and counting anew."""

import json

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from accounts.services import erase_learner, marks_of, merge_learners
from progress.models import LessonProgress
from progress.services import mark, record_position, recount
from tests.progress.builders import (
    ANCHORS,
    answer_some,
    browser_of,
    make_course,
    make_reading,
    progress_of,
    state,
)
from tests.quizzes.builders import answer, load, make_learner, questions_of, retire

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest():
    return make_learner()


@pytest.fixture
def account():
    return make_learner("ada")


def test_what_only_the_guest_has_moves(guest, account):
    lesson = make_reading(rule="quiz", questions=2)
    answer_some(guest, lesson, 2, right=1)
    record_position(guest, lesson, ANCHORS[1])

    moved = merge_learners(guest, account)

    assert moved == {"answers": 2, "finished lesson": 1}
    assert state(account, lesson).done
    assert state(account, lesson).percent == 50
    assert state(account, lesson).section == ANCHORS[1]
    assert not LessonProgress.objects.of(guest).exists()


def test_the_earlier_completion_and_the_later_position_stay(guest, account):
    lesson = make_reading(rule="view")
    record_position(guest, lesson, ANCHORS[-1])
    done_at = progress_of(guest, lesson).completed_at
    record_position(account, lesson, ANCHORS[-1])
    record_position(account, lesson, ANCHORS[0])

    merge_learners(guest, account)

    assert progress_of(account, lesson).completed_at == done_at
    assert progress_of(account, lesson).section == ANCHORS[0]


def test_answers_of_both_complete_a_lesson_together(guest, account):
    lesson = make_reading(rule="quiz", questions=2)
    first, second = questions_of(lesson.quiz)
    answer(guest, first)
    answer(account, second)

    merge_learners(guest, account)

    assert state(account, lesson).answered == 2
    assert state(account, lesson).done


def test_the_account_s_own_mark_wins(guest, account):
    lesson = make_reading(rule="view")
    record_position(guest, lesson, ANCHORS[-1])
    mark(account, lesson, done=False)

    merge_learners(guest, account)

    assert not state(account, lesson).done


def test_the_guest_s_mark_counts_where_the_account_has_none(guest, account):
    lesson = make_reading(rule="manual")
    mark(guest, lesson, done=True)
    record_position(account, lesson, ANCHORS[0])

    merge_learners(guest, account)

    assert state(account, lesson).done


def test_marks_are_counted_in_words(guest):
    mark(guest, make_reading(rule="manual"), done=True)

    assert marks_of(guest) == [("finished lesson", 1)]


def test_erasing_a_learner_erases_progress(guest):
    record_position(guest, make_reading(), ANCHORS[0])

    erase_learner(guest)

    assert not LessonProgress.objects.exists()


def test_a_copy_of_one_s_data_holds_progress(account):
    lesson = make_reading(rule="quiz", questions=1)
    answer_some(account, lesson, 1)

    copy = json.loads(browser_of(account).get("/accounts/data/export/").content)

    assert [(row["lesson"], row["answered"]) for row in copy["lesson_progress"]] == [(lesson.path, 1)]


def test_counting_anew_finds_what_was_kept():
    module = make_course(3, 2, 1)
    learners = [make_learner(), make_learner()]
    for place, lesson in enumerate(module.lessons.all()):
        answer_some(learners[0], lesson, 2 - place, right=1)
        answer_some(learners[1], lesson, 3)
    kept = list(LessonProgress.objects.order_by("pk").values())

    assert recount() == 0
    assert list(LessonProgress.objects.order_by("pk").values()) == kept


def test_counting_anew_mends_what_was_lost(capsys):
    lesson, learner = make_reading(rule="quiz", questions=2), make_learner()
    answer_some(learner, lesson, 2, right=1)
    kept = state(learner, lesson)
    LessonProgress.objects.all().delete()

    call_command("recountprogress")

    assert capsys.readouterr().out == "2 rows changed.\n"  # counted, and complete again
    mended = state(learner, lesson)
    assert (mended.answered, mended.percent, mended.done) == (kept.answered, kept.percent, True)


def test_a_question_that_leaves_completes_the_lesson_for_those_who_answered_the_others():
    lesson, learner = make_reading(), make_learner()
    questions = [
        f"  - id: {key}\n    type: truefalse\n    kind: recall\n    section: '#first'\n"
        f"    prompt: Is {key} so?\n    answer: true\n    reason_true: Yes.\n    reason_false: No.\n"
        for key in ("one", "two")
    ]
    load(lesson, "questions:\n" + "".join(questions))
    type(lesson).objects.filter(pk=lesson.pk).update(complete="quiz")
    lesson.refresh_from_db()
    browser = browser_of(learner)
    _answer_true(browser, lesson, "one")
    assert not state(learner, lesson).done

    load(lesson, "questions:\n" + questions[0])

    assert state(learner, lesson).answered == 1
    assert state(learner, lesson).done


def test_a_retired_question_is_no_longer_counted_as_answered():
    lesson, learner = make_reading(rule="quiz", questions=3), make_learner()
    first, _second, _third = questions_of(lesson.quiz)
    answer(learner, first)

    retire(first)
    recount(LessonProgress.objects.filter(lesson=lesson))

    assert (state(learner, lesson).answered, state(learner, lesson).questions) == (0, 2)


def test_instructors_find_progress_by_learner_and_lesson_and_change_nothing(django_user_model):
    module, learner = make_course(1), make_learner("ada")
    answer_some(learner, module.lessons.get(), 1)
    boss = browser_of(make_learner("boss"))
    User.objects.filter(username="boss").update(is_staff=True, is_superuser=True)

    for query in (
        "",
        "?q=ada",
        f"?q={module.lessons.get().title}",
        "?completion=done",
        f"?module={module.pk}",
    ):
        page = boss.get(f"/admin/progress/lessonprogress/{query}")
        assert "100%" in page.content.decode(), query
    for query in ("?q=nobody", "?completion=open", "?completion=hand", "?module=x"):
        assert boss.get(f"/admin/progress/lessonprogress/{query}").status_code in (200, 302)
    assert boss.get("/admin/progress/lessonprogress/add/").status_code == 403
    assert timezone.now() > LessonProgress.objects.get().completed_at


def _answer_true(browser, lesson, key):
    from tests.quizzes.builders import send

    assert send(browser, lesson.quiz, key, "true").status_code == 302
