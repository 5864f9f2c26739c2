"""Small builders for progress: a course of lessons with questions, told only what a test is about."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import signing
from django.test import Client

from accounts.identity import learner_token
from accounts.models import Learner
from lessons.models import Lesson, Module, Section
from progress.models import LessonProgress
from progress.services import state_of
from progress.states import State
from quizzes.models import Quiz
from tests.quizzes.builders import answer, choice_body, make_lesson, make_module, make_quiz, questions_of

ANCHORS = ("first", "second", "third")


def make_reading(*, rule: str = "view", questions: int = 0, **fields: Any) -> Lesson:
    """A lesson with three sections and as many questions as asked for, in its module's menu."""
    lesson = make_lesson(complete=rule, minutes=10, number=fields.pop("number", 1), **fields)
    lesson.contents = [{"level": 2, "anchor": each, "title": each.title()} for each in ANCHORS]
    lesson.save()
    Section.objects.bulk_create(
        Section(
            lesson=lesson,
            position=place,
            anchor=anchor,
            title=anchor.title() or lesson.title,
            heading_level=2 if anchor else 1,
            text=f"About {anchor}. " * 5,
        )
        for place, anchor in enumerate(("", *ANCHORS))
    )
    if questions:
        add_questions(lesson, questions)
    fill_menu(lesson.module)
    return lesson


def add_questions(lesson: Lesson, count: int) -> Quiz:
    bodies = [choice_body(f"right {n}", f"a {n}", f"b {n}", f"c {n}") for n in range(count)]
    return make_quiz(*bodies, lesson=lesson, prefix=f"{lesson.key}-")


def make_course(*counts: int) -> Module:
    """A module with a lesson for each count of questions; lessons with none are done by reading."""
    module = make_module()
    for number, count in enumerate(counts, start=1):
        make_reading(
            module=module,
            number=number,
            position=number,
            rule="quiz" if count else "view",
            questions=count,
            key=f"{module.key}-{number}",
        )
    module.refresh_from_db()
    return module


def fill_menu(module: Module) -> None:
    """Write the menu as the loader does."""
    lessons = Lesson.objects.listed().filter(module=module).order_by("position", "pk")
    module.menu = [
        {
            "id": lesson.pk,
            "path": lesson.path,
            "number": lesson.number,
            "title": lesson.title,
            "label": lesson.menu_title,
            "turn": lesson.turn_title,
            "group": "",
            "key_concept": lesson.key_concept,
            "minutes": lesson.minutes,
            "questions": len(questions_of(lesson.quiz)) if hasattr(lesson, "quiz") else 0,
            "complete": lesson.complete,
        }
        for lesson in lessons
    ]
    module.save()


def answer_some(learner: Learner, lesson: Lesson, count: int, *, right: int | None = None) -> None:
    """Answer the first questions of a lesson; all of them right, or only as many as said."""
    for place, question in enumerate(questions_of(lesson.quiz)[:count]):
        answer(learner, question, right=right is None or place < right)


def state(learner: Learner, lesson: Lesson) -> State:
    return state_of(learner, lesson)


def progress_of(learner: Learner, lesson: Lesson) -> LessonProgress:
    return LessonProgress.objects.get(learner=learner, lesson=lesson)


def browser_of(learner: Learner) -> Client:
    """A browser that holds a guest's cookie, or is signed in to the learner's account."""
    client = Client()
    if learner.user is not None:
        client.force_login(learner.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    else:
        value = signing.Signer(salt="accounts.learner-cookie").sign(learner.public_id.hex)
        client.cookies[settings.LEARNER_COOKIE_NAME] = value
    return client


def box_url(lesson: Lesson) -> str:
    return f"/progress/lessons/{lesson.path}/"


def mark(
    client: Client, lesson: Lesson, *, done: bool = True, owner: Learner | None = None, **more: Any
) -> Any:
    """Send the mark of a lesson's box, with the token of its owner (a stranger by default)."""
    data = {"done": "1" if done else "0", "learner": learner_token(owner or Learner())}
    return client.post(box_url(lesson), data, **more)


IN_PLACE = {"HX-Request": "true", "HX-Target": "section#finish"}
