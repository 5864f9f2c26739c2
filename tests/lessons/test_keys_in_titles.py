"""A question in a title, a label or a description: its key is shown nowhere, and its author is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client

from lessons.models import Lesson, Module
from lessons.rendering import RenderContext, render_page
from lessons.titles import first_heading, without_title
from tests.trees import load, write_tree

TAG = '<Question choices={[{text: "a > b", explain: "KEY", correct: true}, {text: "c"}]} />'
LONG = TAG.replace(" choices", "\n  choices")

MATTER = f"""---
title: >-
  Bits {TAG}
description: |
  About `{TAG}`
  bits.
sidebar_label: >-
  Shortly <!-- {TAG} -->
keywords:
  - bits
  - >-
    \\{TAG.replace("Question", "question")}
objectives:
  - >-
    Count {TAG}
---

Text.
"""


@pytest.mark.django_db
def test_no_text_of_front_matter_or_a_folder_shows_a_key(tmp_path: Path, client: Client) -> None:
    tree = {
        "01-basics/_category_.yml": f"label: >-\n  Basics {TAG}\ndescription: >-\n  {TAG}\n",
        "01-basics/01-bits.md": MATTER,
        "01-basics/02-bytes.md": "# Bytes\n\nText.\n",
    }
    document = json.loads(load(write_tree(tmp_path / "open-models", tree), "--format", "json"))

    told = {(each["file"], each["line"]) for each in document["diagnostics"] if each["code"] == "question"}
    page, folder = "open-models/01-basics/01-bits.md", "open-models/01-basics/_category_.yml"
    assert told == {(page, line) for line in (2, 4, 7, 11, 14)} | {(folder, 1), (folder, 3)}
    lesson = Lesson.objects.get(key__endswith="bits")
    assert (lesson.title, lesson.label, lesson.objectives) == ("Bits", "Shortly <!-- -->", ["Count"])
    assert lesson.description == "About ` ` bits."
    assert Module.objects.get().title == "Basics"
    for address in ("/", "/learn/open-models/", "/learn/open-models/basics/", f"/learn/{lesson.path}/"):
        shown = client.get(address).content.decode()
        assert "KEY" not in shown
        assert "choices" not in shown


@pytest.mark.parametrize("path", ["page.md", "page.mdx"])
@pytest.mark.parametrize(
    ("heading", "written"),
    [
        ("# Bits {}", TAG),
        ("# Bits {}", LONG),
        ("<!-- c -->\n# Bits {}", LONG),
        ("<h1>Bits {}</h1>", LONG),
        ("<div>\n<h1>\nBits\n{}\n</h1>\n</div>", TAG),
    ],
)
def test_a_question_beside_the_title_is_asked_and_no_part_of_it(
    heading: str, written: str, path: str
) -> None:
    body = heading.format(written) + "\n\nText.\n"

    title = first_heading(body, path)
    rest = without_title(body, title, path)
    page = render_page(rest, RenderContext(path, text=rest))

    assert title == "Bits"
    assert rest.count("\n") == body.count("\n")
    line = body.count("\n", 0, body.index("<Question")) + 1
    assert [(fence.line, fence.text) for fence in page.quiz_fences] == [(line, written)]
    assert "KEY" not in page.html


@pytest.mark.parametrize(
    "heading", ["# Bits {}", "Bits {}\n===", "<h1>Bits {}</h1>"], ids=["number sign", "underline", "HTML"]
)
def test_what_only_looks_like_a_question_beside_the_title_is_reported(heading: str) -> None:
    body = heading.format(TAG.replace("Question", "question")) + "\n\nText.\n"

    title = first_heading(body)
    context = RenderContext("page.md", text=body)
    html = render_page(without_title(body, title), context).html

    assert title == "Bits"
    assert [(each.line, each.code) for each in context.problems] == [(1, "question")]
    assert "KEY" not in html
    assert "===" not in html


@pytest.mark.parametrize("path", ["page.md", "page.mdx"])
def test_no_title_of_a_listing_shows_a_key(path: str) -> None:
    tag = TAG.replace('"', "")
    text = f'Text.\n\n  ```py title="{tag}"\n  x\n  ```\n'
    context = RenderContext(path, text=text)

    html = render_page(text, context).html

    assert "KEY" not in html
    assert "<b>py</b>" in html
    assert [(each.line, each.column, each.code) for each in context.problems] == [(3, 3, "question")]
    assert context.dropped["component <Question>"] == 1
