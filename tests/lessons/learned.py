"""A course that somebody learned from, what is kept of that, and what a load says it changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.test import Client

from lessons.models import Lesson
from progress.models import LessonProgress
from quizzes.models import Answer, Attempt, Question
from tests.quizzes.builders import send
from tests.trees import LESSON, QUIZ, TREE, load

PLAIN: Mapping[str, str] = {
    "glossary.yml": TREE["glossary.yml"],
    **{
        f"course/{module}/{name}.md": f"# {name.title()} of {module}\n\n## A part\n\nText.\n"
        for module in ("01-first", "02-second")
        for name in ("alpha", "beta", "gamma", "delta", "epsilon")
    },
    "course/01-first/01-numbers.md": LESSON,
    "course/01-first/01-numbers.quiz.yml": QUIZ,
}
"""Two modules whose pages have no prefix: the numbers shown are places."""


def loaded(root: Path, *options: str) -> tuple[int, dict[str, dict[str, int]], list[dict[str, Any]]]:
    """Load and return the number of changes, the counts by kind, and the pages that are not unchanged."""
    document = json.loads(load(root, "--format", "json", *options))
    counts = {
        kind: {action: n for action, n in actions.items() if action != "unchanged" and n}
        for kind, actions in document["counts"].items()
    }
    changed = [page for page in document["pages"] if page["status"] != "unchanged"]
    return document["changes"], {kind: actions for kind, actions in counts.items() if actions}, changed


def learn(client: Client) -> None:
    quiz = Lesson.objects.get(key="numbers").quiz
    for question, response in (("bits-in-a-byte", "Eight"), ("byte-is-eight", "false")):
        assert send(client, quiz, question, response).status_code in {200, 302}


def records() -> dict[str, Any]:
    return {
        "attempts": list(Attempt.objects.order_by("pk").values("pk", "points", "possible", "completed_at")),
        "answers": list(Answer.objects.order_by("pk").values("pk", "points", "response", "revision")),
        "progress": list(LessonProgress.objects.order_by("pk").values("pk", "lesson", "completed_at")),
        "questions": list(Question.objects.order_by("pk").values("pk", "key", "revision")),
    }


def rename(root: Path, old: str, new: str) -> None:
    (root / "course" / new).parent.mkdir(exist_ok=True)
    for path in (root / "course" / old).parent.glob(f"{Path(old).name}.*"):
        path.rename(root / "course" / (new + path.name.removeprefix(Path(old).name)))
