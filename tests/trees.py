"""Content trees for tests: written to disk, loaded by the command that authors use."""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command

LESSON = """---
title: Numbers
id: numbers
description: How numbers are kept.
objectives:
  - say what a byte is
---

A byte has eight bits.

## Bytes

Text about bytes.

## Floats

Text about floats.
"""

QUIZ = """questions:
  - id: bits-in-a-byte
    type: choice
    kind: recall
    section: "#bytes"
    prompt: How many bits has a byte?
    options:
      - text: Eight
        correct: true
        reason: By definition.
      - text: Sixteen
        reason: That is two bytes.
      - text: Four
        reason: That is a nibble.
      - text: Ten
        reason: No unit in use has ten.
  - id: byte-is-eight
    type: truefalse
    kind: recall
    section: "#floats"
    prompt: A byte has eight bits.
    answer: true
    reason_true: So it is.
    reason_false: It has eight.
"""

TREE = {
    "glossary.yml": """terms:
  - id: byte
    term: Byte
    definition: Eight bits.
    source: {url: "https://example.org/byte", title: Bytes, seen: 2026-11-23}
""",
    "course/_category_.yml": "label: A course\n",
    "course/01-first/index.md": "---\ntitle: First module\n---\n\nWhat this is about.\n",
    "course/01-first/01-numbers.md": LESSON,
    "course/01-first/01-numbers.quiz.yml": QUIZ,
    "course/01-first/02-words.md": "# Words\n\nA word about [numbers](01-numbers.md).\n",
}
"""A small course: one module, two lessons, one quiz, one term."""

NUMBERS_URL = "/learn/course/first/numbers/"
WORDS_URL = "/learn/course/first/words/"


def write_tree(root: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """Write files below a folder and return it; the small course when none are given."""
    for name, content in (TREE if files is None else files).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def load(root: Path, *options: str) -> str:
    """Run ``loadlessons`` and return what it says, on both streams."""
    out = StringIO()
    call_command("loadlessons", str(root), *options, stdout=out, stderr=out, no_color=True)
    return out.getvalue()


def refusal(root: Path, *options: str) -> str:
    """Run ``loadlessons`` on faulty content and return what it says; fails when it is not refused."""
    out = StringIO()
    try:
        call_command("loadlessons", str(root), *options, stdout=out, stderr=out, no_color=True)
    except CommandError as error:
        return out.getvalue() + str(error)
    raise AssertionError(f"not refused:\n{out.getvalue()}")
