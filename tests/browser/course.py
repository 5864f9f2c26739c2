"""The shipped course in the database of a browser test, and what tests ask of it."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

from django.apps import apps
from django.core.management import call_command
from django.db import models, transaction

from quizzes.models import Question

TRACK = "/learn/open-source-llms/"
MODULE = f"{TRACK}open-source-llm-ecosystem/"
MIXTRAL = f"{MODULE}mistral-and-mixtral/"
CHOOSING = f"{MODULE}choosing-the-right-model/"

Rows = list[tuple[type[models.Model], list[models.Model]]]


def quiz_of(lesson_url: str) -> str:
    """Return the address of the quiz page of a lesson."""
    return lesson_url.replace("/learn/", "/quizzes/", 1)


def questions_of(lesson_url: str) -> list[Question]:
    """Return the questions that a lesson asks, in order, with wording and key."""
    path = lesson_url.removeprefix("/learn/").rstrip("/")
    questions = Question.objects.current().filter(quiz__lesson__path=path)
    return list(questions.select_related("revision", "quiz__lesson"))


def first_of_each_type() -> dict[str, tuple[str, str]]:
    """Return, by type, a lesson's address and the id of its first question of that type."""
    found: dict[str, tuple[str, str]] = {}
    for url in (CHOOSING, MIXTRAL):
        for question in questions_of(url):
            found.setdefault(question.type, (url, question.key))
    return found


def read_rows() -> Rows:
    """Load the shipped content, return its rows, and leave the database as it was."""
    with transaction.atomic():
        call_command("loadlessons", verbosity=0, stdout=StringIO())
        rows = [(model, list(model._base_manager.all())) for model in _content_models()]
        transaction.set_rollback(True)
    return rows


def write_rows(rows: Rows) -> None:
    """Put rows that were read before into an empty database."""
    with transaction.atomic():  # rows may point at each other until its end
        for model, of_model in rows:
            model._base_manager.bulk_create(of_model)


def _content_models() -> Iterator[type[models.Model]]:
    for name in ("catalog", "lessons", "quizzes"):
        yield from apps.get_app_config(name).get_models(include_auto_created=True)
