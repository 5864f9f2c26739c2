"""A corrected figure of the catalog: the report names every lesson line and question that cites it."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from tests.catalog.files import write_catalog
from tests.trees import load, write_tree

pytestmark = pytest.mark.django_db

CONTEXT = "{{ model:heron-1-7b.context }}"
LESSON = f"""# Herons

A Heron reads {CONTEXT}.

```quiz
questions:
  - id: how-long
    type: truefalse
    kind: recall
    prompt: A Heron reads {CONTEXT}.
    answer: true
    reason_true: It does.
    reason_false: It does.
```

That was {CONTEXT}.
"""
QUIZ = f"""questions:
  - id: of-whom
    type: truefalse
    kind: recall
    prompt: It is named after a bird.
    answer: true
    reason_true: So it is.
    reason_false: So it is.
  - id: how-many
    type: numeric
    kind: apply
    prompt: How many tokens are {CONTEXT}?
    answer: 8192
    reason: It is the figure itself.
"""


def write_course(root: Path, **catalog: tuple[str, str]) -> Path:
    write_catalog(root, **catalog)
    files = {"course/01-first/01-herons.md": LESSON, "course/01-first/01-herons.quiz.yml": QUIZ}
    return write_tree(root, {**files, "course/01-first/02-birds.md": "# Birds\n\nNo figure.\n"})


SHORTER = {"family": ("context_tokens: 8192", "context_tokens: 4096")}


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_every_line_and_question_that_cites_a_changed_fact_is_named(
    tmp_path: Path, options: list[str]
) -> None:
    load(write_course(tmp_path))

    said = load(write_course(tmp_path, **SHORTER), *options)

    assert (
        "  fact heron-1-7b.context changed: 8,192 tokens → 4,096 tokens; cited at\n"
        f"    {tmp_path}/course/01-first/01-herons.md:3\n"
        f"    {tmp_path}/course/01-first/01-herons.md:10 (question how-long)\n"
        f"    {tmp_path}/course/01-first/01-herons.md:16\n"
        f"    {tmp_path}/course/01-first/01-herons.quiz.yml:12 (question how-many)\n"
    ) in said
    assert "lesson: 1 updated, 1 unchanged" in said


def test_the_page_shows_the_new_figure_and_the_next_load_names_nothing(
    tmp_path: Path, client: Client
) -> None:
    load(write_course(tmp_path))
    load(write_course(tmp_path, **SHORTER))

    page = client.get("/learn/course/first/herons/").content.decode()

    assert "4,096" in page
    assert "8,192" not in page
    assert "fact " not in load(tmp_path, "--verbosity", "2")


def test_a_fact_that_only_has_another_source_is_told_apart(tmp_path: Path) -> None:
    load(write_course(tmp_path))

    said = load(write_course(tmp_path, sources=("title: Model card", "title: Corrected card")))

    assert "fact heron-1-7b.context has another source; cited at" in said


def test_a_changed_fact_that_nobody_cites_is_counted(tmp_path: Path) -> None:
    load(write_course(tmp_path))

    said = load(write_course(tmp_path, family=("context_tokens: 32768", "context_tokens: 16384")))

    assert "1 changed fact is cited nowhere" in said
    assert "lesson: 2 unchanged" in said


def test_a_first_load_names_no_fact_as_changed(tmp_path: Path) -> None:
    assert "fact " not in load(write_course(tmp_path))


def test_json_has_old_new_and_uses(tmp_path: Path) -> None:
    load(write_course(tmp_path))
    out = StringIO()

    call_command("loadlessons", str(write_course(tmp_path, **SHORTER)), "--format", "json", stdout=out)

    facts: list[dict[str, Any]] = json.loads(out.getvalue())["facts"]
    assert facts == [
        {
            "slug": "heron-1-7b",
            "field": "context",
            "old": "8,192 tokens",
            "new": "4,096 tokens",
            "uses": [
                {"file": "course/01-first/01-herons.md", "line": 3, "question": None},
                {"file": "course/01-first/01-herons.md", "line": 10, "question": "how-long"},
                {"file": "course/01-first/01-herons.md", "line": 16, "question": None},
                {"file": "course/01-first/01-herons.quiz.yml", "line": 12, "question": "how-many"},
            ],
        }
    ]


def test_a_track_loaded_earlier_and_from_elsewhere_is_named_too(tmp_path: Path) -> None:
    load(write_course(tmp_path / "content"))
    other = write_tree(tmp_path / "other", {"01-a.md": f"# A\n\n{CONTEXT}\n"})
    load(other)

    said = load(write_course(tmp_path / "content", **SHORTER))

    assert "    other/01-a.md:3\n" in said


def test_a_question_file_that_a_page_names_is_no_obstacle(tmp_path: Path) -> None:
    quiz = """[[questions]]
id = "how-far"
type = "ShortAnswer"
prompt.prompt = "How many tokens are CONTEXT?"
answer.answer = "8192"
""".replace("CONTEXT", CONTEXT)
    files = {
        "course/01-first/03-quiz.md": "# Quiz\n\n{{#quiz herons.toml}}\n",
        "course/01-first/herons.toml": quiz,
    }
    load(write_tree(write_course(tmp_path), files))

    said = load(write_course(tmp_path, **SHORTER))

    assert f"    {tmp_path}/course/01-first/herons.toml:4 (question how-far)\n" in said
