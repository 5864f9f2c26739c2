"""A course over its life: learned, renamed, reordered, corrected and loaded again, with nothing lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from lessons.models import Lesson
from progress.models import LessonProgress
from quizzes.models import Answer, Attempt, Question
from tests.quizzes.builders import send
from tests.trees import LESSON, NUMBERS_URL, QUIZ, load, write_tree

pytestmark = pytest.mark.django_db

REORDERED = QUIZ.replace(
    """      - text: Eight
        correct: true
        reason: By definition.
      - text: Sixteen
        reason: That is two bytes.
      - text: Four
        reason: That is a nibble.
""",
    """      - text: Sixteen
        reason: That is two bytes.
      - text: Four
        reason: That is a nibble, half a byte.
      - text: Eight
        correct: true
        reason: By definition.
""",
).replace("How many bits has a byte?", "How many bits does a byte have?")


def learn(client: Client) -> None:
    """Answer both questions of the small course, the second wrong."""
    quiz = Lesson.objects.get(key="numbers").quiz
    assert send(client, quiz, "bits-in-a-byte", "Eight").status_code in {200, 302}
    assert send(client, quiz, "byte-is-eight", "false").status_code in {200, 302}


def state() -> dict[str, Any]:
    """What learners have done, as rows."""
    return {
        "attempts": list(Attempt.objects.order_by("pk").values("pk", "points", "possible", "completed_at")),
        "answers": list(Answer.objects.order_by("pk").values("pk", "points", "response", "revision")),
        "progress": list(LessonProgress.objects.order_by("pk").values("pk", "lesson", "completed_at")),
    }


def test_a_renamed_reordered_and_corrected_lesson_keeps_attempts_and_completion(
    tmp_path: Path, client: Client
) -> None:
    load(write_tree(tmp_path))
    learn(client)
    before = state()
    assert before["attempts"][0]["points"] == 1
    assert before["progress"][0]["completed_at"] is not None
    option = Question.objects.get(key="bits-in-a-byte").revision
    assert option is not None
    ids = {each["markdown"]: each["id"] for each in option.body["options"]}

    folder = tmp_path / "course/01-first"
    (folder / "01-numbers.md").unlink()
    (folder / "01-numbers.quiz.yml").unlink()
    (folder / "05-bits.md").write_text(LESSON.replace("Text about bytes.", "A text about bytes."))
    (folder / "05-bits.quiz.yml").write_text(REORDERED)
    load(tmp_path)

    assert state() == before
    moved = client.get(NUMBERS_URL)
    assert (moved.status_code, moved["Location"]) == (301, "/learn/course/first/bits/")
    question = Question.objects.get(key="bits-in-a-byte")
    assert question.revision is not None
    assert question.revision.number == 2
    assert {each["markdown"]: each["id"] for each in question.revision.body["options"]} == ids
    newcomer = Client().get("/quizzes/course/first/bits/?q=bits-in-a-byte")
    assert "How many bits does a byte have?" in newcomer.content.decode()


def test_a_lesson_that_moves_to_another_module_takes_its_history_along(
    tmp_path: Path, client: Client
) -> None:
    load(write_tree(tmp_path))
    learn(client)
    before = state()
    other = tmp_path / "course/02-second"
    other.mkdir()
    for suffix in (".md", ".quiz.yml"):
        (tmp_path / f"course/01-first/01-numbers{suffix}").rename(other / f"01-numbers{suffix}")

    load(tmp_path)

    assert state() == before
    assert client.get(NUMBERS_URL)["Location"] == "/learn/course/second/numbers/"


def test_addresses_that_change_hands_lead_where_they_say(tmp_path: Path, client: Client) -> None:
    """A to B and back to A; then another lesson takes the address that was left."""
    load(write_tree(tmp_path))
    page, folder = LESSON.replace("id: numbers", "id: numbers\nslug: bits"), tmp_path / "course/01-first"
    (folder / "01-numbers.md").write_text(page)
    load(tmp_path)
    assert client.get(NUMBERS_URL)["Location"] == "/learn/course/first/bits/"

    (folder / "01-numbers.md").write_text(LESSON)
    load(tmp_path)
    assert client.get(NUMBERS_URL).status_code == 200
    assert client.get("/learn/course/first/bits/")["Location"] == NUMBERS_URL

    (folder / "03-bits.md").write_text("# Bits\n\nText.\n")
    load(tmp_path)
    assert client.get("/learn/course/first/bits/").status_code == 200
    assert "Bits" in client.get("/learn/course/first/bits/").content.decode()


def test_two_lessons_that_swap_addresses_keep_their_own_history(tmp_path: Path, client: Client) -> None:
    load(write_tree(tmp_path))
    learn(client)
    before = state()
    folder = tmp_path / "course/01-first"
    (folder / "01-numbers.md").write_text(LESSON.replace("id: numbers", "id: numbers\nslug: words"))
    (folder / "02-words.md").write_text("---\nslug: numbers\n---\n\n# Words\n\nText.\n")

    load(tmp_path)

    assert state() == before
    assert "A byte has eight bits." in client.get("/learn/course/first/words/").content.decode()
    assert "A byte has eight bits." not in client.get(NUMBERS_URL).content.decode()
