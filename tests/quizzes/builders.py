"""Small builders for quizzes: a valid row each, told only what a test is about."""

from __future__ import annotations

import itertools
import re
import uuid
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from accounts.models import Learner, User
from lessons.models import Lesson, Module, Page, Track
from quizzes.bodies import build_body
from quizzes.content import Body, ChoiceBody, NumericBody, Option, ShortBody, TrueFalseBody
from quizzes.grading import Response
from quizzes.loader import QuestionContent, QuizContent, load_quizzes
from quizzes.models import Question, Quiz
from quizzes.services import Outcome, Submission, answer_question
from quizzes.source import read_questions
from quizzes.tokens import FormToken, read_token

_NUMBERS = itertools.count(1)


def make_lesson(**fields: Any) -> Lesson:
    """A published lesson with its address, in a track and module of its own unless one is given."""
    number = next(_NUMBERS)
    module = fields.pop("module", None) or make_module()
    key = fields.pop("key", f"lesson-{number}")
    path = fields.pop("path", f"{module.path}/{key}")
    lesson = Lesson.objects.create(
        track=module.track, module=module, key=key, path=path, **{"title": f"Lesson {number}", **fields}
    )
    Page.objects.create(path=path, lesson=lesson)
    module.menu = [*module.menu, {"id": lesson.pk, "path": path, "turn": lesson.turn_title}]
    module.save()
    return lesson


def make_module(**fields: Any) -> Module:
    number = next(_NUMBERS)
    track = fields.pop("track", None) or Track.objects.create(slug=f"track-{number}", title=f"Track {number}")
    key = fields.pop("key", f"module-{number}")
    path = f"{track.slug}/{key}"
    module = Module.objects.create(
        track=track, key=key, path=path, **{"title": f"Module {number}", "position": number, **fields}
    )
    Page.objects.create(path=path, module=module)
    return module


def option(html: str, *, correct: bool = False, id: str = "", name: str = "") -> Option:
    return Option(
        id=id or uuid.uuid5(uuid.NAMESPACE_OID, html).hex,
        html=html,
        reason=f"The reason of {html}.",
        correct=correct,
        markdown=html,
        name=name,
    )


def choice_body(*texts: str, right: int = 0, prompt: str = "Which one?") -> ChoiceBody:
    texts = texts or ("alpha", "beta", "gamma", "delta")
    options = tuple(option(text, correct=place == right) for place, text in enumerate(texts))
    return ChoiceBody(prompt, options, explanation="The explanation.")


def multi_body(right: int = 2, wrong: int = 2) -> ChoiceBody:
    options = [option(f"right {number}", correct=True) for number in range(right)]
    options += [option(f"wrong {number}") for number in range(wrong)]
    return ChoiceBody("Which ones?", tuple(options), multi=True)


def numeric_body(answer: str = "46.7", **fields: Any) -> NumericBody:
    return NumericBody(prompt="How many?", answer=answer, reason="The work in full.", **fields)


def short_body(*accepted: str, **fields: Any) -> ShortBody:
    return ShortBody(
        prompt="What is it called?", accepted=accepted or ("router", "gate"), reason="So it is.", **fields
    )


def truefalse_body(answer: bool = True) -> TrueFalseBody:
    return TrueFalseBody("It is so.", answer, "Why true.", "Why false.")


def make_quiz(*bodies: Body, lesson: Lesson | None = None, prefix: str = "q") -> Quiz:
    """A quiz with the given bodies as its questions ``q1``, ``q2`` …; two choices if none is given."""
    quiz = Quiz.objects.create(lesson=lesson or make_lesson())
    for number, body in enumerate(
        bodies or (choice_body(), choice_body("one", "two", "three", "four")), start=1
    ):
        make_question(quiz, body, key=f"{prefix}{number}", position=number - 1)
    return quiz


def make_question(quiz: Quiz, body: Body | None = None, **fields: Any) -> Question:
    from quizzes.content import body_as_json, body_hash
    from quizzes.models import QuestionRevision

    body = body or choice_body()
    number = next(_NUMBERS)
    question = Question.objects.create(
        track=quiz.lesson.track,
        quiz=quiz,
        type=body.type,
        **{
            "key": f"question-{number}",
            "position": number,
            "section": "the-section",
            "kind": "why",
            **fields,
        },
    )
    stored = body_as_json(body)
    question.revision = QuestionRevision.objects.create(
        question=question, number=1, body=stored, body_hash=body_hash(stored)
    )
    question.save()
    quiz.keep_asked()
    return question


def retire(question: Question) -> None:
    """Take a question out of its quiz, as the loader does."""
    question.retired_at = timezone.now()
    question.save()
    question.quiz.keep_asked()


def make_learner(username: str = "", **fields: Any) -> Learner:
    """A guest, or the learner of an account when a user name is given."""
    if username:
        user = User.objects.filter(username=username).first() or User.objects.create_user(username)
        return Learner.objects.create(user=user, **fields)
    return Learner.objects.create(**fields)


def answer(learner: Learner, question: Question, *, right: bool = True, **fields: Any) -> Outcome:
    """Answer a choice question right or wrong, through the service."""
    assert question.revision is not None
    options = question.revision.body["options"]
    chosen = next(one["id"] for one in options if one["correct"] is right)
    sent = Submission(
        revision=question.revision,
        response=Response(options=frozenset([chosen])),
        submission=fields.pop("submission", None) or uuid.uuid4(),
        **fields,
    )
    return answer_question(sent, lambda: learner)


def questions_of(quiz: Quiz) -> list[Question]:
    return list(Question.objects.current().filter(quiz=quiz).select_related("revision", "quiz__lesson"))


def load(lesson: Lesson, text: str) -> Any:
    """Load a quiz file's text as the whole content of the lesson's track."""
    questions, problems = read_questions(text, "lesson.quiz.yml")
    assert problems == []
    contents = [QuestionContent(question, build_body(question, as_html)) for question in questions]
    return load_quizzes(lesson.track, [QuizContent(lesson.key, contents)])


def as_html(text: str, line: int) -> str:
    """Stand for the renderer of lessons."""
    return escape(text.strip())


_FORM = re.compile(r'name="token" value="([^"]+)"')
_OPTION = re.compile(r'value="(\d+)"(?: checked)?><span>([^<]*)</span>')


def token_in(html: str) -> str:
    match = _FORM.search(html)
    assert match is not None, "there is no form"
    return match[1]


def form_in(html: str) -> FormToken:
    return read_token(token_in(html))


def options_in(html: str) -> dict[str, str]:
    """The form value of each option's text."""
    return {text: value for value, text in _OPTION.findall(html)}


def url_of(quiz: Quiz, **query: Any) -> str:
    """The page of a quiz, at a question or slot if the query says so."""
    path = f"/quizzes/{quiz.lesson.path}/"
    return f"{path}?{urlencode(query, doseq=True)}" if query else path


def text_of(response: Any) -> str:
    return str(response.content.decode())


def in_place(target: str) -> dict[str, str]:
    """The headers with which htmx asks for the inside of an element."""
    return {"HX-Request": "true", "HX-Target": target}


def send(
    client: Client, quiz: Quiz, key: str, value: str, *, page: str = "", headers: dict[str, str] | None = None
) -> Any:
    """Open a question's form (or take the one of a page) and send it with a value, or an option's text."""
    html = page or text_of(client.get(url_of(quiz, q=key)))
    data = {"token": token_in(html), "answer": options_in(html).get(value, value)}
    return client.post(url_of(quiz, q=key), data, headers=headers or {})
