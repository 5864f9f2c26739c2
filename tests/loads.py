"""Loads in processes of their own, against the tests' database: to be killed, cut short or raced for real."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

from django.apps import apps
from django.db import connection, models

from lessons.models import Lesson, Section, SourceFile
from quizzes.models import Question

ROOT = Path(__file__).resolve().parent.parent

_MARK = "EAI_TEST_LOAD"


def write_course(root: Path, lessons: int, edition: int) -> Path:
    """Write a course of so many lessons, each with a question and two sections that name the edition."""
    for number in range(lessons):
        folder = root / "course" / f"{number // 50 + 1:02}-module-{number // 50 + 1}"
        folder.mkdir(parents=True, exist_ok=True)
        stem = folder / f"{number % 50 + 1:02}-lesson-{number}"
        stem.with_suffix(".md").write_text(
            f"---\nid: lesson-{number}\ntitle: Lesson {number}\n---\n\nThis is edition {edition}.\n\n"
            f"## Part\n\nOf edition {edition}, with `code`, a [link](01-lesson-{number // 50 * 50}.md).\n"
            f"\n```python\nprint({edition}, {number})\n```\n"
        )
        stem.with_suffix(".quiz.yml").write_text(
            f"questions:\n  - id: q-{number}\n    type: truefalse\n    kind: recall\n"
            f"    prompt: Is this edition {edition}?\n    answer: true\n"
            "    reason_true: So it is.\n    reason_false: It says so.\n"
        )
    (root / "glossary.yml").write_text("terms: []\n")
    return root


def holds_edition(edition: int, lessons: int) -> bool:
    """Whether the site shows all lessons of an edition, whole, and nothing of another."""
    said = f"edition {edition}"
    live = Lesson.objects.filter(retired_at=None)
    part = Section.objects.filter(anchor="part", text__contains=said)
    bodies = Question.objects.filter(retired_at=None).values_list("revision__body", flat=True)
    return (
        live.filter(html__contains=f"This is {said}.").count() == lessons
        and live.count() == lessons
        and part.count() == lessons
        and Section.objects.count() == 2 * lessons
        and SourceFile.objects.filter(path__endswith=".md", text__contains=said).count() == lessons
        and [body["prompt"].count(said) for body in bodies] == [1] * lessons
    )


def fingerprint() -> str:
    """Return a hash of every row of content, times and keys included."""
    digest = hashlib.sha256()
    for model, rows in _content():
        digest.update(model._meta.label.encode())
        for row in rows:
            digest.update(repr(row).encode())
    return digest.hexdigest()


def row_counts() -> dict[str, int]:
    """Return how many rows each table of content has."""
    return {model._meta.label: rows.count() for model, rows in _content()}


def _content() -> Iterator[tuple[type[models.Model], models.QuerySet[models.Model, tuple[object, ...]]]]:
    for name in ("catalog", "lessons", "quizzes"):
        for model in apps.get_app_config(name).get_models(include_auto_created=True):
            yield model, model._base_manager.order_by("pk").values_list()


class Load:
    """One ``loadlessons`` under way in a process of its own."""

    def __init__(self, *arguments: str | Path, script: str = "manage.py", cwd: Path = ROOT) -> None:
        self.mark = uuid4().hex
        command = [sys.executable, str(ROOT / script), *map(str, arguments)]
        self.process = subprocess.Popen(
            command,
            cwd=cwd,
            env={**os.environ, "DATABASE_URL": database_url(), "DEBUG": "true", _MARK: self.mark},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def said(self) -> str:
        """Wait for its end and return what it said."""
        return self.process.communicate(timeout=300)[0]

    def others(self) -> list[int]:
        """Return the processes that it started and that still run."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                environment = (entry / "environ").read_bytes()
                ended = (entry / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
            except OSError:
                continue
            if f"{_MARK}={self.mark}".encode() in environment and not ended:
                found.append(int(entry.name))
        return [pid for pid in found if pid != self.process.pid]

    def leaves_nobody(self, seconds: float = 10) -> bool:
        """Whether all it started is gone within so many seconds of its end."""
        until = time.monotonic() + seconds
        while self.others():
            if time.monotonic() > until:
                return False
            time.sleep(0.1)
        return True


def database_url() -> str:
    """Return the address of the database that the test at hand uses."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    account = f"{quote(settings['USER'], safe='')}:{quote(settings['PASSWORD'], safe='')}"
    host, port = settings["HOST"] or "127.0.0.1", settings["PORT"] or 5432
    return f"postgres://{account}@{host}:{port}/{settings['NAME']}"
